"""Which names objects may have: the same in a folder and in a bucket, and never a way out of either."""

from __future__ import annotations

import re

from storage.base import StorageFailed

_KEY = re.compile(r"(?=.{1,255}\Z)[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")


def checked_key(key: str) -> str:
    """The key itself. No component is empty or begins with a dot, so ``..`` and hidden files cannot be named."""
    if not _KEY.fullmatch(key):
        raise StorageFailed("an object cannot have this name")
    return key
