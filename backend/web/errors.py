"""Pages for what went wrong: what happened, and what to do."""

from __future__ import annotations

import math
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.lockout import seconds_locked_out
from web.appearance import theme_of_cookie


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request, 400, _("The request could not be understood"), _("Go back, reload the page and try once more.")
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        403,
        _("This is not allowed to your account"),
        _("If you need it for your work, ask your administrator for the right."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request,
        403,
        _("The page was open for too long"),
        _("Nothing was changed. Go back, reload the page and send the form once more; cookies must be allowed."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        404,
        _("There is nothing here"),
        _("The address has a mistake, the thing was deleted, or it belongs to somebody else."),
    )


def locked_out(request: HttpRequest, response: Any = None, credentials: Any = None) -> HttpResponse:
    """Answered by axes instead of the form, whichever form it was."""
    wait_s = seconds_locked_out(request, credentials)
    minutes = math.ceil(wait_s / 60)
    advice = ngettext(
        "Signing in is closed for %(count)d minute. Your videos are untouched; you can reset the password.",
        "Signing in is closed for %(count)d minutes. Your videos are untouched; you can reset the password.",
        minutes,
    ) % {"count": minutes}
    answer = _page(request, 429, _("Too many wrong passwords"), advice, template="web/signing/locked_out.html")
    answer["Retry-After"] = str(wait_s)
    return answer


def too_many_requests(request: HttpRequest, exception: Exception | None = None, wait_s: int = 60) -> HttpResponse:
    minutes = math.ceil(wait_s / 60)
    advice = ngettext(
        "So many came from your network that we take a pause. Try again in %(count)d minute.",
        "So many came from your network that we take a pause. Try again in %(count)d minutes.",
        minutes,
    ) % {"count": minutes}
    answer = _page(request, 429, _("Too many requests"), advice)
    answer["Retry-After"] = str(wait_s)
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks neither the database nor the session: they may be what broke."""
    context = {
        "status": 500,
        "title": _("Something broke on our side"),
        "advice": _("What you had saved is safe. Try once more in a minute; the failure is in the log."),
        "theme": theme_of_cookie(request),
    }
    return HttpResponse(render_to_string("web/error.html", context), status=500)


def _page(request: HttpRequest, status: int, title: str, advice: str, template: str = "web/error.html") -> HttpResponse:
    return render(request, template, {"status": status, "title": title, "advice": advice}, status=status)
