"""What every storage can do. Keys are relative POSIX paths of ASCII letters, digits and ``-_./``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol


class ObjectMissing(Exception):
    """There is no object, or no upload in parts, of this name."""


class StorageFailed(Exception):
    """The storage did not do what it was asked, also after its retries; the message names no secret and no path."""


class StorageFull(StorageFailed):
    """There is no room left."""


class FetchStopped(Exception):
    """The caller wanted no more of the object; nothing of it is left."""


class Storage(Protocol):
    """Objects by key. Every method may raise ``StorageFailed``; those that read raise ``ObjectMissing``.

    ``is_remote`` says that browsers talk to the storage itself, by signed addresses: the web process never touches
    the bytes. A storage that is not remote is ``storage.local.LocalStorage``, which also receives parts.
    """

    is_remote: bool

    def put_file(self, path: Path, key: str, media_type: str) -> None: ...

    def take_file(self, path: Path, key: str, media_type: str) -> None:
        """Like ``put_file``, but the file is the storage's from then on: it is gone from where it was."""
        ...

    def receiving_folder(self) -> Path | None:
        """Where a file is best written that ``take_file`` gets; None when any place is as good."""
        ...

    def put_bytes(self, content: bytes, key: str, media_type: str) -> None: ...

    def size_bytes(self, key: str) -> int: ...

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Bytes ``start`` up to and without ``end``, in chunks. A missing object is said before the first chunk."""
        ...

    def local_path(self, key: str) -> Path | None:
        """The object as a file of this machine, when it is one already."""
        ...

    def fetch(self, key: str, target: Path, stopping: Callable[[], bool] = lambda: False) -> None:
        """Copy the object to a file of this machine, whole or not at all.

        Raises ``FetchStopped`` when ``stopping`` turns true; nothing is left then.
        """
        ...

    def delete(self, key: str) -> None:
        """An object that is not there is no error."""
        ...

    def free_bytes(self) -> int | None:
        """How much more fits in; None when there is no bound."""
        ...

    def signed_url(self, key: str, *, media_type: str, file_name: str | None, expires_s: int) -> str:
        """An address of a remote object that works without signing in; ``file_name`` makes browsers save it."""
        ...

    # Uploads in parts. Every part but the last has the size that the upload began with.

    def begin_parts(self, key: str, media_type: str) -> str:
        """The storage's own name of the upload."""
        ...

    def part_url(self, key: str, upload_id: str, number: int, size_bytes: int, expires_s: int) -> str:
        """Where a browser puts part ``number`` (from 1), of exactly this size, of a remote storage."""
        ...

    def stored_parts(self, key: str, upload_id: str) -> dict[int, tuple[int, str]]:
        """Number → (size in bytes, etag) of the parts that a remote storage holds."""
        ...

    def finish_parts(self, key: str, upload_id: str, parts: dict[int, str], size_bytes: int) -> None:
        """Make one object of ``size_bytes`` of the parts; ``parts`` maps numbers to etags. Safe to repeat."""
        ...

    def abort_parts(self, key: str, upload_id: str) -> None:
        """Throw the parts away. An upload that is not there is no error."""
        ...
