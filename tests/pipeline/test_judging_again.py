"""A finished analysis is judged under the thresholds that it carries, however often."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from evidence import Label, Modality, Observation, Span, VideoFacts
from pipeline.analysis import Analysis, load_analysis, save_analysis
from pipeline.judging import judge_all
from policy.loading import load_packs
from reports.coverage import Coverage
from reports.document import Timing

PACKS = load_packs(("ru-436fz",))
RUDE = Observation("words", Label.WORD_OBSCENE, 0.6, Span(3, 4), Modality.SPEECH, text="…", id="words-000001")


def analysis(**thresholds: float) -> Analysis:
    return Analysis(
        video_name="ролик.mp4",
        facts=VideoFacts("a" * 64, 1, "mp4", "h264", None, 1280, 720, 0, 25.0, 60.0),
        coverage=Coverage.of(frames_looked_at=0, frames_analysed=0, speech_s=1.0, speech_confidence=0.9, detectors=()),
        speech_language="ru",
        timing=Timing(1.0, ()),
        created_at=datetime(2026, 11, 24, tzinfo=UTC),
        observation_files=(),
        thresholds=thresholds,
    )


@pytest.mark.parametrize(("least", "findings"), [(0.5, 1), (0.7, 0)])
def test_thresholds_are_kept_with_the_analysis_and_judged_by(tmp_path: Path, least: float, findings: int) -> None:
    save_analysis(analysis(language=least), tmp_path / "analysis.json")

    kept = load_analysis(tmp_path / "analysis.json")

    assert kept.thresholds == {"language": least}
    (judgement,) = judge_all(kept, PACKS, [RUDE])
    assert len(judgement.triggers) == findings
