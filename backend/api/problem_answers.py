"""The framework's exception handler: every exception that means something becomes a problem document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.http import Http404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from api.problem_types import PROBLEM_TYPES, type_of_status
from api.problems import MEDIA_TYPE, FieldError, Problem, default_detail, document


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    request = context.get("request")
    problem = as_problem(error)
    if problem is None:
        return None  # Django logs it and answers 500, which becomes a problem on its way out
    set_rollback()
    django_request = getattr(request, "_request", request)
    body = document(problem.type, str(problem.detail), django_request, problem.errors)
    response = Response(body, status=problem.status_code, headers=problem.headers, content_type=MEDIA_TYPE)
    challenge = getattr(error, "auth_header", None)
    if challenge and "WWW-Authenticate" not in response:
        response["WWW-Authenticate"] = challenge
    return response


def as_problem(error: Exception) -> Problem | None:
    match error:
        case Problem():
            return error
        case exceptions.ValidationError():
            detail = gettext("Correct the fields that are listed in errors.")
            return Problem("invalid-input", detail, errors=list(field_errors(error.get_full_details(), "#")))
        case ValidationError():
            return refused_values(error)
        case exceptions.ParseError():
            return Problem("malformed-request", _("The body is not valid JSON. Check it and send it again."))
        case exceptions.AuthenticationFailed():
            return Problem(
                "invalid-token",
                _("The token is unknown, revoked or expired. Create a new one in your account."),
                headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
            )
        case exceptions.NotAuthenticated():
            return Problem("not-authenticated", default_detail(PROBLEM_TYPES["not-authenticated"]))
        case exceptions.Throttled():
            wait_s = max(1, round(error.wait or 1))
            return Problem(
                "too-many-requests",
                gettext("Wait %(seconds)s s, then ask again.") % {"seconds": wait_s},
                headers={"Retry-After": str(wait_s)},
            )
        case exceptions.PermissionDenied() if "CSRF" in str(error.detail):
            return Problem("csrf-failed", _("Reload the page and try again."))
        case Http404() | exceptions.NotFound():
            return Problem("not-found", default_detail(PROBLEM_TYPES["not-found"]))
        case PermissionDenied() | exceptions.PermissionDenied():
            return Problem("forbidden", default_detail(PROBLEM_TYPES["forbidden"]))
        case RequestDataTooBig():
            return Problem("body-too-large", default_detail(PROBLEM_TYPES["body-too-large"]))
        case exceptions.MethodNotAllowed() | exceptions.UnsupportedMediaType():
            kind = type_of_status(error.status_code)
            return Problem(kind.code, default_detail(kind))
        case _:
            return None


def refused_values(error: ValidationError) -> Problem:
    """What a verb says of the values that it was given: sentences by field."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return invalid_fields(by_field)


def invalid_fields(by_field: Mapping[str, Sequence[str]]) -> Problem:
    """``by_field`` maps fields of the body (``dictionaries.brands`` lies deeper) to sentences."""
    errors = [
        FieldError(
            str(sentence), "invalid", pointer="/".join(["#", *(escaped(part) for part in name.split(".") if part)])
        )
        for name, sentences in by_field.items()
        for sentence in sentences
    ]
    return Problem("invalid-input", gettext("Correct the fields that are listed in errors."), errors=errors)


def field_errors(details: Any, pointer: str) -> Iterator[FieldError]:
    """The framework's nested error details, as a flat list."""
    if isinstance(details, dict) and set(details) == {"message", "code"} and not isinstance(details["message"], dict):
        yield FieldError(str(details["message"]), str(details["code"]).replace("_", "-"), pointer=pointer)
    elif isinstance(details, dict):
        for name, inner in details.items():
            own = name == "non_field_errors"
            yield from field_errors(inner, pointer if own else f"{pointer}/{escaped(str(name))}")
    elif isinstance(details, list):
        for index, inner in enumerate(details):
            leaf = isinstance(inner, dict) and set(inner) == {"message", "code"}
            if leaf or inner:
                yield from field_errors(inner, pointer if leaf else f"{pointer}/{index}")


def escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
