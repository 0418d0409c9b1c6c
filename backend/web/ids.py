"""Identifiers that come as text."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID


def uuid_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def uuids_in(texts: Iterable[str]) -> list[UUID]:
    """Those that are identifiers."""
    return [found for found in map(uuid_or_none, texts) if found is not None]
