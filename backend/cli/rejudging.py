"""Judging a finished run again: no model, no video, no database, and nothing imported that would load them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from cli.command import Refused
from cli.exit_codes import ExitCode
from pipeline.analysis import AnalysisUnreadable, load_analysis
from pipeline.judging import report_of
from pipeline.run_directory import RunDirectory
from policy.loading import load_packs
from reports.document import Language, ReportDocument
from reports.product import VERSION
from videos.installed_packs import pack_dirs


def report_from(run_folder: Path, packs: Sequence[str], language: Language) -> ReportDocument:
    """Raises ``Refused`` when the folder holds no finished run."""
    try:
        analysis = load_analysis(RunDirectory(kept=run_folder, working=run_folder).analysis)
        return report_of(
            analysis, run_folder, load_packs(packs, pack_dirs()), language=language, product_version=VERSION
        )
    except AnalysisUnreadable as error:
        raise Refused(
            ExitCode.CANNOT_BE_ANALYSED,
            _("“%(folder)s” is not the folder of a finished run. Name the one that “check” printed after “Run:”.")
            % {"folder": run_folder},
        ) from error
