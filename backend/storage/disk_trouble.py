"""Trouble with a disk, as trouble with the storage."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from storage.base import StorageFailed, StorageFull


@contextmanager
def telling_disk_trouble() -> Iterator[None]:
    """Raises ``StorageFull`` and ``StorageFailed`` for errors of the system; their messages name no path."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull("no space left") from error
        raise StorageFailed(error.strerror or type(error).__name__) from error
