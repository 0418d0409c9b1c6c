"""Cheap polling: a program that names the state it knows is told that nothing changed, without a body."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.utils.http import parse_etags, quote_etag
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder


def answer_unless_known(request: Request, data: Mapping[str, Any], state: Any = None) -> Response:
    """``data`` with an ETag over ``state`` (``data`` itself when left out), or 304 when the caller has it already."""
    text = json.dumps(data if state is None else state, cls=JSONEncoder, sort_keys=True)
    tag = "W/" + quote_etag(hashlib.sha256(text.encode()).hexdigest()[:32])
    known = {one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))}
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag.removeprefix("W/") in known or "*" in known:
        return Response(status=304, headers=headers)
    return Response(data, headers=headers)
