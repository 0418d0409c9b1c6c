"""Lists in pages that stay right while rows come and go: by key, never by number.

A page's address carries an opaque cursor: the order of the list and the values of the row at the page's edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from api.problems import InvalidParameters, Problem
from videos.keyset import CURSOR_LENGTH_MAX, Cursor, CursorMalformed, cursor_at, past, read_cursor, reversed_name

DEFAULT_LIMIT = 50
LIMIT_MAX = 200


class KeysetPagination(BasePagination):
    """The view names the order as ``ordering`` or answers ``get_ordering()``; its last field is unique."""

    def paginate_queryset(self, queryset: QuerySet[Any], request: Request, view: Any = None) -> list[Any]:
        self.request = request
        self.order = tuple(view.get_ordering() if hasattr(view, "get_ordering") else view.ordering)
        limit = read_limit(request.query_params.get("limit"))
        cursor = self.read_cursor(request.query_params.get("cursor"), queryset)
        backwards = cursor is not None and cursor.backwards
        order = tuple(reversed_name(name) for name in self.order) if backwards else self.order
        rows = queryset.order_by(*order)
        if cursor is not None:
            rows = rows.filter(past(order, cursor.values))
        found = list(rows[: limit + 1])
        more, page = len(found) > limit, found[:limit]
        if backwards:
            page.reverse()
        self.next = self.edge(page, backwards=False) if page and (more or backwards) else None
        self.previous = self.edge(page, backwards=True) if page and cursor and (more or not backwards) else None
        return page

    def edge(self, page: list[Any], *, backwards: bool) -> str:
        row = page[0] if backwards else page[-1]
        cursor = cursor_at(row, self.order, backwards=backwards).encoded()
        return replace_query_param(self.request.build_absolute_uri(), "cursor", cursor)

    def read_cursor(self, text: str | None, queryset: QuerySet[Any]) -> Cursor | None:
        if text is None:
            return None
        try:
            return read_cursor(text, queryset, self.order)
        except CursorMalformed as error:
            raise Problem(
                "malformed-cursor", _("Begin with the first page and follow the links next and previous.")
            ) from error

    def get_paginated_response(self, data: Sequence[Any]) -> Response:
        return Response({"results": data, "next": self.next, "previous": self.previous})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["results", "next", "previous"],
            "properties": {
                "results": {"type": "array", "items": schema.get("items", schema)},
                "next": {**link, "description": "Address of the next page, null on the last one."},
                "previous": {**link, "description": "Address of the page before, null on the first one."},
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            {
                "name": "limit",
                "in": "query",
                "description": "How many entries a page has at most.",
                "schema": {"type": "integer", "minimum": 1, "maximum": LIMIT_MAX, "default": DEFAULT_LIMIT},
            },
            {
                "name": "cursor",
                "in": "query",
                "description": "Where the page begins; taken from `next` and `previous`.",
                "schema": {"type": "string", "maxLength": CURSOR_LENGTH_MAX},
            },
        ]


def read_limit(text: str | None) -> int:
    if text is None:
        return DEFAULT_LIMIT
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= LIMIT_MAX):
        raise InvalidParameters({"limit": ("invalid", str(_("A whole number from 1 to 200.")))})
    return int(text)
