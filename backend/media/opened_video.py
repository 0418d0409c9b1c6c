"""Opening a video file once, and knowing from its bytes what it is. Nothing of it is decoded here."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evidence import VideoFacts
from media.containers import Container, identify_container
from media.rejection import ReadingStopped, RejectionReason, VideoRejected

_HASH_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class OpenedVideo:
    """An open regular file that is one of the known containers."""

    file_descriptor: int
    size_bytes: int
    container: Container

    def sha256(self, stopping: Callable[[], bool]) -> str:
        """SHA-256 of the content, in hexadecimal. Raises ``ReadingStopped``."""
        digest = hashlib.sha256()
        position = 0
        while piece := os.pread(self.file_descriptor, _HASH_BYTES, position):
            if stopping():
                raise ReadingStopped
            digest.update(piece)
            position += len(piece)
        return digest.hexdigest()


@contextmanager
def open_video(path: Path, *, max_size_bytes: int | None = None) -> Iterator[OpenedVideo]:
    """Open and identify a file. Raises ``VideoRejected``: NOT_FOUND, NOT_A_FILE, UNREADABLE, EMPTY, TOO_LARGE,
    NOT_A_VIDEO."""
    try:
        # Not blocking, so that a named pipe does not hang us before we see that it is one.
        file_descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise VideoRejected(RejectionReason.NOT_FOUND) from error
    except (OSError, ValueError) as error:
        raise VideoRejected(RejectionReason.UNREADABLE) from error
    try:
        status = os.fstat(file_descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise VideoRejected(RejectionReason.NOT_A_FILE)
        if status.st_size == 0:
            raise VideoRejected(RejectionReason.EMPTY)
        if max_size_bytes is not None and status.st_size > max_size_bytes:
            raise VideoRejected(RejectionReason.TOO_LARGE, size_bytes=status.st_size, max_size_bytes=max_size_bytes)
        container = identify_container(file_descriptor, status.st_size)
        if container is None:
            raise VideoRejected(RejectionReason.NOT_A_VIDEO)
        yield OpenedVideo(file_descriptor, status.st_size, container)
    finally:
        os.close(file_descriptor)


@contextmanager
def reopen_video(path: Path, facts: VideoFacts) -> Iterator[OpenedVideo]:
    """Open a file that was probed before. Raises ``VideoRejected`` CHANGED when it is visibly another one."""
    with open_video(path) as video:
        if video.size_bytes != facts.size_bytes or video.container.name != facts.container:
            raise VideoRejected(RejectionReason.CHANGED)
        yield video
