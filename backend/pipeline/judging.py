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
from reports.building import build_report
from reports.document import Language, ReportDocument
from reports.exhibits import frames_wanted


def judge_all(analysis: Analysis, packs: Iterable[Pack], observations: Sequence[Observation]) -> tuple[Judgement, ...]:
    return tuple(
        judge(
            pack,
            observations,
            duration_s=analysis.facts.duration_s,
            completed_detectors=analysis.completed_detectors,
        )
        for pack in packs
    )


def report_of(
    analysis: Analysis, kept: Path, packs: Iterable[Pack], *, language: Language, product_version: str
) -> ReportDocument:
    """The report of the run in ``kept`` under ``packs``. Raises ``AnalysisUnreadable``."""
    observations = analysis.observations(kept)
    judgements = judge_all(analysis, packs, observations)
    return build_report(
        file_name=analysis.video_name,
        facts=analysis.facts,
        coverage=analysis.coverage,
        judgements=judgements,
        observations=observations,
        stills=_stills(kept, frames_wanted(judgements, observations)),
        language=language,
        speech_language=analysis.speech_language,
        timing=analysis.timing,
        created_at=analysis.created_at,
        product_version=product_version,
    )


def _stills(kept: Path, times_s: Iterable[float]) -> dict[float, bytes]:
    """The pictures that this run kept; a pack that it was not judged under may want others, which are then absent."""
    directory = RunDirectory(kept=kept, working=kept)
    return {time_s: path.read_bytes() for time_s in times_s if (path := directory.frame(time_s)).is_file()}
