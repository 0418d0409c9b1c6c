"""Theme and language of the pages: a person's own, else the browser's cookie."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as remember_language

from accounts.models import Theme, User
from web.next_address import next_address

THEME_COOKIE = "theme"
YEAR_S = 365 * 24 * 60 * 60


def theme_of_cookie(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in Theme.values else Theme.SYSTEM


def theme_of(request: HttpRequest) -> str:
    return request.user.theme if isinstance(request.user, User) else theme_of_cookie(request)


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Kept in a cookie for the pages before signing in, and with the person."""
    response = HttpResponseRedirect(next_address(request, "/"))
    theme = request.POST.get("theme", "")
    if theme in Theme.values:
        _remember(request, response, THEME_COOKIE, theme)
        if isinstance(request.user, User):
            User.objects.filter(pk=request.user.pk).update(theme=theme)
    return response


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Django's, and kept with the person: mails and reports are written in it."""
    language = request.POST.get("language", "")
    if (
        isinstance(request.user, User)
        and translation.check_for_language(language)
        and language in dict(settings.LANGUAGES)
    ):
        User.objects.filter(pk=request.user.pk).update(language=language)
    return remember_language(request)


def remember_appearance(request: HttpRequest, response: HttpResponse, language: str, theme: str) -> None:
    """In this browser too, so that what a person chose counts at once and before the next signing in."""
    _remember(request, response, settings.LANGUAGE_COOKIE_NAME, language)
    _remember(request, response, THEME_COOKIE, theme)


class LanguageOfPerson:
    """Middleware: a signed-in person reads the language kept with them, whatever this browser was told before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and isinstance(request.user, User):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


def _remember(request: HttpRequest, response: HttpResponse, cookie: str, value: str) -> None:
    response.set_cookie(cookie, value, max_age=YEAR_S, samesite="Lax", secure=request.is_secure(), httponly=True)
