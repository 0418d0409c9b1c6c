"""Uploads that are finished, once, twice at once and after a loss, and uploads that are given up."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.servers.web_server import WebServer
from uploads_for_tests import (
    CONTENT,
    PART_BYTES,
    PARTS,
    SHA256,
    Sender,
    sender_at,
    stored,
    unfinished_files,
)

from storage.registry import open_storage
from videos.models import Artifact, ArtifactKind, Upload, UploadPart, UploadStatus, Video


@pytest.fixture
def sender(shared_web_server: WebServer) -> Sender:
    return sender_at(shared_web_server)


def test_parts_in_any_order_at_once_and_again(sender: Sender) -> None:
    upload = sender.begin()
    with ThreadPoolExecutor(6) as several:
        answers = several.map(lambda number: sender.put(upload, number, PARTS[number]), [3, 1, 2, 3, 1, 2])
        assert [answer.status for answer in answers] == [200] * 6
    assert sender.arrived(upload) == [1, 2, 3]

    answer = sender.finish(upload, SHA256)

    assert answer.status == 200, answer.data
    assert stored(upload) == CONTENT
    video = Video.objects.get()
    assert (str(video.pk), video.sha256, video.size_bytes, video.name) == (upload, SHA256, len(CONTENT), "ролик.mp4")
    artifact = Artifact.objects.get()
    assert (artifact.kind, artifact.sha256, artifact.media_type) == (ArtifactKind.ORIGINAL, SHA256, "video/mp4")
    assert unfinished_files(sender.server) == []


def test_different_bytes_for_one_part_at_once(sender: Sender) -> None:
    """One of them wins as a whole, and what is noted of it is what is stored."""
    upload = sender.begin()
    versions = [bytes([value]) * PART_BYTES for value in range(4)]
    with ThreadPoolExecutor(4) as several:
        list(several.map(lambda content: sender.put(upload, 1, content), versions))
    for number in (2, 3):
        sender.put(upload, number, PARTS[number])
    noted = UploadPart.objects.get(upload=upload, number=1).sha256

    assert sender.finish(upload).status == 200
    first = stored(upload)[:PART_BYTES]
    assert first in versions
    assert hashlib.sha256(first).hexdigest() == noted


def test_finishing_without_all_parts(sender: Sender) -> None:
    upload = sender.begin()
    sender.put(upload, 2, PARTS[2])

    answer = sender.finish(upload)

    assert answer.status == 409
    assert answer.json()["code"] == "upload-incomplete"
    sender.put_all(upload)
    assert sender.finish(upload).status == 200


def test_a_whole_file_that_is_not_the_announced_one(sender: Sender) -> None:
    upload = sender.begin(sha256="0" * 64)
    sender.put_all(upload)

    answer = sender.finish(upload)

    assert answer.status == 422
    assert answer.json()["code"] == "digest-mismatch"
    assert Upload.objects.get().status == UploadStatus.OPEN
    assert not Video.objects.exists()
    assert sender.ask("DELETE", f"uploads/{upload}").status == 204


def test_bytes_that_the_disk_lost(sender: Sender) -> None:
    upload = sender.begin()
    sender.put_all(upload)
    (file,) = unfinished_files(sender.server)
    with file.open("r+b") as opened:
        opened.seek(PART_BYTES + 5)
        opened.write(b"spoilt")

    assert sender.finish(upload).status == 422
    assert sender.arrived(upload) == [1, 3]
    sender.put(upload, 2, PARTS[2])
    assert sender.finish(upload).status == 200
    assert stored(upload) == CONTENT


def test_finishing_many_times_at_once_makes_one_video(sender: Sender) -> None:
    upload = sender.begin()
    sender.put_all(upload)

    with ThreadPoolExecutor(6) as several:
        answers = list(several.map(lambda _: sender.finish(upload, SHA256), range(6)))

    assert [answer.status for answer in answers] == [200] * 6
    assert {answer.json()["id"] for answer in answers} == {upload}
    assert (Video.objects.count(), Artifact.objects.count()) == (1, 1)


@pytest.mark.parametrize("file_has_its_name", [False, True])
def test_finishing_is_taken_up_again(sender: Sender, file_has_its_name: bool) -> None:
    """As a server leaves it that was killed while it read the file, or before it wrote the video down."""
    upload = sender.begin()
    sender.put_all(upload)
    row = Upload.objects.get()
    Upload.objects.update(status=UploadStatus.FINISHING)
    if file_has_its_name:
        open_storage().finish_parts(row.storage_key, row.multipart_id, {}, row.size_bytes)

    assert sender.put(upload, 1, PARTS[1]).status == 409
    assert sender.finish(upload, SHA256).status == 200
    assert stored(upload) == CONTENT
    assert Video.objects.get().sha256 == SHA256


def test_aborting_frees_everything(sender: Sender) -> None:
    upload = sender.begin()
    sender.put(upload, 1, PARTS[1])

    assert sender.ask("DELETE", f"uploads/{upload}").status == 204
    assert sender.ask("DELETE", f"uploads/{upload}").status == 204

    assert unfinished_files(sender.server) == []
    assert not UploadPart.objects.exists()
    assert sender.put(upload, 1, PARTS[1]).status == 409
    assert sender.finish(upload).status == 409


def test_a_finished_upload_is_not_aborted(sender: Sender) -> None:
    upload = sender.begin()
    sender.put_all(upload)
    sender.finish(upload)

    assert sender.ask("DELETE", f"uploads/{upload}").status == 409
    assert stored(upload) == CONTENT
