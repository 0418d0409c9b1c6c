"""Finding what an address names: what one may not see is not found, what one sees but may not change is forbidden."""

from __future__ import annotations

import uuid
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404

Row = TypeVar("Row", bound=Model)


def visible(rows: QuerySet[Row], ident: uuid.UUID) -> Row:
    return get_object_or_404(rows, pk=ident)


def changeable(seen: QuerySet[Row], mine: QuerySet[Row], ident: uuid.UUID) -> Row:
    """Raises ``Http404`` for what is not in ``seen`` and ``PermissionDenied`` for what is not in ``mine``."""
    row = get_object_or_404(seen, pk=ident)
    if not mine.filter(pk=ident).exists():
        raise PermissionDenied
    return row
