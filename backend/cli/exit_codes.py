"""What the commands answer to the shell."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    NOTHING_NEEDS_ACTION = 0
    FINDINGS = 1
    CANNOT_BE_ANALYSED = 2
    MISCONFIGURED = 3
    INTERRUPTED = 130
    """128 + SIGINT, as shells count it."""
