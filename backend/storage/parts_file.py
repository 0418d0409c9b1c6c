"""The one file into which the parts of a local upload are written, each at its place."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from storage.base import ObjectMissing
from storage.received_part import ReceivedPart

_CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileDigests:
    """SHA-256 in hex: of the whole file, and of every part from the first."""

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartsFile:
    """An upload's file while this process alone may change it."""

    descriptor: int

    def place(self, part: ReceivedPart, offset: int) -> None:
        """Write a part where it belongs; it is on the disk when this returns."""
        source = part.file.fileno()
        position = 0
        while position < part.size_bytes:
            chunk = memoryview(os.pread(source, _CHUNK_BYTES, position))
            while chunk:
                written = os.pwrite(self.descriptor, chunk, offset + position)
                position += written
                chunk = chunk[written:]
        os.fdatasync(self.descriptor)

    def digests(self, part_size_bytes: int) -> FileDigests:
        """Read the file once, with little memory. Parts are ``part_size_bytes`` long, the last one what is left."""
        whole = hashlib.sha256()
        parts: list[str] = []
        position, size = 0, os.fstat(self.descriptor).st_size
        while position < size:
            part, end = hashlib.sha256(), min(position + part_size_bytes, size)
            while position < end:
                chunk = os.pread(self.descriptor, min(_CHUNK_BYTES, end - position), position)
                if not chunk:  # cut off meanwhile by somebody else; the digests will not fit
                    return FileDigests(whole.hexdigest(), tuple(parts))
                whole.update(chunk)
                part.update(chunk)
                position += len(chunk)
            parts.append(part.hexdigest())
        return FileDigests(whole.hexdigest(), tuple(parts))


@contextmanager
def locked_parts_file(path: Path) -> Iterator[PartsFile]:
    """Wait until nobody else changes the file. The kernel gives the lock back however the process ends.

    Raises ``ObjectMissing`` when the upload was finished or aborted, also while this waited.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    except FileNotFoundError as error:
        raise ObjectMissing from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if not _is_still(path, descriptor):
            raise ObjectMissing
        yield PartsFile(descriptor)
    finally:
        os.close(descriptor)


def _is_still(path: Path, descriptor: int) -> bool:
    """Whether the name still means the file that was opened: finishing renames it, aborting removes it."""
    try:
        named = path.lstat()
    except FileNotFoundError:
        return False
    return os.path.samestat(named, os.fstat(descriptor))
