"""POST that is safe to repeat: the same key and body get the first answer again.

The unique constraint on (person, key) decides between requests at the same moment. Only successes are kept: after a
failure nothing was done, so the key is free again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils import encoders

from accounts.models import User
from api.models import IdempotencyKey
from api.problems import FieldError, Problem

HEADER = "Idempotency-Key"
REPLAYED_HEADER = "Idempotency-Replayed"
KEY_LIVES = timedelta(hours=24)
WORK_TAKES_AT_MOST = timedelta(minutes=5)
"""A key without an answer for longer belongs to a process that died; whoever asks again does the work."""
RETRY_AFTER_S = 2


@dataclass(frozen=True)
class Claim:
    """This request holds the key and has to settle it."""

    row_id: int
    keeps_body: bool


def claim_key(request: Request, person: User, *, keeps_body: bool) -> Claim | Response | None:
    """A claim, the stored answer, or nothing when the request names no key.

    Raises ``Problem``: the key is malformed, of another request, still at work, or its answer held a secret.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not (1 <= len(key) <= 255 and key.isascii() and key.isprintable()):
        text = str(_("1 to 255 printable ASCII characters."))
        raise Problem("invalid-input", text, errors=[FieldError(text, "invalid", parameter=HEADER)])
    digest = digest_of(request)
    now = timezone.now()
    IdempotencyKey.objects.filter(user=person, created_at__lte=now - KEY_LIVES).delete()
    try:
        with transaction.atomic():
            row = IdempotencyKey.objects.create(user=person, key=key, path=request.path[:500], request_sha256=digest)
    except IntegrityError:
        return answer_again(person, key, digest, keeps_body=keeps_body)
    return Claim(row.pk, keeps_body)


def answer_again(person: User, key: str, digest: str, *, keeps_body: bool) -> Claim | Response:
    row = IdempotencyKey.objects.filter(user=person, key=key).first()
    if row is None or row.status_code is None:
        return take_over(row, digest, keeps_body=keeps_body)
    if row.request_sha256 != digest:
        raise other_request()
    if row.body is None and row.status_code != 204:
        raise Problem(
            "secret-shown-once",
            _("This request was answered already, and its secret is not kept. Revoke what it made and begin anew."),
        )
    return Response(row.body, status=row.status_code, headers={REPLAYED_HEADER: "true"})


def take_over(row: IdempotencyKey | None, digest: str, *, keeps_body: bool) -> Claim:
    if row is not None:
        if row.request_sha256 != digest:
            raise other_request()
        now = timezone.now()
        abandoned = IdempotencyKey.objects.filter(
            pk=row.pk, status_code=None, created_at=row.created_at, created_at__lte=now - WORK_TAKES_AT_MOST
        )
        if abandoned.update(created_at=now):
            return Claim(row.pk, keeps_body)
    raise Problem(
        "request-in-progress",
        _("The first request with this key is still at work. Ask again in a moment."),
        headers={"Retry-After": str(RETRY_AFTER_S)},
    )


def other_request() -> Problem:
    return Problem("key-reused", _("Use a new Idempotency-Key for a new request."))


def digest_of(request: Request) -> str:
    """Address and body. JSON is compared by value, so that spaces and the order of members do not matter."""
    raw = request.body
    with contextlib.suppress(ValueError, RecursionError):  # what is not JSON is compared as it is
        raw = json.dumps(json.loads(raw), sort_keys=True).encode()
    return hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode() + raw).hexdigest()


def settle(claim: Claim, response: Response) -> None:
    """Keep a success; free the key after anything else."""
    row = IdempotencyKey.objects.filter(pk=claim.row_id)
    if 200 <= response.status_code < 300:
        row.update(status_code=response.status_code, body=plain(response.data) if claim.keeps_body else None)
    else:
        row.delete()


def free(claim: Claim) -> None:
    IdempotencyKey.objects.filter(pk=claim.row_id).delete()


def plain(data: Any) -> Any:
    """What the renderer would write, as values that JSON has."""
    return json.loads(json.dumps(data, cls=encoders.JSONEncoder))
