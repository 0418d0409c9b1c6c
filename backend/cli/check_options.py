"""The options of ``./compliance check``, shared by both of its ways: analysing a file, and judging a finished run."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from rich.console import Console

from cli.command import Refused
from cli.exit_codes import ExitCode
from cli.findings_table import print_report
from cli.outputs import STDOUT, require_writable, write_output
from policy.loading import available_packs
from reports.document import ReportDocument
from reports.html_export import export_html
from reports.json_export import export_json
from videos.installed_packs import pack_dirs


def add_check_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help=_("the video"))
    parser.add_argument(
        "--from",
        dest="run_folder",
        type=Path,
        metavar="RUN_DIR",
        help=_("judge a finished run again, without models"),
    )
    known = ", ".join(available_packs(pack_dirs()))
    parser.add_argument(
        "--packs", metavar="a,b", help=_("policy packs, separated by commas; known: %(packs)s") % {"packs": known}
    )
    parser.add_argument("--json", metavar="PATH|-", help=_("write the report as JSON (- is standard output)"))
    parser.add_argument("--html", metavar="PATH", help=_("write the report as one HTML file"))
    parser.add_argument("--quiet", action="store_true", help=_("no progress and no table"))


def require_sense(options: argparse.Namespace) -> None:
    """Refuse what cannot be meant, and what cannot be written later. Raises ``Refused``."""
    if options.file is None and options.run_folder is None:
        raise Refused(ExitCode.MISCONFIGURED, _("Name a video file, or a finished run with --from."))
    if options.file is not None and options.run_folder is not None:
        raise Refused(ExitCode.MISCONFIGURED, _("Name either a video file or a finished run, not both."))
    if options.json is not None and options.json == options.html:
        raise Refused(ExitCode.MISCONFIGURED, _("Both reports would go to the same place. Name two."))
    if "" in (options.json, options.html):
        raise Refused(ExitCode.MISCONFIGURED, _("A report needs the name of a file, or - for standard output."))
    if STDOUT in (options.json, options.html) and settings.PIPELINE_LOG == "stdout":
        raise Refused(
            ExitCode.MISCONFIGURED, _("The log of steps goes to standard output (PIPELINE_LOG), so no report can.")
        )
    for target in filter(None, (options.json, options.html)):
        require_writable(target, options.file)


def hand_over(report: ReportDocument, options: argparse.Namespace, video: Path | None) -> ExitCode:
    """Write the reports that were asked for, print the table, and answer for the shell."""
    write_reports(report, options.json, options.html, video)
    if not options.quiet:
        messages = Console(stderr=True)
        for target in (options.json, options.html):
            if target and target != STDOUT:
                messages.print(_("Report: %(path)s") % {"path": target}, markup=False, highlight=False, soft_wrap=True)
        occupied = STDOUT in (options.json, options.html)
        print_report(report, Console(stderr=occupied))
    return verdict_code(report)


def write_reports(report: ReportDocument, json_target: str | None, html_target: str | None, video: Path | None) -> None:
    """``video`` lets the times in the page open the video, when both are on the same machine."""
    if json_target:
        write_output(json_target, export_json(report))
    if html_target:
        beside = None
        if video is not None and html_target != STDOUT:
            beside = Path(os.path.relpath(video, Path(html_target).absolute().parent))
        write_output(html_target, export_html(report, beside))


def verdict_code(report: ReportDocument) -> ExitCode:
    """Findings come first; without them, something unchecked is a misconfiguration and never "clean"."""
    if report.action_needed:
        return ExitCode.FINDINGS
    everything = report.coverage.complete and not any(verdict.blind_to for verdict in report.verdicts)
    return ExitCode.NOTHING_NEEDS_ACTION if everything else ExitCode.MISCONFIGURED
