"""Lists in pages by key: a page begins after the values of a row, so it stays right while rows come and go."""

from __future__ import annotations

import base64
import binascii
import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet

CURSOR_LENGTH_MAX = 2000


class CursorMalformed(Exception):
    """The text is no cursor of this order."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """``values`` are those of the row beside the page, in the order's fields; ``backwards`` reads towards the start."""

    order: tuple[str, ...]
    values: tuple[Any, ...]
    backwards: bool = False

    def encoded(self) -> str:
        plain = [value if isinstance(value, bool | int | float | str) else str(value) for value in self.values]
        text = json.dumps([list(self.order), plain, self.backwards], ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def cursor_at(row: Any, order: Sequence[str], *, backwards: bool = False) -> Cursor:
    """A page that begins beside ``row``; ``order`` are field names as for ``order_by``, the last one unique."""
    return Cursor(tuple(order), tuple(getattr(row, name.lstrip("-")) for name in order), backwards)


def read_cursor(text: str, queryset: QuerySet[Any], order: Sequence[str]) -> Cursor:
    """Raises ``CursorMalformed`` for anything that is no cursor of this list in this order."""
    try:
        if len(text) > CURSOR_LENGTH_MAX:
            raise CursorMalformed
        padded = text + "=" * (-len(text) % 4)
        named, values, backwards = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if tuple(named) != tuple(order) or len(values) != len(named) or not isinstance(backwards, bool):
            raise CursorMalformed
        columns = [_field_of(queryset, name.lstrip("-")) for name in order]
        read = tuple(_checked(column, value) for column, value in zip(columns, values, strict=True))
    except (ValueError, TypeError, KeyError, RecursionError, binascii.Error, ValidationError) as error:
        raise CursorMalformed from error
    return Cursor(tuple(order), read, backwards)


def past(order: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows that come after the row of these values: ``a > x or (a = x and (b > y or …))``."""
    condition = Q()
    for name, value in reversed(list(zip(order, values, strict=True))):
        column, operator = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        further = Q(**{f"{column}__{operator}": value})
        condition = further | (Q(**{column: value}) & condition) if condition else further
    return condition


def reversed_name(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _field_of(queryset: QuerySet[Any], name: str) -> Field[Any, Any]:
    annotation = queryset.query.annotations.get(name)
    if annotation is not None:
        return annotation.output_field  # type: ignore[no-any-return]
    model: type[Model] = queryset.model
    return model._meta.get_field(name)  # type: ignore[return-value]


def _checked(column: Field[Any, Any], value: Any) -> Any:
    """A value of a cursor as the database understands it."""
    if value is None or isinstance(value, list | dict) or "\x00" in str(value):
        raise ValueError
    read = column.to_python(value)
    if isinstance(read, int) and not -(2**63) <= read < 2**63:
        raise ValueError
    if isinstance(read, datetime.datetime) and read.tzinfo is None:
        raise ValueError
    return read
