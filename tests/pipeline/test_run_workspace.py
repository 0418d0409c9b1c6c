"""From a project's settings to what the steps of a run work with."""

from __future__ import annotations

from typing import Any

import pytest
from tests.pipeline.site_runs import client, uploaded

from pipeline.installation import run_directory
from pipeline.models import PipelineRun, RunStatus
from pipeline.run_claims import take_run
from pipeline.run_view import view_of_run
from pipeline.run_workspace import RunImpossible, workspace_of
from pipeline.runs import analysis_signature
from pipeline.starting import start_run
from pipeline.working import work_on
from storage.registry import open_storage
from videos.models import ProjectSettings, Video

pytestmark = pytest.mark.django_db(transaction=True)


def run_with(**settings: Any) -> PipelineRun:
    owner = client()
    video = uploaded(owner)
    values = {"packs": ["ru-436fz"], **settings}
    ProjectSettings.objects.create(project=video.project, number=2, **values)
    start_run(video, owner)
    run = take_run("worker")
    assert run is not None
    run_directory(run.pk).create()
    return run


def test_settings_of_the_project_reach_the_steps() -> None:
    run = run_with(
        packs=["ru-ads", "stopwords"],
        thresholds={"ad": 0.6},
        dictionaries={"stopwords": "наш конкурент\n", "brands": ""},
    )

    workspace = workspace_of(run, run_directory(run.pk))

    assert workspace.packs == ("ru-ads", "stopwords")
    assert workspace.thresholds == {"ad": 0.6}
    assert workspace.detector_settings.stopwords_dict is not None
    assert workspace.detector_settings.stopwords_dict.read_text(encoding="utf-8") == "наш конкурент\n"
    assert workspace.detector_settings.brand_dict is None


def test_own_dictionaries_make_another_analysis() -> None:
    run = run_with(dictionaries={"stopwords": "наш конкурент\n"})
    own = workspace_of(run, run_directory(run.pk))
    run.settings_version.dictionaries = {}
    plain = workspace_of(run, run_directory(run.pk))

    signatures = {analysis_signature(one.limits, one.detector_settings) for one in (own, plain)}

    assert len(signatures) == 2


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"packs": ["no-such-pack"]}, "pack_unusable"),
        ({"dictionaries": {"profanity": "re:(a+)+$"}}, "dictionary_invalid"),
    ],
)
def test_settings_that_cannot_be_used_end_the_run_with_a_sentence(settings: dict[str, Any], code: str) -> None:
    run = run_with(**settings)
    with pytest.raises(RunImpossible):
        workspace_of(run, run_directory(run.pk))

    work_on(run, "worker", lambda: False)

    run.refresh_from_db()
    assert (run.status, run.error) == (RunStatus.FAILED, code)
    assert "project" in view_of_run(run).error or "проект" in view_of_run(run).error


def test_a_file_that_is_gone_ends_the_run_with_a_sentence() -> None:
    run = run_with()
    Video.objects.update(storage_key="videos/gone/original.mp4")
    run.video.refresh_from_db()

    work_on(run, "worker", lambda: False)

    run.refresh_from_db()
    assert (run.status, run.error) == (RunStatus.FAILED, "file_missing")
    assert view_of_run(run).error


def test_what_is_no_video_ends_the_run_with_the_reason() -> None:
    run = run_with()
    open_storage().put_bytes(b"not a video", "videos/odd/original.mp4", "video/mp4")
    Video.objects.update(storage_key="videos/odd/original.mp4")
    run.video.refresh_from_db()

    work_on(run, "worker", lambda: False)

    run.refresh_from_db()
    assert (run.status, run.error) == (RunStatus.FAILED, "video_rejected")
    assert "mp4" in view_of_run(run).error
    assert not run_directory(run.pk).kept.exists()
