"""Running the limited child and reading what it sends, without ever waiting on it for long."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from media.child.request import Request
from media.messages import HEADER, BrokenProtocol, Heartbeat, Message, Refusal, largest_payload, parse_message
from media.rejection import ReadingStopped, RejectionReason, VideoRejected

_IMPORT_ROOT = Path(__file__).resolve().parent.parent
_BOOTSTRAP = "import sys; sys.path.insert(0, sys.argv[1]); from media.child.main import main; main()"
_POLL_S = 0.1
_SILENCE_S = 30.0
"""The child says something every half second while it works; half a minute without a word is a hang."""


class DecoderProcess:
    """One child at one task, from ``with`` to the end of the block. Iterate over it for its messages.

    It gets an open file and a minimal environment: no path, no inherited variable of ours, no terminal. On the way out
    it is killed and waited for, whatever happened, so it is never left behind; if we die first the kernel kills it.
    Use it in one thread: the child dies with the thread that started it.
    """

    def __init__(self, request: Request, stopping: Callable[[], bool]) -> None:
        self._request = request
        self._stopping = stopping
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _BOOTSTRAP, str(_IMPORT_ROOT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=(self._request.file_descriptor,),
            cwd="/",
            env=_child_environment(),
            start_new_session=True,
            bufsize=0,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        process = self._started()
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def __iter__(self) -> Iterator[Message]:
        """Messages until the child ends well. Heartbeats are kept back.

        Raises ``VideoRejected`` for what the child reports or dies of, ``ReadingStopped`` when asked to stop.
        """
        self._hand_over_request()
        while (header := self._read(HEADER.size)) is not None:
            try:
                kind, length = HEADER.unpack(header)
                if length > largest_payload(kind):
                    raise BrokenProtocol("payload too large")
                payload = self._read(length) if length else bytearray()
                if payload is None:
                    break
                message = parse_message(kind, payload)
            except BrokenProtocol as error:
                raise VideoRejected(RejectionReason.READER_FAILED, cause=f"protocol: {error}") from error
            if isinstance(message, Refusal):
                raise VideoRejected(message.reason, **message.details)
            if not isinstance(message, Heartbeat):
                yield message
        self._judge_exit()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise RuntimeError("use DecoderProcess in a with statement")
        return self._process

    def _hand_over_request(self) -> None:
        pipe = self._started().stdin
        if pipe is None or pipe.closed:
            raise RuntimeError("the messages of a child are read once")
        try:
            with pipe:
                pipe.write(self._request.to_json())
        except BrokenPipeError:
            return  # It died at once; its exit status tells more.

    def _read(self, length: int) -> bytearray | None:
        """Exactly ``length`` bytes; ``None`` when the child has closed its end."""
        pipe = self._started().stdout
        if pipe is None:
            return None
        buffer = bytearray(length)
        view = memoryview(buffer)
        silent_since = time.monotonic()
        while view:
            if self._stopping():
                raise ReadingStopped
            readable, _, _ = select.select([pipe], [], [], _POLL_S)
            if readable:
                count = os.readv(pipe.fileno(), [view])
                if count == 0:
                    return None
                view = view[count:]
                silent_since = time.monotonic()
            elif time.monotonic() - silent_since > _SILENCE_S:
                raise VideoRejected(RejectionReason.READER_OUT_OF_TIME)
        return buffer

    def _judge_exit(self) -> None:
        try:
            status = self._started().wait(timeout=_SILENCE_S)
        except subprocess.TimeoutExpired as error:
            raise VideoRejected(RejectionReason.READER_OUT_OF_TIME) from error
        if status in (-signal.SIGXCPU, -signal.SIGKILL):
            raise VideoRejected(RejectionReason.READER_OUT_OF_TIME)
        if status != 0:
            raise VideoRejected(RejectionReason.READER_FAILED, cause=f"exit status {status}")


def _child_environment() -> dict[str, str]:
    """One arena and one BLAS thread keep address space for pictures; the library path is for unusual Pythons."""
    environment = {"LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
    if "LD_LIBRARY_PATH" in os.environ:
        environment["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
    return environment
