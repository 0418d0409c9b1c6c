"""Every kind of error that the API answers with, by its stable code."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class ProblemType:
    """``code`` never changes; ``title`` names the kind of error in the reader's language."""

    code: str
    status: int
    title: str | Promise


PROBLEM_TYPES: dict[str, ProblemType] = {
    one.code: one
    for one in (
        ProblemType("invalid-input", 400, _("The request has wrong values")),
        ProblemType("malformed-request", 400, _("The request cannot be read")),
        ProblemType("malformed-cursor", 400, _("The page address is not valid")),
        ProblemType("not-authenticated", 401, _("Signing in is needed")),
        ProblemType("invalid-token", 401, _("The token is not valid")),
        ProblemType("forbidden", 403, _("This is not allowed")),
        ProblemType("insufficient-scope", 403, _("The token may not do this")),
        ProblemType("password-change-needed", 403, _("The password has to be changed first")),
        ProblemType("csrf-failed", 403, _("The page is out of date")),
        ProblemType("not-found", 404, _("Not found")),
        ProblemType("method-not-allowed", 405, _("The method does not exist here")),
        ProblemType("conflict", 409, _("This does not fit the present state")),
        ProblemType("request-in-progress", 409, _("The first request is still at work")),
        ProblemType("secret-shown-once", 409, _("The secret was shown once")),
        ProblemType("check-under-way", 409, _("The video is being checked")),
        ProblemType("upload-not-open", 409, _("The upload does not take parts any more")),
        ProblemType("upload-incomplete", 409, _("Parts of the upload are missing")),
        ProblemType("not-enough-minutes", 409, _("Not enough minutes")),
        ProblemType("gone", 410, _("This does not exist any more")),
        ProblemType("length-required", 411, _("The length of the body is missing")),
        ProblemType("body-too-large", 413, _("The request is too large")),
        ProblemType("unsupported-media-type", 415, _("The content type is not supported")),
        ProblemType("key-reused", 422, _("The idempotency key belongs to another request")),
        ProblemType("digest-mismatch", 422, _("The bytes are not what was announced")),
        ProblemType("address-refused", 422, _("The address cannot be used")),
        ProblemType("too-many-requests", 429, _("Too many requests")),
        ProblemType("internal-error", 500, _("Something went wrong on our side")),
        ProblemType("no-space", 507, _("There is no room left")),
        ProblemType("storage-unavailable", 503, _("The storage does not answer")),
        ProblemType("unavailable", 503, _("The service does not answer")),
    )
}

BY_STATUS = {
    400: "malformed-request",
    401: "not-authenticated",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    409: "conflict",
    410: "gone",
    413: "body-too-large",
    415: "unsupported-media-type",
    429: "too-many-requests",
    503: "unavailable",
}
"""The code of an error that only its status is known of."""


def type_of_status(status: int) -> ProblemType:
    return PROBLEM_TYPES[BY_STATUS.get(status, "internal-error" if status >= 500 else "malformed-request")]
