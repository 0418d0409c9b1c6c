"""Which uploads begin, which are continued, and how files are cut into parts."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from videos.models import Project, Upload, UploadStatus, Video
from videos.upload_messages import upload_sentence
from videos.uploading import (
    PartPlan,
    UploadProblem,
    UploadRefused,
    abort_stale_uploads,
    abort_upload,
    begin_upload,
    earlier_checks,
    finish_interrupted_uploads,
)
from videos.uploading.part_plan import LARGEST_FILE_BYTES, LARGEST_PART_BYTES, SMALLEST_PART_BYTES, part_size_bytes
from videos.video_formats import bare_name

GB = 1024**3


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def anna(db: None) -> User:
    return User.objects.create_user("anna", "anna@example.org", "correct horse battery")


@pytest.fixture
def project(anna: User) -> Project:
    return Project.objects.create(owner=anna, name="Channel")


def begin(project: Project, by: User | None = None, name: str = "a.mp4", size: int = 100, **more: str) -> Upload:
    return begin_upload(project, by or project.owner, name=name, size_bytes=size, **more)


def refusal(project: Project, **options: Any) -> UploadRefused:
    with pytest.raises(UploadRefused) as error:
        begin(project, **options)
    assert not Upload.objects.exists()
    return error.value


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"name": ""}, UploadProblem.NAME_MISSING),
        ({"name": "\x00\n"}, UploadProblem.NAME_MISSING),
        ({"name": "a.exe"}, UploadProblem.FORMAT_NOT_ALLOWED),
        ({"name": "mp4"}, UploadProblem.FORMAT_NOT_ALLOWED),
        ({"name": "a.mp4/b"}, UploadProblem.FORMAT_NOT_ALLOWED),
        ({"size": 0}, UploadProblem.EMPTY),
        ({"size": -1}, UploadProblem.EMPTY),
        ({"size": 2 * GB + 1}, UploadProblem.TOO_LARGE),
        ({"sha256": "abc"}, UploadProblem.DIGEST_MALFORMED),
        ({"sha256": "g" * 64}, UploadProblem.DIGEST_MALFORMED),
    ],
)
def test_what_does_not_begin(project: Project, options: dict[str, Any], problem: UploadProblem) -> None:
    assert refusal(project, **options).problem is problem


def test_a_file_that_does_not_fit_on_the_disk(project: Project, settings: Any) -> None:
    settings.MAX_VIDEO_FILE_SIZE = 10**15

    assert refusal(project, size=LARGEST_FILE_BYTES).problem is UploadProblem.NO_SPACE
    assert refusal(project, size=LARGEST_FILE_BYTES + 1).problem is UploadProblem.TOO_LARGE


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("problem", UploadProblem)
def test_every_refusal_has_a_sentence(problem: UploadProblem, language: str) -> None:
    details = {
        "size_bytes": 3,
        "max_size_bytes": 2,
        "format": "exe",
        "allowed_formats": "mp4",
        "number": 1,
        "count": 2,
        "first": 1,
        "expected_bytes": 4,
        "status": 404,
    }
    with translation.override(language):
        sentence = upload_sentence(UploadRefused(problem, **details))

    assert sentence.endswith(".")
    assert "%" not in sentence
    assert ("а" in sentence) == (language == "ru")


def test_the_same_file_is_continued(project: Project) -> None:
    first = begin(project, fingerprint="a.mp4/100")

    assert begin(project, fingerprint="a.mp4/100", sha256="A" * 64) == first
    assert Upload.objects.get().sha256 == "a" * 64
    assert begin(project) != begin(project)  # without a fingerprint nobody knows it again


def test_what_is_not_the_same_file(project: Project) -> None:
    boris = User.objects.create_user("boris", "boris@example.org", "correct horse battery")
    other = Project.objects.create(owner=project.owner, name="Other")
    first = begin(project, fingerprint="f", sha256="a" * 64)

    assert begin(project, boris, fingerprint="f") != first
    assert begin(other, fingerprint="f") != first
    assert begin(project, fingerprint="g") != first


@pytest.mark.parametrize("change", [{"size": 101}, {"sha256": "b" * 64}])
def test_a_file_that_has_changed_begins_anew(project: Project, change: dict[str, Any]) -> None:
    first = begin(project, fingerprint="f", sha256="a" * 64)

    second = begin(project, fingerprint="f", **change)

    first.refresh_from_db()
    assert (first.status, second.status) == (UploadStatus.ABORTED, UploadStatus.OPEN)


def test_an_aborted_upload_is_not_continued(project: Project) -> None:
    first = begin(project, fingerprint="f")
    abort_upload(first)

    assert begin(project, fingerprint="f") != first


@pytest.fixture
def noon() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(datetime(2026, 5, 4, 12, tzinfo=UTC), tick=False) as clock:
        yield clock


def test_uploads_that_nobody_goes_on_with_are_given_up(project: Project, noon: time_machine.Coordinates) -> None:
    left = begin(project)
    noon.shift(timedelta(days=6))
    fresh = begin(project)
    noon.shift(timedelta(days=1, minutes=1))

    assert abort_stale_uploads() == 1
    left.refresh_from_db()
    fresh.refresh_from_db()
    assert (left.status, fresh.status) == (UploadStatus.ABORTED, UploadStatus.OPEN)


def test_an_interrupted_finish_without_its_parts_stays_open(project: Project, noon: time_machine.Coordinates) -> None:
    upload = begin(project)
    Upload.objects.update(status=UploadStatus.FINISHING)
    noon.shift(timedelta(minutes=11))

    assert finish_interrupted_uploads() == 0
    upload.refresh_from_db()
    assert upload.status == UploadStatus.OPEN


def test_files_that_were_here_before(project: Project) -> None:
    boris = User.objects.create_user("boris", "boris@example.org", "correct horse battery")
    foreign = Project.objects.create(owner=boris, name="His")
    made = [
        Video.objects.create(project=where, name="a.mp4", sha256=sha256, size_bytes=size)
        for where, sha256, size in (
            (project, "a" * 64, 5),
            (project, "b" * 64, 5),
            (project, "a" * 64, 6),
            (foreign, "a" * 64, 5),
            (project, "a" * 64, 5),
        )
    ]

    assert earlier_checks(project.owner, "A" * 64, 5) == [made[4], made[0]]
    assert earlier_checks(boris, "a" * 64, 5) == [made[3]]
    assert earlier_checks(project.owner, "", 5) == []


@given(st.integers(1, LARGEST_FILE_BYTES))
def test_parts_cover_the_file(size: int) -> None:
    plan = PartPlan(size, part_size_bytes(size))

    assert SMALLEST_PART_BYTES <= plan.part_size_bytes <= LARGEST_PART_BYTES
    assert 1 <= plan.count <= 10_000
    assert not plan.has(0)
    assert not plan.has(plan.count + 1)
    assert plan.offset(1) == 0
    assert plan.offset(plan.count) + plan.length(plan.count) == size
    assert 1 <= plan.length(plan.count) <= plan.part_size_bytes
    if plan.count > 1:
        assert plan.offset(2) == plan.length(1) == plan.part_size_bytes


@given(st.text(max_size=600))
def test_any_name_becomes_a_bare_one(name: str) -> None:
    bare = bare_name(name)

    assert len(bare) <= 255
    assert bare.isprintable()
    assert not set(bare) & set("/\\")


def test_a_long_name_keeps_its_extension() -> None:
    assert bare_name("C:\\видео\\" + "я" * 400 + ".mp4").endswith("я.mp4")


def test_the_same_file_begun_many_times_at_once(each_database: str, tmp_path: Path) -> None:
    anna = User.objects.create_user("anna", "anna@example.org", "correct horse battery")
    project = Project.objects.create(owner=anna, name="Channel")

    def begin_once(_: int) -> object:
        try:
            return begin(project, fingerprint="f").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as several:
        assert len(set(several.map(begin_once, range(6)))) == 1
    assert Upload.objects.count() == 1
    assert len(list((tmp_path / "objects" / ".incoming").iterdir())) == 1
