"""``./compliance demo``: check the sample video, write both reports, and hold the findings against what was planted."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.console import Console
from rich.text import Text

from cli.check_options import write_reports
from cli.checking import check_video_file
from cli.command import ComplianceCommand
from cli.embedded_database import prepare_database
from cli.exit_codes import ExitCode
from cli.findings_table import print_report
from cli.planted import Planted, read_planted
from reports import wording
from reports.document import ReportDocument
from videos.installed_packs import DEFAULT_PACKS

SAMPLES = Path(settings.BASE_DIR) / "samples"


class Command(ComplianceCommand):
    help = gettext_lazy("Check the sample video and write its report.")

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Only the language."""

    def run(self, options: argparse.Namespace) -> ExitCode:
        prepare_database()
        messages = Console(stderr=True)
        video = SAMPLES / "demo.mp4"
        messages.print(_("Checking the sample video; this takes a minute or two …"), markup=False)
        checked = check_video_file(video, DEFAULT_PACKS, options.lang, messages, quiet=False)
        folder = settings.DATA_DIR / "demo"
        folder.mkdir(parents=True, exist_ok=True)
        write_reports(checked.report, str(folder / "report.json"), str(folder / "report.html"), video)
        output = Console()
        print_report(checked.report, output)
        missed = _print_planted(checked.report, output)
        output.print()
        for label, path in ((_("Report"), folder / "report.html"), ("JSON", folder / "report.json")):
            output.print(f"{label}: {path}", markup=False, highlight=False, soft_wrap=True)
        output.print(_("Your own video: ./compliance check FILE --html report.html"), markup=False, highlight=False)
        return ExitCode.FINDINGS if missed else ExitCode.NOTHING_NEEDS_ACTION


def _print_planted(report: ReportDocument, output: Console) -> list[Planted]:
    """What the sample was made with, and whether it was found. Returns what was missed."""
    planted = read_planted(SAMPLES / "demo.expected.json")
    missed = [thing for thing in planted if not thing.is_in(report)]
    output.print()
    output.print(
        _("Planted in the sample: %(planted)d; found: %(found)d")
        % {"planted": len(planted), "found": len(planted) - len(missed)},
        style="bold",
        highlight=False,
    )
    for thing in planted:
        mark, style = ("✗", "red") if thing in missed else ("✓", "green")
        output.print(Text(f"  {mark} {wording.clock(thing.start_s)}  {thing.title}", style=style))
    return missed
