"""Findings while a run is at work."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from detectors.protocol import DetectorSettings
from evidence import Label, Modality, Observation, Span, Word
from media.limits import Limits
from pipeline.job import Workspace
from pipeline.live_observations import LiveObservations
from pipeline.preview import RunPreview, preview_from_json, preview_to_json
from pipeline.preview_writing import SHOWN, preliminary_findings
from pipeline.run_directory import RunDirectory
from policy.loading import load_packs

PACKS = load_packs(("ru-436fz", "ru-ads"))


def workspace(tmp_path: Path, **thresholds: float) -> Workspace:
    return Workspace(
        video_path=tmp_path / "video.mp4",
        video_name="ролик.mp4",
        sha256="",
        directory=RunDirectory(kept=tmp_path, working=tmp_path),
        limits=Limits(),
        detector_settings=DetectorSettings(models_dir=tmp_path, cache_dir=tmp_path),
        packs=("ru-436fz", "ru-ads"),
        pack_dirs=(),
        language="ru",
        thresholds=thresholds,
    )


def heard(text: str, start_s: float) -> Observation:
    words = tuple(
        Word(f" {word}", start_s + 0.5 * place, start_s + 0.5 * place + 0.4, 0.95)
        for place, word in enumerate(text.split())
    )
    span = Span(start_s, words[-1].end_s)
    return Observation(
        "speech", Label.SPEECH_SEGMENT, 0.95, span, Modality.SPEECH, text=text, words=words, language="ru"
    )


def test_words_are_found_in_what_was_said_so_far(tmp_path: Path) -> None:
    found, total = preliminary_findings([heard("ну и хуйня получилась", 10.0)], PACKS, workspace(tmp_path))

    assert total == len(found) == 1
    assert found[0].category == "language.obscene"
    assert (found[0].quote, round(found[0].start_s)) == ("хуйня", 11)
    assert found[0].title.ru != found[0].title.en


def test_the_projects_thresholds_hold_here_too(tmp_path: Path) -> None:
    noticed = [heard("ну и хуйня получилась", 10.0)]

    assert preliminary_findings(noticed, PACKS, workspace(tmp_path, language=1.0)) == ((), 0)


def test_only_the_gravest_are_shown_in_time_order(tmp_path: Path) -> None:
    noticed = [heard("ну и хуйня получилась", 60.0 * minute) for minute in range(SHOWN + 5)]

    found, total = preliminary_findings(noticed, PACKS, workspace(tmp_path))

    assert (len(found), total) == (SHOWN, SHOWN + 5)
    assert [one.start_s for one in found] == sorted(one.start_s for one in found)


def test_nothing_was_noticed_yet(tmp_path: Path) -> None:
    assert preliminary_findings([], PACKS, workspace(tmp_path)) == ((), 0)


def test_a_detector_that_begins_again_begins_from_nothing() -> None:
    live = LiveObservations()
    live.begin("speech")
    live.add("speech", heard("раз", 1.0))
    changes = live.changes

    live.begin("speech")

    assert live.snapshot() == []
    assert live.changes > changes


def test_before_anything_was_written_there_is_no_preview() -> None:
    assert preview_from_json({}) is None


def test_a_preview_survives_the_database(tmp_path: Path) -> None:
    found, total = preliminary_findings([heard("ну и хуйня получилась", 10.0)], PACKS, workspace(tmp_path))
    preview = RunPreview(datetime(2026, 11, 24, tzinfo=UTC), 12.5, 30, found, total)

    assert preview_from_json(preview_to_json(preview)) == preview
