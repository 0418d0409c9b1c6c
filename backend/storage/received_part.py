"""A part on its way in: kept apart in a file without a name until it is known to be whole and right."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

_CHUNK_BYTES = 256 * 1024


class Readable(Protocol):
    """Anything that bytes can be read from."""

    def read(self, size: int, /) -> bytes: ...


class PartCutShort(Exception):
    """The sender stopped before the end of the part."""


class PartDiffers(Exception):
    """The bytes are not those that the sender says it sent."""


@dataclass(frozen=True, slots=True)
class ReceivedPart:
    """A whole part. ``file`` has exactly ``size_bytes``; ``sha256`` is in hex."""

    file: IO[bytes]
    size_bytes: int
    sha256: str


@contextmanager
def received_part(source: Readable, size_bytes: int, sha256: str | None, folder: Path) -> Iterator[ReceivedPart]:
    """Read ``size_bytes`` from ``source``, no more, and check their digest where it is known.

    A file without a name is gone with the process, however that ends: a part that breaks off leaves nothing.
    """
    with tempfile.TemporaryFile(dir=folder) as file:
        digest = hashlib.sha256()
        left = size_bytes
        while left:
            chunk = _next_chunk(source, min(_CHUNK_BYTES, left))
            digest.update(chunk)
            file.write(chunk)
            left -= len(chunk)
        if sha256 is not None and digest.hexdigest() != sha256.lower():
            raise PartDiffers
        file.flush()
        yield ReceivedPart(file, size_bytes, digest.hexdigest())


def _next_chunk(source: Readable, size_bytes: int) -> bytes:
    try:
        chunk = source.read(size_bytes)
    except OSError as error:  # the connection broke, or stayed silent for too long
        raise PartCutShort from error
    if not chunk:
        raise PartCutShort
    return chunk
