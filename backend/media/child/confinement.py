"""What the child takes away from itself before it looks at the file. There is no way back: the hard limits go too."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38

MEMORY_BYTES_PER_PIXEL = 42
"""Address space for decoding, per pixel of the largest picture allowed: room for 28 pictures of 8-bit 4:2:0 (1.5 bytes
a pixel) or 14 of 10-bit; decoders hold up to 8 references at 4K plus one per thread. At the default cap 396 MB."""


def follow_parent_into_death(parent_pid: int) -> None:
    """Be killed when the thread that started us ends, however it ends (Linux; elsewhere the broken pipe does it)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) or libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != parent_pid:
        raise SystemExit("the parent is gone")


def confine(*, cpu_s: int, max_pixels: int) -> None:
    """Limit processor time and memory; no bytes into files, no core dump, and no new file descriptor of any kind, so
    neither another file nor a socket can be opened. Everything that is needed must have been imported before."""
    lower_limit(resource.RLIMIT_CPU, cpu_s, cpu_s + 1)
    lower_limit(resource.RLIMIT_FSIZE, 0, 0)
    lower_limit(resource.RLIMIT_CORE, 0, 0)
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        memory = pages * resource.getpagesize() + MEMORY_BYTES_PER_PIXEL * max_pixels
        lower_limit(resource.RLIMIT_AS, memory, memory)
    lower_limit(resource.RLIMIT_NOFILE, 0, 0)


def lower_limit(what: int, soft: int, hard: int) -> None:
    """Lower a limit, never raising one that is lower already."""
    _, ceiling = resource.getrlimit(what)
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    resource.setrlimit(what, (soft, hard))
