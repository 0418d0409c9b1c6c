"""The library: which videos a person is looking for, in which order, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, F, FloatField, IntegerField, QuerySet, Value, When
from django.db.models.functions import Coalesce

from accounts.models import User
from evidence import Severity
from videos.access import visible_videos
from videos.folded_name import fold_name
from videos.keyset import CursorMalformed, cursor_at, past, read_cursor
from videos.models import Project, Video, VideoStatus

PAGE_SIZE = 30

GRAVITY: Mapping[str, int] = {
    **{severity.value: severity.rank + 2 for severity in Severity},
    "gap": 1,
    "clear": 0,
}
"""Tone of a video → how early it comes in the order "gravest first"; a video without a report comes last."""


class Order(StrEnum):
    NEWEST = "newest"
    NAME = "name"
    LONGEST = "longest"
    GRAVEST = "gravest"

    @property
    def columns(self) -> tuple[str, ...]:
        """For ``order_by``; the last one is unique and none is ever NULL."""
        return _COLUMNS[self]


_COLUMNS: Mapping[Order, tuple[str, ...]] = {
    Order.NEWEST: ("-created_at", "id"),
    Order.NAME: ("name_folded", "id"),
    Order.LONGEST: ("-length_s", "id"),
    Order.GRAVEST: ("-gravity", "-created_at", "id"),
}


@dataclass(frozen=True, slots=True)
class LibraryQuery:
    """``None`` or an empty text means "any"; ``tone`` is ``critical`` … ``info``, ``gap`` or ``clear``."""

    search: str = ""
    project: Project | None = None
    status: VideoStatus | None = None
    tone: str = ""
    order: Order = field(default=Order.NEWEST)

    @property
    def narrows(self) -> bool:
        """Whether it leaves out any video of its project."""
        return bool(self.search.strip() or self.status or self.tone)


@dataclass(frozen=True, slots=True)
class VideoPage:
    """``next_cursor`` is empty on the last page."""

    videos: tuple[Video, ...]
    next_cursor: str


def find_videos(person: User | AnonymousUser, query: LibraryQuery) -> QuerySet[Video]:
    """Videos that the person may see, in the query's order, with their projects and uploaders."""
    videos = visible_videos(person)
    if query.project is not None:
        videos = videos.filter(project=query.project)
    if query.status is not None:
        videos = videos.filter(status=query.status)
    if query.tone:
        videos = videos.filter(tone=query.tone)
    for word in fold_name(query.search).split():
        videos = videos.filter(name_folded__contains=word)
    return _ordered(videos.select_related("project", "uploaded_by"), query.order)


def page_of_videos(videos: QuerySet[Video], order: Order, cursor: str = "", size: int = PAGE_SIZE) -> VideoPage:
    """One page of ``find_videos``. Raises ``CursorMalformed`` for a cursor of another order or none at all."""
    if cursor:
        begins = read_cursor(cursor, videos, order.columns)
        if begins.backwards:
            raise CursorMalformed
        videos = videos.filter(past(order.columns, begins.values))
    # Sorting thousands of rows is much cheaper while they are nothing but keys.
    keys = list(videos.values_list("pk", flat=True)[: size + 1])
    found = list(videos.filter(pk__in=keys))
    more = cursor_at(found[size - 1], order.columns).encoded() if len(found) > size else ""
    return VideoPage(tuple(found[:size]), more)


def _ordered(videos: QuerySet[Video], order: Order) -> QuerySet[Video]:
    annotations: dict[str, Any] = {}
    if order is Order.GRAVEST:
        cases = [When(tone=tone, then=Value(rank)) for tone, rank in GRAVITY.items()]
        annotations["gravity"] = Case(*cases, default=Value(-1), output_field=IntegerField())
    elif order is Order.LONGEST:
        annotations["length_s"] = Coalesce(F("duration_s"), Value(-1.0), output_field=FloatField())
    return videos.annotate(**annotations).order_by(*order.columns)
