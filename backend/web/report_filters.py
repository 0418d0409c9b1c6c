"""The filters of the findings list as they stand in an address: ``?category=ad&severity=high&action=1&search=…``."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite

from django.http import QueryDict

from evidence import Category, Severity
from reports.reading import MAX_PAGE, MAX_SEARCH_LENGTH, FindingFilter

GROUPS = frozenset(category.group for category in Category)
CATEGORIES = GROUPS | {category.value for category in Category}
SEVERITIES = frozenset(severity.value for severity in Severity)
LARGEST_NUMBER = 2**31 - 1


def asked_filter(query: QueryDict) -> FindingFilter:
    """Whatever is no filter is left out: an address that somebody edited still opens."""
    return FindingFilter(
        categories=tuple(name for name in query.getlist("category") if name in CATEGORIES),
        severities=tuple(name for name in query.getlist("severity") if name in SEVERITIES),
        packs=tuple(name for name in query.getlist("pack") if name)[:20],
        only_action=query.get("action") == "1",
        search=query.get("search", "").replace("\0", "").strip()[:MAX_SEARCH_LENGTH],
        start_s=_seconds(query.get("from")),
        end_s=_seconds(query.get("until")),
    )


def asked_number(query: QueryDict, name: str) -> int | None:
    """A finding's or page's number; ``None`` when there is none or it cannot be one."""
    return _number(query.get(name, ""))


def asked_numbers(text: str) -> tuple[int, ...]:
    """``1,2,3`` → the first ``MAX_PAGE`` numbers in it."""
    found: Iterable[int | None] = map(_number, text.split(",")[:MAX_PAGE])
    return tuple(number for number in found if number is not None)


def _number(text: str) -> int | None:
    if not text.isascii() or not text.isdigit() or len(text) > 10:
        return None
    number = int(text)
    return number if 1 <= number <= LARGEST_NUMBER else None


def _seconds(text: str | None) -> float | None:
    try:
        seconds = float(text or "")
    except ValueError:
        return None
    return seconds if isfinite(seconds) else None
