"""The child's end of the pipe."""

from __future__ import annotations

import time
from typing import BinaryIO

from media.messages import Heartbeat, Message, format_message

_HEARTBEAT_S = 0.5


class Outlet:
    """Writes messages to a pipe; blocks while the parent is busy, which is what keeps the child from running ahead."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe = pipe
        self._last_s = time.monotonic()

    def send(self, message: Message) -> None:
        for part in format_message(message):
            self._pipe.write(part)
        self._pipe.flush()
        self._last_s = time.monotonic()

    def beat(self) -> None:
        """Tell the parent that work goes on, if nothing was said for a while."""
        if time.monotonic() - self._last_s > _HEARTBEAT_S:
            self.send(Heartbeat())
