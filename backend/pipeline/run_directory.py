"""The files of one run: what is kept (observations, evidence frames, the report) and what is only for work (sound)."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TextIO


def working_root(temp_dir: Path, data_dir: Path) -> Path:
    """The folder of this user and this installation among everybody's temporary files."""
    installation = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:8]
    return temp_dir / f"compliance-{os.getuid()}-{installation}"


def is_own_folder(folder: Path) -> bool:
    """Whether it is there, a real folder and this user's: the place is shared, and anybody can plant a link in it."""
    try:
        status = folder.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid()


class UnsafeWorkingFolder(Exception):
    """The folder for temporary files exists and belongs to somebody else, or is a link."""


@dataclass(frozen=True, slots=True)
class RunLock:
    """An exclusive lock that the kernel takes back when its process dies, however it dies."""

    file: TextIO

    def release(self) -> None:
        self.file.close()


@dataclass(frozen=True, slots=True)
class RunDirectory:
    """Paths of one run. ``kept`` outlives the run, ``working`` lies in the folder for temporary files."""

    kept: Path
    working: Path

    @classmethod
    def of(cls, run_id: str, *, data_dir: Path, temp_dir: Path) -> RunDirectory:
        return cls(kept=data_dir / "runs" / run_id, working=working_root(temp_dir, data_dir) / run_id)

    def create(self) -> None:
        """Make both folders, private to this user. Raises ``OSError``, ``UnsafeWorkingFolder``."""
        self.kept.mkdir(parents=True, exist_ok=True)
        owned = self.working.parent
        owned.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The folder for temporary files is often shared: a folder planted there by somebody else would see our files.
        if not is_own_folder(owned):
            raise UnsafeWorkingFolder
        self.working.mkdir(mode=0o700, exist_ok=True)

    def try_lock(self) -> RunLock | None:
        """Own this run's files until the lock is released or the process ends; ``None``: another process does."""
        file = (self.kept / ".lock").open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return None
        return RunLock(file)

    def video(self, storage_key: str) -> Path:
        """Where a video is brought that is not a file of this machine already; its extension says its format."""
        return self.working / f"video{PurePosixPath(storage_key).suffix}"

    @property
    def sound(self) -> Path:
        return self.working / "sound.pcm"

    @property
    def playback(self) -> Path:
        return self.kept / "playback"

    @property
    def evidence(self) -> Path:
        return self.kept / "evidence"

    @property
    def analysis(self) -> Path:
        return self.kept / "analysis.json"

    @property
    def report(self) -> Path:
        return self.kept / "report.json"

    def observations(self, detector: str, attempt: int) -> Path:
        return self.kept / "observations" / f"{detector}.{attempt}.jsonl"

    def frame(self, time_s: float) -> Path:
        return self.evidence / f"{round(time_s * 1000):09d}.jpg"

    def remove_working_files(self) -> None:
        """Delete what only the work needed, and files that an interrupted step left half-written."""
        shutil.rmtree(self.working, ignore_errors=True)
        self.remove_unfinished_files()

    def remove_unfinished_files(self) -> None:
        for folder in (self.kept, self.working):
            for unfinished in (*folder.rglob("*.tmp"), *folder.rglob(".*.part")):
                unfinished.unlink(missing_ok=True)

    def remove(self) -> None:
        """Delete the whole run."""
        shutil.rmtree(self.working, ignore_errors=True)
        shutil.rmtree(self.kept, ignore_errors=True)
