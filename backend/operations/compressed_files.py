"""Scripts and styles leave compressed also where nobody has run ``collectstatic``."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.encoding import iri_to_uri

_SUFFIXES = (".css", ".js", ".svg")
_LEAST_BYTES = 500


class CompressedFiles:
    """Stands before whitenoise, which compresses only what was collected: those answers pass as they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        prefix = iri_to_uri(settings.STATIC_URL)
        if not (request.path.startswith(prefix) and request.path.endswith(_SUFFIXES)) or request.method != "GET":
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        ready = response.status_code != 200 or response.has_header("Content-Encoding")
        if not isinstance(response, FileResponse) or ready or "gzip" not in request.headers.get("Accept-Encoding", ""):
            return response
        found = finders.find(request.path.removeprefix(prefix))
        path = Path(found) if isinstance(found, str) else None
        if path is None or path.stat().st_size < _LEAST_BYTES:
            return response
        small = _compressed(path, path.stat().st_mtime_ns)
        response.streaming_content = iter((small,))
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(small))
        return response


@lru_cache(maxsize=256)
def _compressed(path: Path, changed_ns: int) -> bytes:
    """``changed_ns`` makes a changed file another one."""
    return gzip.compress(path.read_bytes(), mtime=0)
