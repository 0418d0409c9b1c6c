"""Lists in pages that stay right while rows come and go: by key, never by number."""

from __future__ import annotations

from rest_framework.pagination import CursorPagination


class KeysetPagination(CursorPagination):
    """``limit`` up to 200; a view names its order as ``ordering``."""

    page_size_query_param = "limit"
    max_page_size = 200
    ordering = ("-created_at", "id")
