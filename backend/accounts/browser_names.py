"""The browser and system behind a ``User-Agent`` header, in words that a person recognises."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

# The first match names it: browsers call themselves by the names of those whose pages they want to be shown.
_BROWSERS = (
    ("YaBrowser/", "Yandex Browser"),
    ("EdgA?/|Edg/|EdgiOS/", "Microsoft Edge"),
    ("OPR/|Opera", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("Firefox/|FxiOS/", "Firefox"),
    ("Chrome/|CriOS/|Chromium/", "Chrome"),
    ("Version/.* Safari/", "Safari"),
    ("curl/", "curl"),
    ("python", "Python"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh|Mac OS X", "macOS"),
    ("Linux|X11", "Linux"),
)


def browser_in_words(user_agent: str) -> str:
    """``Chrome, Windows``; the part that is not recognised is left out."""
    names = [_first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)]
    return ", ".join(name for name in names if name) or _("Unknown browser")


def _first(table: tuple[tuple[str, str], ...], user_agent: str) -> str | None:
    return next((name for pattern, name in table if re.search(pattern, user_agent)), None)
