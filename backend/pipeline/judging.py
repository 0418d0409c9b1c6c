"""Judging a finished analysis under policy packs and putting the report together. No model, no video, no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from evidence import Observation
from pipeline.analysis import Analysis
from pipeline.run_directory import RunDirectory
from policy.evaluation import judge
from policy.judgement import Judgement
from policy.pack import Pack
from policy.thresholds import counted
from reports.building import build_report
from reports.document import Language, ReportDocument
from reports.exhibits import frames_wanted


def judge_all(analysis: Analysis, packs: Sequence[Pack], observations: Sequence[Observation]) -> tuple[Judgement, ...]:
    """Under the analysis' own thresholds."""
    considered = counted(observations, packs, analysis.thresholds)
    return tuple(
        judge(
            pack,
            considered,
            duration_s=analysis.facts.duration_s,
            completed_detectors=analysis.completed_detectors,
        )
        for pack in packs
    )


def report_of(
    analysis: Analysis, kept: Path, packs: Sequence[Pack], *, language: Language, product_version: str
) -> ReportDocument:
    """The report of the run in ``kept`` under ``packs``. Raises ``AnalysisUnreadable``."""
    return reports_of(analysis, kept, packs, languages=(language,), product_version=product_version)[language]


def reports_of(
    analysis: Analysis, kept: Path, packs: Sequence[Pack], *, languages: Iterable[Language], product_version: str
) -> dict[Language, ReportDocument]:
    """The same report in several languages. Raises ``AnalysisUnreadable``."""
    observations = analysis.observations(kept)
    judgements = judge_all(analysis, packs, observations)
    stills = _stills(kept, frames_wanted(judgements, observations))
    return {
        language: build_report(
            file_name=analysis.video_name,
            facts=analysis.facts,
            coverage=analysis.coverage,
            judgements=judgements,
            observations=observations,
            stills=stills,
            language=language,
            speech_language=analysis.speech_language,
            timing=analysis.timing,
            created_at=analysis.created_at,
            product_version=product_version,
        )
        for language in languages
    }


def _stills(kept: Path, times_s: Iterable[float]) -> dict[float, bytes]:
    """The pictures that this run kept; a pack that it was not judged under may want others, which are then absent."""
    directory = RunDirectory(kept=kept, working=kept)
    return {time_s: path.read_bytes() for time_s in times_s if (path := directory.frame(time_s)).is_file()}
