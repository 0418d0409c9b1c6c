"""Uploads whose parts go straight to a bucket: this side never touches the bytes."""

from __future__ import annotations

import hashlib
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
import urllib3
from django.db import connection

from accounts.models import User
from storage.b2 import Bucket
from storage.base import ObjectMissing
from storage.registry import open_storage
from videos.file_urls import file_url
from videos.models import Artifact, Project, Upload, UploadStatus, Video
from videos.uploading import (
    UploadProblem,
    UploadRefused,
    abort_upload,
    arrived_parts,
    begin_upload,
    finish_upload,
    part_url,
    store_part,
)

PART_BYTES = 8 * 1024**2
CONTENT = random.Random(436).randbytes(PART_BYTES + 777)  # noqa: S311
PARTS = {1: CONTENT[:PART_BYTES], 2: CONTENT[PART_BYTES:]}
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def upload(bucket: Bucket, db: None) -> Upload:
    anna = User.objects.create_user("anna", "anna@example.org", "correct horse battery")
    project = Project.objects.create(owner=anna, name="Channel")
    return begin_upload(project, anna, name="a.webm", size_bytes=len(CONTENT), fingerprint="f")


def put(upload: Upload, number: int, content: bytes | None = None) -> int:
    return int(urllib3.request("PUT", part_url(upload, number), body=content or PARTS[number]).status)


def problem_of(verb: object, *arguments: object) -> UploadProblem:
    with pytest.raises(UploadRefused) as error:
        verb(*arguments)  # type: ignore[operator]
    return error.value.problem


def test_parts_make_a_video(upload: Upload) -> None:
    assert put(upload, 2) == 200
    assert [part.number for part in arrived_parts(upload)] == [2]
    assert problem_of(finish_upload, upload) is UploadProblem.PARTS_MISSING
    assert put(upload, 1) == 200

    video = finish_upload(upload, SHA256)

    assert finish_upload(upload) == video
    assert (video.sha256, video.size_bytes) == (SHA256, len(CONTENT))
    assert b"".join(open_storage().read(video.storage_key)) == CONTENT
    assert Artifact.objects.get().media_type == "video/webm"
    answer = urllib3.request("GET", file_url(video.storage_key, "video/webm"), headers={"Range": "bytes=0-9"})
    assert (answer.status, answer.data) == (206, CONTENT[:10])


def test_a_part_of_another_length_does_not_pass(upload: Upload) -> None:
    assert put(upload, 1, PARTS[1] + b"x") == 403
    assert put(upload, 1, PARTS[1][:-1]) == 403
    assert arrived_parts(upload) == ()


@pytest.mark.parametrize("parts_are_one", [False, True])
def test_finishing_is_taken_up_again(upload: Upload, parts_are_one: bool) -> None:
    for number in PARTS:
        put(upload, number)
    Upload.objects.update(status=UploadStatus.FINISHING)
    upload.refresh_from_db()
    if parts_are_one:
        etags = {part.number: part.etag for part in arrived_parts(upload)}
        open_storage().finish_parts(upload.storage_key, upload.multipart_id, etags, upload.size_bytes)

    assert finish_upload(upload, SHA256).pk == upload.pk
    assert (Video.objects.count(), Artifact.objects.count()) == (1, 1)


def test_aborting_frees_the_bucket(upload: Upload) -> None:
    url = part_url(upload, 2)
    put(upload, 1)

    abort_upload(upload)
    abort_upload(upload)

    assert urllib3.request("PUT", url, body=PARTS[2]).status == 404
    assert problem_of(part_url, upload, 2) is UploadProblem.CLOSED
    assert problem_of(finish_upload, upload) is UploadProblem.CLOSED
    with pytest.raises(ObjectMissing):
        open_storage().stored_parts(upload.storage_key, upload.multipart_id)


def test_aborting_what_was_made_one_already(upload: Upload) -> None:
    for number in PARTS:
        put(upload, number)
    etags = {part.number: part.etag for part in arrived_parts(upload)}
    open_storage().finish_parts(upload.storage_key, upload.multipart_id, etags, upload.size_bytes)
    Upload.objects.update(status=UploadStatus.FINISHING)

    abort_upload(upload)

    with pytest.raises(ObjectMissing):
        open_storage().size_bytes(upload.storage_key)


def test_parts_do_not_come_through_here(upload: Upload) -> None:
    assert problem_of(store_part, upload, 1, None, PART_BYTES) is UploadProblem.PARTS_GO_ELSEWHERE


@pytest.mark.django_db(transaction=True)
def test_finishing_many_times_at_once_makes_one_video(upload: Upload) -> None:
    for number in PARTS:
        put(upload, number)

    def finish(_: int) -> object:
        try:
            return finish_upload(Upload.objects.get(pk=upload.pk), SHA256).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as several:
        assert set(several.map(finish, range(4))) == {upload.pk}
    assert (Video.objects.count(), Artifact.objects.count()) == (1, 1)
