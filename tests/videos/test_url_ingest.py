"""Videos from addresses: a real web server beside us gives them, or something else."""

from __future__ import annotations

import hashlib
import os
import random
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "outbound"))
from hostile_servers import HostileServer, Script, ok, redirect, sending, serving

from accounts.models import User
from storage.registry import open_storage
from videos.models import Artifact, Project, Upload, UploadSource, UploadStatus, Video
from videos.upload_messages import failure_sentence
from videos.uploading import UploadProblem, UploadRefused, abort_upload, finish_upload
from videos.url_ingest import IngestStopped, begin_ingest, clear_downloads, run_ingest

CONTENT = random.Random(436).randbytes(3_000_000)  # noqa: S311
VIDEO = ok(CONTENT, "Content-Type: video/mp4")


def never() -> bool:
    return False


@pytest.fixture
def project(db: None, tmp_path: Path, settings: Any) -> Project:
    settings.DATA_DIR = tmp_path / "data"
    settings.TEMP_DIR = tmp_path / "temp"
    settings.TEMP_DIR.mkdir()
    anna = User.objects.create_user("anna", "anna@example.org", "correct horse battery")
    return Project.objects.create(owner=anna, name="Channel")


@pytest.fixture
def serve(settings: Any) -> Iterator[Any]:
    """Start a server with a script; its address may be asked although it is on this machine."""
    running = []

    def start(script: Script) -> HostileServer:
        context = serving(script)
        server = context.__enter__()
        running.append(context)
        settings.OUTBOUND_ALLOWED_HOSTS = (*settings.OUTBOUND_ALLOWED_HOSTS, server.host)
        return server

    yield start
    for context in running:
        context.__exit__(None, None, None)


def begin(project: Project, url: str) -> Upload:
    return begin_ingest(project, project.owner, url)


def left_over(settings: Any) -> list[Path]:
    folders = (settings.TEMP_DIR, settings.DATA_DIR / "objects")
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


def test_a_video_is_fetched(project: Project, serve: Any, settings: Any) -> None:
    upload = begin(project, serve(sending(VIDEO)).url)

    video = run_ingest(upload, never)

    assert (video.name, video.sha256) == ("video.mp4", hashlib.sha256(CONTENT).hexdigest())
    assert (video.size_bytes, video.source_url) == (len(CONTENT), upload.source_url)
    assert b"".join(open_storage().read(video.storage_key)) == CONTENT
    assert (upload.status, upload.received_bytes) == (UploadStatus.FINISHED, len(CONTENT))
    assert len(left_over(settings)) == 1
    assert run_ingest(upload, never) == video
    assert (Video.objects.count(), Artifact.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("path", "headers", "name"),
    [
        ("/a.mp4", [], "a.mp4"),
        ("/a.mp4?download=1", [], "a.mp4"),
        ("/%D1%80%D0%BE%D0%BB%D0%B8%D0%BA.webm", [], "ролик.webm"),
        ("/get?id=5", ["Content-Type: video/webm"], "get.webm"),
        ("/", ["Content-Type: video/quicktime"], "video.mov"),
        ("/x.php", ['Content-Disposition: attachment; filename="../../ok.mkv"'], "ok.mkv"),
        ("/a.bin", ["Content-Type: video/mp4; codecs=avc1"], "a.mp4"),
        ("/a.MP4", ["Content-Type: application/octet-stream"], "a.MP4"),
    ],
)
def test_how_it_is_called(project: Project, serve: Any, path: str, headers: list[str], name: str) -> None:
    server = serve(sending(ok(b"x", *headers)))

    assert run_ingest(begin(project, f"http://{server.host}{path}"), never).name == name


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (ok(b"<html>", "Content-Type: text/html; charset=utf-8"), UploadProblem.ADDRESS_IS_PAGE),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", UploadProblem.ADDRESS_ANSWER),
        (ok(b""), UploadProblem.EMPTY),
        (ok(b"x", length=3 * 1024**3), UploadProblem.TOO_LARGE),
        (ok(b"x", length=100), UploadProblem.DOWNLOAD_CUT_SHORT),
        (ok(b"x", "Content-Encoding: gzip"), UploadProblem.ADDRESS_ANSWER),
        (ok(b"x", 'Content-Disposition: attachment; filename="a.exe"'), UploadProblem.FORMAT_NOT_ALLOWED),
        (redirect("http://169.254.169.254/latest/"), UploadProblem.ADDRESS_REFUSED),
        (b"nonsense\r\n\r\n", UploadProblem.ADDRESS_ANSWER),
    ],
)
def test_what_is_no_video(project: Project, serve: Any, settings: Any, answer: bytes, problem: UploadProblem) -> None:
    upload = begin(project, serve(sending(answer)).url)

    with pytest.raises(UploadRefused) as error:
        run_ingest(upload, never)

    assert error.value.problem is problem
    upload.refresh_from_db()
    assert (upload.status, upload.error) == (UploadStatus.FAILED, problem.value)
    assert failure_sentence(upload).endswith(".")
    assert left_over(settings) == []
    assert not Video.objects.exists()


def test_a_body_without_end(project: Project, serve: Any, settings: Any) -> None:
    settings.MAX_VIDEO_FILE_SIZE = 1_000_000

    def script(connection: socket.socket, head: bytes) -> None:
        connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n")
        while True:
            connection.sendall(bytes(65536))

    upload = begin(project, serve(script).url)
    with pytest.raises(UploadRefused) as error:
        run_ingest(upload, never)

    assert error.value.problem is UploadProblem.TOO_LARGE
    assert failure_sentence(upload).endswith(".")
    assert left_over(settings) == []


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("ftp://example.org/a.mp4", UploadProblem.ADDRESS_INVALID),
        ("a.mp4", UploadProblem.ADDRESS_INVALID),
        ("http://user:pass@example.org/a.mp4", UploadProblem.ADDRESS_INVALID),
        ("http://127.0.0.1/a.mp4", UploadProblem.ADDRESS_REFUSED),
        ("http://169.254.169.254/a.mp4", UploadProblem.ADDRESS_REFUSED),
        ("http://2130706433/a.mp4", UploadProblem.ADDRESS_REFUSED),
        ("http://8.8.8.8:22/a.mp4", UploadProblem.ADDRESS_REFUSED),
        ("http://does-not-exist.invalid/a.mp4", UploadProblem.ADDRESS_UNREACHABLE),
    ],
)
def test_addresses_that_are_refused_at_once(project: Project, url: str, problem: UploadProblem) -> None:
    with pytest.raises(UploadRefused) as error:
        begin(project, url)

    assert error.value.problem is problem
    assert not Upload.objects.exists()


def test_a_worker_that_has_to_end(project: Project, serve: Any, settings: Any) -> None:
    upload = begin(project, serve(sending(VIDEO)).url)
    with pytest.raises(IngestStopped):
        run_ingest(upload, lambda: True)
    assert left_over(settings) == []

    upload.refresh_from_db()
    assert upload.status == UploadStatus.OPEN
    assert run_ingest(upload, never).size_bytes == len(CONTENT)  # the next one begins anew


def test_somebody_aborts_in_the_middle(project: Project, serve: Any, settings: Any) -> None:
    upload = begin(project, serve(sending(VIDEO)).url)

    def abort() -> bool:
        abort_upload(Upload.objects.get(pk=upload.pk))
        return False

    with pytest.raises(IngestStopped):
        run_ingest(upload, abort)

    upload.refresh_from_db()
    assert upload.status == UploadStatus.ABORTED
    assert left_over(settings) == []
    assert not Video.objects.exists()


def test_killed_before_the_video_was_written_down(project: Project, serve: Any) -> None:
    upload = begin(project, serve(sending(VIDEO)).url)
    run_ingest(upload, never)
    Artifact.objects.all().delete()
    Video.objects.all().delete()
    Upload.objects.update(status=UploadStatus.FINISHING, video=None)
    upload.refresh_from_db()

    assert run_ingest(upload, never).sha256 == hashlib.sha256(CONTENT).hexdigest()


def test_an_address_is_not_finished_by_hand(project: Project, serve: Any) -> None:
    upload = begin(project, serve(sending(VIDEO)).url)

    assert upload.source == UploadSource.URL
    with pytest.raises(UploadRefused):
        finish_upload(upload)


def test_what_a_killed_download_left_goes_after_a_day(tmp_path: Path, settings: Any) -> None:
    settings.TEMP_DIR = tmp_path
    names = ("compliance-download-old", "compliance-download-new", "somebody-elses")
    for name in names:
        (tmp_path / name).write_bytes(b"half a video")
    day_and_more = time.time() - 25 * 60 * 60
    for name in (names[0], names[2]):
        os.utime(tmp_path / name, (day_and_more, day_and_more))

    assert clear_downloads() == 1
    assert {file.name for file in tmp_path.iterdir()} == set(names[1:])
    assert clear_downloads() == 0
