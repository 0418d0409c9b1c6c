"""The bytes of a part, for installations that keep videos on their own machine."""

from __future__ import annotations

import base64
import binascii
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.parsers import FileUploadParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Scope
from api.lookups import visible
from api.problems import FieldError, Problem
from api.resource import Resource
from api.upload_problems import answering_upload_problems
from videos.access import changeable_uploads
from videos.uploading import store_part
from videos.uploading.part_plan import LARGEST_PART_BYTES

SILENCE_S = 60.0
"""So long a sender may be silent. Without a bound a line that broke without a word would hold a thread for ever."""

_CHUNK_BYTES = 256 * 1024
_SHA256 = re.compile(r"(?:^|,)\s*sha-256\s*=\s*:([A-Za-z0-9+/]*={0,2}):\s*(?:,|$)")


class UploadPartSerializer(serializers.Serializer):  # type: ignore[type-arg]
    number = serializers.IntegerField()
    size_bytes = serializers.IntegerField()
    sha256 = serializers.CharField(help_text="Of the bytes as they arrived, in hex")


class OctetStream(FileUploadParser):
    """Names the type for the description; the view reads the stream itself, without keeping it in memory."""

    media_type = "application/octet-stream"


class UploadPartView(Resource):
    write_scope = Scope.UPLOAD
    parser_classes = (OctetStream,)
    problem_statuses = {"PUT": ("409", "411", "422", "503", "507")}
    throttle_classes = ()  # a large file has thousands of parts; the size and the disk bound them

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        if answer.status_code >= 400:
            answer._resource_closers.append(lambda: _discard_rest(request))
        return answer

    @extend_schema(
        operation_id="put_upload_part",
        tags=["uploads"],
        summary="Send a part",
        description=(
            "The body is the part's bytes and nothing else. A part may be sent again, in any order, several at once. "
            "One that breaks off, has another length or does not fit its digest leaves nothing."
        ),
        parameters=[
            OpenApiParameter(
                "Content-Digest",
                str,
                OpenApiParameter.HEADER,
                description="`sha-256=:<base64>:` of the part (RFC 9530). Parts that do not fit are refused.",
            )
        ],
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses=UploadPartSerializer,
    )
    def put(self, request: Request, upload_id: uuid.UUID, number: int) -> Response:
        upload = visible(changeable_uploads(self.person), upload_id)
        length = _announced_length(request)
        sha256 = _announced_sha256(request)
        with answering_upload_problems(), _bounded_silence(request):
            part = store_part(upload, number, request._request, length, sha256)
        return Response(UploadPartSerializer(part).data)


def _announced_length(request: Request) -> int:
    text = request.headers.get("Content-Length", "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Problem("length-required", _("Say the length of the part in the header Content-Length."))
    return int(text)


def _announced_sha256(request: Request) -> str | None:
    """The digest in hex; None when none of this kind is given."""
    header = request.headers.get("Content-Digest", "")
    if "sha-256" not in header.lower():
        return None
    match = _SHA256.search(header)
    try:
        digest = base64.b64decode(match[1], validate=True) if match else b""
    except binascii.Error:
        digest = b""
    if len(digest) != 32:
        sentence = str(_("Write the digest as sha-256=:<base64 of 32 bytes>:, or leave the header out."))
        raise Problem("invalid-input", sentence, errors=[FieldError(sentence, "invalid", parameter="Content-Digest")])
    return digest.hex()


def _discard_rest(request: Request) -> None:
    """After a refusal has been sent: the sender reads it only when its body is not cut off, and may use the line again.

    A body that no part can have is cut off all the same.
    """
    left = LARGEST_PART_BYTES
    with _bounded_silence(request), suppress(OSError):
        while left > 0 and (chunk := request._request.read(min(left, _CHUNK_BYTES))):
            left -= len(chunk)


@contextmanager
def _bounded_silence(request: Request) -> Iterator[None]:
    """gunicorn gives its connection to the application; other servers bound the silence themselves."""
    connection = request.META.get("gunicorn.socket")
    if connection is None:
        yield
        return
    before = connection.gettimeout()
    connection.settimeout(SILENCE_S)
    try:
        yield
    finally:
        connection.settimeout(before)
