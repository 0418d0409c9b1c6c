"""The result of a run becomes rows and objects that are all the site needs."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

import pytest
from tests.reports.sample_report import build, build_clean, build_large
from tests.reports.stored_report import person

from reports.document import ReportDocument
from reports.models import Report
from reports.playback import Playback, playable_artifact
from reports.publishing import NotWanted, ResultFile, RunResult, publish
from storage.base import StorageFailed
from storage.local import LocalStorage
from storage.registry import open_storage
from videos.models import Artifact, ArtifactKind, Project, Video

pytestmark = pytest.mark.django_db

PICTURE = ResultFile(ArtifactKind.POSTER, "poster.jpg", "image/jpeg", b"a picture")


def result(
    ru: ReportDocument, en: ReportDocument, *files: ResultFile, playback: Playback = Playback.ORIGINAL
) -> RunResult:
    return RunResult(
        run_id=uuid4(),
        documents={"ru": ru, "en": en},
        shot_starts_s=(0.0, 4.2),
        thresholds={"alcohol": 0.7},
        playback=playback,
        files=files,
    )


SAMPLE = result(build("ru"), build("en"), PICTURE)


@pytest.fixture
def video() -> Video:
    project = Project.objects.create(owner=person(), name="Обзоры")
    return Video.objects.create(project=project, name="ролик.mp4", size_bytes=1)


def stored(artifact: Artifact) -> bytes:
    return b"".join(open_storage().read(artifact.key))


def test_findings_are_rows_in_time_order_in_both_languages(video: Video) -> None:
    document = SAMPLE.documents["ru"]

    report = publish(video, SAMPLE, open_storage())

    rows = list(report.findings.all())
    assert [row.number for row in rows] == list(range(1, len(document.findings) + 1))
    assert [row.ident for row in rows] == [finding.id for finding in document.findings]
    first, told = rows[0], document.findings[0]
    assert (first.start_s, first.severity, first.severity_rank) == (told.start_s, told.severity, told.severity.rank)
    assert first.group == told.category.group
    assert first.frame_s == told.evidence.frame_s
    assert first.texts["ru"]["title"] == told.title
    assert first.texts["en"]["title"] == SAMPLE.documents["en"].findings[0].title
    assert first.texts["ru"]["cite"]["act"] == told.cite.act
    assert all("thumbnail" not in row.evidence for row in rows)


def test_the_report_says_by_what_it_was_judged_and_what_was_checked(video: Video) -> None:
    report = publish(video, SAMPLE, open_storage())

    assert report.summary["thresholds"] == {"alcohol": 0.7}
    assert {verdict["pack"] for verdict in report.summary["en"]["verdicts"]} == {
        verdict.pack for verdict in SAMPLE.documents["en"].verdicts
    }
    assert report.summary["ru"]["coverage"]["complete"] is report.complete is False
    assert report.shot_starts_s == [0.0, 4.2]
    assert report.action_count == sum(finding.action_needed for finding in SAMPLE.documents["ru"].findings)


def test_documents_and_files_are_objects(video: Video) -> None:
    report = publish(video, SAMPLE, open_storage())

    artifacts = {artifact.key.rpartition("/")[2]: artifact for artifact in Artifact.objects.filter(video=video)}
    assert set(artifacts) == {"report.ru.json", "report.en.json", "transcript.json", "poster.jpg"}
    assert all(artifact.run_id == report.run_id for artifact in artifacts.values())
    assert stored(artifacts["poster.jpg"]) == b"a picture"
    english = json.loads(stored(artifacts["report.en.json"]))
    assert (english["version"], english["language"]) == ("compliance-report/1", "en")
    assert json.loads(stored(artifacts["transcript.json"])) == english["transcript"]


def test_the_library_repeats_the_newest_report(video: Video) -> None:
    publish(video, SAMPLE, open_storage())
    video.refresh_from_db()
    assert (video.tone, video.findings_count) == ("critical", len(SAMPLE.documents["ru"].findings))
    assert {verdict["pack"] for verdict in video.verdicts} == {one.pack for one in SAMPLE.documents["ru"].verdicts}
    assert any(verdict["title"]["ru"] != verdict["title"]["en"] for verdict in video.verdicts)

    publish(video, result(build_clean("ru"), build_clean("en")), open_storage())
    video.refresh_from_db()
    assert (video.tone, video.action_count) == ("clear", 0)


def test_what_was_not_checked_is_not_called_clear(video: Video) -> None:
    report = publish(video, result(build_clean("ru", gaps=True), build_clean("en", gaps=True)), open_storage())

    assert report.tone == "gap"


def test_publishing_again_changes_nothing(video: Video) -> None:
    report = publish(video, SAMPLE, open_storage())

    assert publish(video, SAMPLE, open_storage()) == report
    assert Report.objects.count() == 1
    assert report.findings.count() == len(SAMPLE.documents["ru"].findings)
    assert Artifact.objects.filter(video=video).count() == 4


def test_a_run_that_was_ended_meanwhile_gets_no_report(video: Video) -> None:
    with pytest.raises(NotWanted):
        publish(video, SAMPLE, open_storage(), lambda: False)

    video.refresh_from_db()
    assert not Report.objects.exists()
    assert not Artifact.objects.filter(video=video).exists()
    assert video.verdicts == []


def test_what_was_interrupted_is_published_whole(video: Video, tmp_path: Path) -> None:
    """The first try ends when only some objects are stored: no row says that there is a report."""
    missing = ResultFile(ArtifactKind.THUMBNAILS, "thumbnails.jpg", "image/jpeg", tmp_path / "not there")
    broken = result(build("ru"), build("en"), PICTURE, missing)

    with pytest.raises((OSError, StorageFailed)):
        publish(video, broken, LocalStorage(tmp_path / "objects"))

    video.refresh_from_db()
    assert not Report.objects.exists()
    assert not Artifact.objects.exists()
    assert video.tone == ""


def test_thousands_of_findings_fit(video: Video) -> None:
    report = publish(video, result(build_large(3000, "ru"), build_large(3000, "en")), open_storage())

    assert report.findings.count() == 3000


def test_the_player_plays_the_copy_that_was_made(video: Video) -> None:
    original = Artifact.objects.create(
        video=video, kind=ArtifactKind.ORIGINAL, key="videos/1/original.avi", media_type="video/x-msvideo", size_bytes=1
    )
    copy = ResultFile(ArtifactKind.PROXY, "proxy.mp4", "video/mp4", b"a video")

    unchanged = publish(video, result(build("ru"), build("en")), open_storage())
    with_copy = publish(video, result(build("ru"), build("en"), copy, playback=Playback.PROXY), open_storage())
    without = publish(video, result(build("ru"), build("en"), playback=Playback.NONE), open_storage())

    assert playable_artifact(unchanged) == original
    assert playable_artifact(with_copy) == Artifact.objects.get(kind=ArtifactKind.PROXY)
    assert playable_artifact(without) is None
