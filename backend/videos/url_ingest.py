"""A video from an address: somebody names it, the worker fetches it."""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import connection
from django.utils import timezone

from accounts.models import User
from outbound.answer import Answer
from outbound.errors import AddressRefused, FailureCode, RefusalCode, RequestFailed
from outbound.guard import Guard
from outbound.requests import open_url
from storage.disk_trouble import telling_disk_trouble
from storage.registry import open_storage
from videos.models import Project, Upload, UploadSource, UploadStatus, Video
from videos.uploading.acceptance import accept_size, accept_space, accepted_name, largest_file_bytes
from videos.uploading.beginning import original_key
from videos.uploading.making_video import make_video
from videos.uploading.refusal import UploadProblem, UploadRefused, refusing_storage_trouble
from videos.video_formats import MEDIA_TYPES, bare_name, format_of

_PROGRESS_EVERY_S = 1.0
_TOUCHED_EVERY_S = 20.0
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_NAMELESS = "video"
_FILE_PREFIX = "compliance-download-"
_LEFTOVER_AFTER_S = 24 * 60 * 60  # no download takes that long

_REFUSALS = {
    RefusalCode.NOT_PUBLIC: UploadProblem.ADDRESS_REFUSED,
    RefusalCode.PORT: UploadProblem.ADDRESS_REFUSED,
    RefusalCode.DOWNGRADE: UploadProblem.ADDRESS_UNTRUSTED,
}
_FAILURES = {
    FailureCode.UNKNOWN_HOST: UploadProblem.ADDRESS_UNREACHABLE,
    FailureCode.UNREACHABLE: UploadProblem.ADDRESS_UNREACHABLE,
    FailureCode.UNTRUSTED: UploadProblem.ADDRESS_UNTRUSTED,
    FailureCode.TOO_SLOW: UploadProblem.ADDRESS_SLOW,
    FailureCode.TOO_LARGE: UploadProblem.TOO_LARGE,
    FailureCode.CUT_SHORT: UploadProblem.DOWNLOAD_CUT_SHORT,
    FailureCode.TOO_MANY_REDIRECTS: UploadProblem.ADDRESS_REDIRECTS,
}


class IngestStopped(Exception):
    """The worker is to end, or somebody aborted the upload. In the first case it is still open and can be run again."""


@dataclass(frozen=True, slots=True)
class _Download:
    size_bytes: int
    sha256: str


def begin_ingest(project: Project, by: User, url: str) -> Upload:
    """An upload that the worker will fetch. Raises ``UploadRefused`` for an address that cannot be one of a video."""
    url = url.strip()
    try:
        _guard().check(url)
    except (AddressRefused, RequestFailed) as error:
        raise _refusal(error) from error
    upload_id = uuid.uuid4()
    return Upload.objects.create(
        id=upload_id,
        project=project,
        created_by=by,
        source=UploadSource.URL,
        name=_name_in(url) or _NAMELESS,
        source_url=url,
        storage_key=original_key(upload_id, "unknown"),
    )


def run_ingest(upload: Upload, stopping: Callable[[], bool]) -> Video:
    """Fetch the video, whole or not at all; progress goes to ``received_bytes``.

    Raises ``IngestStopped``, and ``UploadRefused`` after the upload has been marked as failed. Run again after its
    process was killed, it begins anew.
    """
    if upload.source != UploadSource.URL:
        raise UploadRefused(UploadProblem.CLOSED)
    try:
        return _fetch(upload, stopping)
    except (AddressRefused, RequestFailed) as error:
        refusal = _refusal(error)
        _fail(upload, refusal)
        raise refusal from error
    except UploadRefused as refusal:
        _fail(upload, refusal)
        raise


def clear_downloads() -> int:
    """Remove files of downloads whose process was killed; the number of them."""
    written_before = time.time() - _LEFTOVER_AFTER_S
    count = 0
    for file in settings.TEMP_DIR.glob(f"{_FILE_PREFIX}*"):
        with suppress(FileNotFoundError):  # another worker was faster
            if file.lstat().st_mtime < written_before:
                file.unlink()
                count += 1
    return count


def _fetch(upload: Upload, stopping: Callable[[], bool]) -> Video:
    if upload.status == UploadStatus.OPEN:
        limit_bytes = largest_file_bytes()
        with (
            _signs_of_life(upload),
            open_url(upload.source_url, guard=_guard(), most_bytes=limit_bytes) as answer,
            refusing_storage_trouble(),
        ):
            _accept(upload, answer)
            _store(upload, answer, stopping)
    upload.refresh_from_db()
    if upload.video is not None:
        return upload.video
    return make_video(upload, upload.sha256)


def _store(upload: Upload, answer: Answer, stopping: Callable[[], bool]) -> None:
    """From the other side into a file, from there into the storage; of a file that was not wanted nothing is left."""
    storage = open_storage()
    accept_space(storage, upload.created_by, upload.size_bytes)
    with telling_disk_trouble():
        folder = storage.receiving_folder() or settings.TEMP_DIR
        descriptor, name = tempfile.mkstemp(dir=folder, prefix=_FILE_PREFIX)
    try:
        with os.fdopen(descriptor, "wb") as file:
            download = _download(upload, answer, file, stopping)
        accept_size(download.size_bytes)
        storage.take_file(Path(name), upload.storage_key, MEDIA_TYPES[format_of(upload.name)])
    finally:
        Path(name).unlink(missing_ok=True)
    _claim(upload, download)


def _accept(upload: Upload, answer: Answer) -> None:
    """Judge the answer by its head, and name the upload by it."""
    if answer.status != 200:
        raise UploadRefused(UploadProblem.ADDRESS_ANSWER, status=answer.status)
    if answer.media_type in _PAGES:
        raise UploadRefused(UploadProblem.ADDRESS_IS_PAGE)
    name = accepted_name(_name_of(answer))
    if answer.size_bytes is not None:
        accept_size(answer.size_bytes)
    key = original_key(upload.pk, format_of(name))
    opened = Upload.objects.filter(pk=upload.pk, status=UploadStatus.OPEN)
    opened.update(
        name=name, storage_key=key, size_bytes=answer.size_bytes or 0, received_bytes=0, touched_at=timezone.now()
    )
    upload.refresh_from_db()


def _download(upload: Upload, answer: Answer, file: IO[bytes], stopping: Callable[[], bool]) -> _Download:
    digest, received, noted_at = hashlib.sha256(), 0, 0.0
    for chunk in answer.chunks():
        with telling_disk_trouble():
            file.write(chunk)
        digest.update(chunk)
        received += len(chunk)
        if stopping():
            raise IngestStopped
        if time.monotonic() - noted_at > _PROGRESS_EVERY_S:
            noted_at = time.monotonic()
            _note(upload, received)
    with telling_disk_trouble():
        file.flush()
    return _Download(received, digest.hexdigest())


def _note(upload: Upload, received_bytes: int) -> None:
    opened = Upload.objects.filter(pk=upload.pk, status=UploadStatus.OPEN)
    if not opened.update(received_bytes=received_bytes, touched_at=timezone.now()):
        raise IngestStopped


def _claim(upload: Upload, download: _Download) -> None:
    """The bytes are in place: from here on only the video is missing."""
    opened = Upload.objects.filter(pk=upload.pk, status=UploadStatus.OPEN)
    if not opened.update(
        status=UploadStatus.FINISHING,
        size_bytes=download.size_bytes,
        received_bytes=download.size_bytes,
        sha256=download.sha256,
        touched_at=timezone.now(),
    ):
        upload.refresh_from_db()
        if upload.status == UploadStatus.ABORTED:
            open_storage().delete(upload.storage_key)
        raise IngestStopped


@contextmanager
def _signs_of_life(upload: Upload) -> Iterator[None]:
    """Also while the other side is slow or the bucket takes its time, other workers see that somebody is at it."""
    over = threading.Event()

    def touch() -> None:
        try:
            while not over.wait(_TOUCHED_EVERY_S):
                Upload.objects.filter(pk=upload.pk, status=UploadStatus.OPEN).update(touched_at=timezone.now())
        finally:
            connection.close()

    thread = threading.Thread(target=touch, name="signs-of-life", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _fail(upload: Upload, refusal: UploadRefused) -> None:
    unfinished = Upload.objects.filter(pk=upload.pk, status__in=(UploadStatus.OPEN, UploadStatus.FINISHING))
    unfinished.update(
        status=UploadStatus.FAILED,
        error=refusal.problem.value,
        error_details=dict(refusal.details),
        touched_at=timezone.now(),
    )
    upload.refresh_from_db()


def _refusal(error: AddressRefused | RequestFailed) -> UploadRefused:
    if isinstance(error, AddressRefused):
        return UploadRefused(_REFUSALS.get(error.code, UploadProblem.ADDRESS_INVALID))
    problem = _FAILURES.get(error.code, UploadProblem.ADDRESS_ANSWER)
    if problem is UploadProblem.TOO_LARGE:
        return UploadRefused(problem, max_size_bytes=largest_file_bytes())
    return UploadRefused(problem)


def _name_of(answer: Answer) -> str:
    """As the other side calls the file, else as the address does; a known media type stands in for an extension."""
    name = bare_name(answer.file_name) or _name_in(answer.url) or _NAMELESS
    if format_of(name) in MEDIA_TYPES:
        return name
    extensions = [extension for extension, media_type in MEDIA_TYPES.items() if media_type == answer.media_type]
    return bare_name(f"{PurePosixPath(name).stem}.{extensions[0]}") if extensions else name


def _name_in(url: str) -> str:
    return bare_name(unquote(urlsplit(url).path, errors="replace"))


def _guard() -> Guard:
    return Guard(settings.OUTBOUND_ALLOWED_HOSTS)
