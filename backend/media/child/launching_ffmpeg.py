"""Takes rights away from itself and becomes ffmpeg: limits hold for whatever a process turns into."""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from media.child.confinement import follow_parent_into_death, lower_limit

_NICENESS = 10
_MOST_FILES = 64


@dataclass(frozen=True, slots=True)
class FfmpegLimits:
    """Processor seconds, address space, and the size of any file that it writes."""

    cpu_s: int
    memory_bytes: int
    file_bytes: int

    def to_arguments(self, parent_pid: int) -> list[str]:
        return [str(number) for number in (parent_pid, self.cpu_s, self.memory_bytes, self.file_bytes)]

    @classmethod
    def of(cls, arguments: Sequence[str]) -> tuple[int, Self]:
        parent_pid, cpu_s, memory_bytes, file_bytes = map(int, arguments)
        return parent_pid, cls(cpu_s, memory_bytes, file_bytes)


def main(arguments: Sequence[str]) -> None:
    """``arguments``: those of ``to_arguments``, then the program with its own."""
    parent_pid, limits = FfmpegLimits.of(arguments[:4])
    program = list(arguments[4:])
    follow_parent_into_death(parent_pid)
    os.nice(_NICENESS)
    lower_limit(resource.RLIMIT_CPU, limits.cpu_s, limits.cpu_s + 1)
    lower_limit(resource.RLIMIT_FSIZE, limits.file_bytes, limits.file_bytes)
    lower_limit(resource.RLIMIT_CORE, 0, 0)
    lower_limit(resource.RLIMIT_NOFILE, _MOST_FILES, _MOST_FILES)
    if sys.platform == "linux":
        lower_limit(resource.RLIMIT_AS, limits.memory_bytes, limits.memory_bytes)
    os.execv(program[0], program)  # noqa: S606 - no shell, and every argument is ours
