"""Objects as files of one folder. What has a key is whole: files get their name only when they are on the disk."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from storage.base import FetchStopped, ObjectMissing, StorageFailed
from storage.disk_trouble import telling_disk_trouble
from storage.keys import checked_key
from storage.parts_file import PartsFile, locked_parts_file
from storage.received_part import Readable, ReceivedPart, received_part

_CHUNK_BYTES = 256 * 1024
_WORK = ".incoming"  # keys cannot begin with a dot


class LocalStorage:
    """A folder of this machine; it is made when the first object comes."""

    is_remote = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._work = folder / _WORK

    def put_file(self, path: Path, key: str, media_type: str) -> None:
        with telling_disk_trouble(), path.open("rb") as source:
            self._put(key, lambda file: shutil.copyfileobj(source, file, _CHUNK_BYTES))

    def take_file(self, path: Path, key: str, media_type: str) -> None:
        """Without a copy when the file was written in ``receiving_folder``."""
        target = self._path(key)
        with telling_disk_trouble():
            if path.stat().st_dev != self._work_folder().stat().st_dev:
                self.put_file(path, key, media_type)
                path.unlink()
                return
            with path.open("rb") as file:
                os.fsync(file.fileno())
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
            _sync_folder(target.parent)

    def receiving_folder(self) -> Path | None:
        with telling_disk_trouble():
            return self._work_folder()

    def put_bytes(self, content: bytes, key: str, media_type: str) -> None:
        self._put(key, lambda file: file.write(content))

    def size_bytes(self, key: str) -> int:
        with telling_disk_trouble():
            return self._existing(key).stat().st_size

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        return self._chunks(key, start, end)

    def local_path(self, key: str) -> Path | None:
        return self._existing(key)

    def fetch(self, key: str, target: Path, stopping: Callable[[], bool] = lambda: False) -> None:
        with telling_disk_trouble(), closing(self._chunks(key)) as chunks, _new_file(target.parent, target) as file:
            for chunk in chunks:
                if stopping():
                    raise FetchStopped
                file.write(chunk)

    def delete(self, key: str) -> None:
        with telling_disk_trouble():
            self._path(key).unlink(missing_ok=True)

    def free_bytes(self) -> int | None:
        with telling_disk_trouble():
            return shutil.disk_usage(self._work_folder()).free

    def signed_url(self, key: str, *, media_type: str, file_name: str | None, expires_s: int) -> str:
        raise StorageFailed("files of this machine have no address of their own; the web server serves them")

    # Uploads in parts

    def begin_parts(self, key: str, media_type: str) -> str:
        checked_key(key)
        upload_id = uuid.uuid4().hex
        with telling_disk_trouble():
            self._work_folder()
            self._parts_path(upload_id).touch(mode=0o600, exist_ok=False)
        return upload_id

    def part_url(self, key: str, upload_id: str, number: int, size_bytes: int, expires_s: int) -> str:
        raise StorageFailed("parts for this machine come through the web server")

    @contextmanager
    def received_part(self, source: Readable, size_bytes: int, sha256: str | None) -> Iterator[ReceivedPart]:
        """Read a part and check it, beside the upload's file. Raises ``PartCutShort``, ``PartDiffers``."""
        with telling_disk_trouble(), received_part(source, size_bytes, sha256, self._work_folder()) as part:
            yield part

    @contextmanager
    def locked_parts(self, upload_id: str) -> Iterator[PartsFile]:
        """The upload's file, for one caller at a time. Raises ``ObjectMissing`` when it is finished or aborted."""
        with telling_disk_trouble(), locked_parts_file(self._parts_path(upload_id)) as file:
            yield file

    @contextmanager
    def finished_file(self, key: str) -> Iterator[PartsFile]:
        """An object, for reading its digests again."""
        with telling_disk_trouble(), locked_parts_file(self._existing(key)) as file:
            yield file

    def stored_parts(self, key: str, upload_id: str) -> dict[int, tuple[int, str]]:
        raise StorageFailed("which parts have come to this machine is written in the database")

    def finish_parts(self, key: str, upload_id: str, parts: dict[int, str], size_bytes: int) -> None:
        source, target = self._parts_path(upload_id), self._path(key)
        with telling_disk_trouble():
            if not source.exists():
                if self.size_bytes(key) != size_bytes:
                    raise StorageFailed("the object has another size than its upload")
                return
            if source.stat().st_size != size_bytes:
                raise StorageFailed("the parts do not make up the whole")
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)
            _sync_folder(target.parent)

    def abort_parts(self, key: str, upload_id: str) -> None:
        with telling_disk_trouble():
            self._parts_path(upload_id).unlink(missing_ok=True)

    def clear_leftovers(self, older_than_s: float) -> None:
        """Remove what processes that were killed left in the folder of unfinished files."""
        with telling_disk_trouble():
            for path in self._work_folder().iterdir():
                if path.is_file() and path.stat().st_mtime < time.time() - older_than_s:
                    path.unlink(missing_ok=True)

    def _chunks(self, key: str, start: int = 0, end: int | None = None) -> _Chunks:
        with telling_disk_trouble():
            file = self._existing(key).open("rb")
            file.seek(start)
        return _Chunks(file, None if end is None else max(0, end - start))

    def _put(self, key: str, write: Callable[[IO[bytes]], object]) -> None:
        with telling_disk_trouble(), _new_file(self._work_folder(), self._path(key)) as file:
            write(file)

    def _path(self, key: str) -> Path:
        return self._folder / checked_key(key)

    def _existing(self, key: str) -> Path:
        """Raises ``ObjectMissing`` for what is not a file of ours, links included."""
        path = self._path(key)
        if path.is_symlink() or not path.is_file():
            raise ObjectMissing
        return path

    def _work_folder(self) -> Path:
        self._work.mkdir(parents=True, exist_ok=True)
        return self._work

    def _parts_path(self, upload_id: str) -> Path:
        return self._work / f"{checked_key(upload_id).replace('/', '_')}.parts"


@contextmanager
def _new_file(work: Path, target: Path) -> Iterator[IO[bytes]]:
    """A file that gets the name ``target`` at the end, when all of it is on the disk; on any error it is gone."""
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=work, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """A new name survives a power cut only when its folder is on the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class _Chunks:
    """Up to ``left`` bytes of a file, all of them when it is None. Closed at the end, or by whoever stops before."""

    def __init__(self, file: IO[bytes], left: int | None) -> None:
        self._file = file
        self._left = left

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        wanted = _CHUNK_BYTES if self._left is None else min(_CHUNK_BYTES, self._left)
        chunk = self._file.read(wanted)
        if not chunk:
            self.close()
            raise StopIteration
        if self._left is not None:
            self._left -= len(chunk)
        return chunk

    def close(self) -> None:
        self._file.close()
