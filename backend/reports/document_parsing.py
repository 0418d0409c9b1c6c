"""Reading ``compliance-report/1`` back from its JSON: the other half of ``json_export``."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from reports.document import ReportDocument

T = TypeVar("T")

Reader = Callable[[Any], Any]


class DocumentBroken(ValueError):
    """The text is no report of this version; the message names the field."""


def parse_report(text: str | bytes) -> ReportDocument:
    """The document that ``export_json`` wrote. Raises ``DocumentBroken``."""
    try:
        content = json.loads(text)
    except ValueError as error:
        raise DocumentBroken("not JSON") from error
    return parse_part(ReportDocument, content)


def parse_part(kind: type[T], content: Any) -> T:
    """One dataclass of the document from parsed JSON, for example a stored verdict. Raises ``DocumentBroken``.

    Unknown fields are left out (a newer version may add some); a missing or ill-typed one is an error.
    """
    try:
        part: T = _reader(kind)(content)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DocumentBroken(f"{kind.__name__}: {error}") from error
    return part


@cache
def _reader(kind: Any) -> Reader:
    """How to turn a JSON value into ``kind``; made once a type, because a large report has half a million values."""
    origin, parts = get_origin(kind), get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass_reader(kind)
    if origin is tuple:
        element = _reader(parts[0])
        return lambda value: tuple([element(one) for one in value])
    if origin in (UnionType, Union):
        present = _reader(next(part for part in parts if part is not NoneType))
        return lambda value: None if value is None else present(value)
    if origin is Literal:
        return _literal_reader(parts)
    if kind is float:
        return float
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if kind in (date, datetime):
        return kind.fromisoformat  # type: ignore[no-any-return]
    return _exactly(kind)


def _dataclass_reader(kind: type[Any]) -> Reader:
    hints = get_type_hints(kind)
    readers = [(field.name, _reader(hints[field.name])) for field in fields(kind)]
    return lambda value: kind(*[read(value[name]) for name, read in readers])


def _literal_reader(allowed: tuple[Any, ...]) -> Reader:
    def read(value: Any) -> Any:
        if value not in allowed:
            raise ValueError(f"{value!r} is none of {allowed}")
        return value

    return read


def _exactly(kind: type) -> Reader:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(f"{value!r} is no {kind.__name__}")
        return value

    return read
