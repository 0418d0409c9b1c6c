"""Errors as problem documents (RFC 9457): ``type``, ``title``, ``status``, ``detail``, ``code``, ``request_id``.

``errors`` lists what is wrong with single values: ``{pointer | parameter, detail, code}``, where ``pointer`` is a JSON
pointer into the body (``#/name``) and ``parameter`` a name of the query.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions

from api.problem_types import PROBLEM_TYPES, ProblemType, type_of_status
from api.request_ids import request_id_of

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "/api/v1/problems/"


@dataclass(frozen=True)
class FieldError:
    """One wrong value: ``pointer`` into the body, or ``parameter`` of the query."""

    detail: str
    code: str
    pointer: str | None = None
    parameter: str | None = None

    def as_json(self) -> dict[str, str]:
        where = {"pointer": self.pointer} if self.pointer is not None else {"parameter": self.parameter or ""}
        return {**where, "detail": self.detail, "code": self.code}


class Problem(exceptions.APIException):
    """Raised by views; ``detail`` is a sentence that says what to do."""

    def __init__(
        self,
        code: str,
        detail: Any = None,
        *,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.type = PROBLEM_TYPES[code]
        self.status_code = self.type.status
        super().__init__(detail if detail is not None else self.type.title)
        self.errors = tuple(errors)
        self.headers = dict(headers or {})


class InvalidParameters(Problem):
    """Values of the query that make no sense."""

    def __init__(self, errors: Mapping[str, tuple[str, str]]) -> None:
        """``errors`` maps a parameter to (code, sentence)."""
        super().__init__(
            "invalid-input",
            _("Correct the parameters of the address that are listed in errors."),
            errors=[FieldError(str(text), code, parameter=name) for name, (code, text) in errors.items()],
        )


def document(
    kind: ProblemType, detail: str, request: HttpRequest | None, errors: Sequence[FieldError] = ()
) -> dict[str, Any]:
    """The body of an answer."""
    body: dict[str, Any] = {
        "type": TYPE_PREFIX + kind.code,
        "title": str(kind.title),
        "status": kind.status,
        "detail": detail,
        "code": kind.code,
        "request_id": request_id_of(request) if request is not None else "",
    }
    if errors:
        body["errors"] = [error.as_json() for error in errors]
    return body


def plain_response(status: int, request: HttpRequest, kind: ProblemType | None = None) -> JsonResponse:
    """For errors that Django answers before or after a view of the API had its turn."""
    kind = kind or type_of_status(status)
    body = {**document(kind, default_detail(kind), request), "status": status}
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE)


def default_detail(kind: ProblemType) -> str:
    """What to do, where nothing more exact is known."""
    sentences = {
        "malformed-request": _("Check the request against the documentation at /api/docs/."),
        "not-authenticated": _("Send a token as «Authorization: Bearer …»; you create one in your account."),
        "forbidden": _("Your role does not allow this. Ask an administrator."),
        "password-change-needed": _("Somebody else has seen your password. Choose your own at /account/password/."),
        "not-found": _("There is nothing at this address, or you have no access to it."),
        "method-not-allowed": _("The header Allow lists the methods of this address."),
        "conflict": _("Read the present state and try again."),
        "gone": _("Begin anew."),
        "body-too-large": _("Send less in one request."),
        "unsupported-media-type": _("Send the body as application/json."),
        "too-many-requests": _("Wait a little, then ask again."),
        "internal-error": _("We have written it down. Try again in a minute; quote request_id if it stays."),
        "unavailable": _("Try again in a minute."),
    }
    return str(sentences.get(kind.code, kind.title))
