"""Stored files by signed address, in ranges: what players need to seek."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, quote_etag
from django.views.decorators.http import require_safe

from storage.base import ObjectMissing, Storage
from storage.registry import open_storage
from videos.file_urls import FileLink, FileLinkRefused, file_link
from web.byte_ranges import ByteRange, RangeNotSatisfiable, wanted_range

_KEPT_S = 60 * 60
# A stored file is somebody's upload: opened as a page it runs nothing, loads nothing and has no origin.
_SANDBOX = "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; sandbox"


@dataclass(frozen=True, slots=True)
class _Version:
    """Which bytes a file has at the moment. ``modified_at`` is in seconds since 1970."""

    size_bytes: int
    etag: str
    modified_at: int


@require_safe
def file(request: HttpRequest, token: str) -> HttpResponseBase:
    """Whoever has the address may read: it was signed for somebody who may, and it expires."""
    storage = open_storage()
    try:
        link = file_link(token)
        version = _version(storage, link)
        response = _answer(request, storage, link, version)
    except (FileLinkRefused, ObjectMissing) as error:
        raise Http404 from error
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = version.etag
    response["Last-Modified"] = http_date(version.modified_at)
    response["Cache-Control"] = f"private, max-age={_KEPT_S}"
    response["Content-Security-Policy"] = _SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _version(storage: Storage, link: FileLink) -> _Version:
    path = storage.local_path(link.key)
    if path is None:
        raise ObjectMissing
    facts = path.stat()
    identity = f"{link.key}\0{facts.st_ino}\0{facts.st_mtime_ns}\0{facts.st_size}"
    etag = quote_etag(hashlib.sha256(identity.encode()).hexdigest()[:32])
    return _Version(facts.st_size, etag, int(facts.st_mtime))


def _answer(request: HttpRequest, storage: Storage, link: FileLink, version: _Version) -> HttpResponseBase:
    unchanged = get_conditional_response(request, version.etag, version.modified_at)
    if unchanged is not None:
        return unchanged
    try:
        part = _part(request, version)
    except RangeNotSatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{version.size_bytes}"})
    sent = part or ByteRange(0, version.size_bytes)
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse()
    else:
        response = StreamingHttpResponse(storage.read(link.key, sent.start, sent.end))
    response["Content-Type"] = link.media_type
    response["Content-Length"] = str(sent.length)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=link.file_name is not None, filename=link.file_name or "") or "inline"
    )
    if part is not None:
        response.status_code = 206
        response["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{version.size_bytes}"
    return response


def _part(request: HttpRequest, version: _Version) -> ByteRange | None:
    """Ranges are defined for GET. With If-Range they count only while the file is the one that the reader has."""
    header = request.headers.get("Range", "")
    condition = request.headers.get("If-Range", "").strip()
    if request.method != "GET" or not header or (condition and not _is_same(condition, version)):
        return None
    return wanted_range(header, version.size_bytes)


def _is_same(condition: str, version: _Version) -> bool:
    """A strong ETag, or exactly the date that was given as Last-Modified."""
    if condition.startswith(('"', "W/")):
        return condition == version.etag
    try:
        return int(parsedate_to_datetime(condition).timestamp()) == version.modified_at
    except (TypeError, ValueError, OverflowError):
        return False
