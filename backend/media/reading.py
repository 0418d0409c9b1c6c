"""Reading the pictures of a video: one pass, every frame glanced at, the telling ones handed on in memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from evidence import Frame, VideoFacts
from media.child.request import Request, Task
from media.decoder_process import DecoderProcess
from media.limits import Limits
from media.messages import FRAME_LONGEST_SIDE, Ending, Picture
from media.opened_video import reopen_video
from media.rejection import RejectionReason, VideoRejected

__all__ = ["FRAME_LONGEST_SIDE", "FrameReading", "ReadingCoverage"]

_CPU_S_AT_LEAST = 60
_CPU_S_PER_VIDEO_S = 20
"""A slow core needs 3–4 CPU-seconds a second for 4K at 60 fps; five times that is no video any more."""

_LOST_SHARE = 0.02
_MISSING_END_S = 1.0
"""A reading is whole when fewer packets than this share are lost and it comes this close to the end of the video."""


@dataclass(frozen=True, slots=True)
class ReadingCoverage:
    """What was seen of the video. ``frames_looked_at`` were decoded and glanced at, ``frames_analysed`` handed on;
    ``last_frame_s`` is the time of the last one handed on. ``complete`` is ``False`` when a part of the video could not
    be decoded, or the reading was left early."""

    frames_looked_at: int
    frames_analysed: int
    shot_starts_s: tuple[float, ...]
    last_frame_s: float
    complete: bool


class FrameReading:
    """The frames of a probed video, in time order; their spans ``[time_s, until_s)`` leave no hole.

    Use in a ``with`` statement, iterate once, in one thread. The child decodes while the frame before is being looked
    at, and waits when it gets ahead by more than one frame: memory stays bounded. Iterating raises ``VideoRejected``
    when the file turns out unreadable (a file without a single frame is), ``ReadingStopped`` when ``stopping`` says so.
    """

    def __init__(
        self, path: Path, facts: VideoFacts, limits: Limits, stopping: Callable[[], bool] = lambda: False
    ) -> None:
        self._path = path
        self._facts = facts
        self._limits = limits
        self._stopping = stopping
        self._resources = ExitStack()
        self._child: DecoderProcess | None = None
        self._shot_starts_s: list[float] = []
        self._analysed = 0
        self._last_frame_s = 0.0
        self._ending: Ending | None = None

    def __enter__(self) -> Self:
        with ExitStack() as resources:
            video = resources.enter_context(reopen_video(self._path, self._facts))
            request = Request(
                task=Task.FRAMES,
                file_descriptor=video.file_descriptor,
                parent_pid=os.getpid(),
                demuxer=video.container.demuxer,
                is_cut=video.container.missing_bytes > 0,
                cpu_s=_CPU_S_AT_LEAST + int(_CPU_S_PER_VIDEO_S * self._facts.duration_s),
                max_pixels=self._limits.max_pixels,
                sample_fps=self._limits.sample_fps,
            )
            self._child = resources.enter_context(DecoderProcess(request, self._stopping))
            self._resources = resources.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._resources.close()

    def __iter__(self) -> Iterator[Frame]:
        if self._child is None:
            raise RuntimeError("use FrameReading in a with statement")
        waiting: Picture | None = None
        for message in self._child:
            if isinstance(message, Picture):
                if waiting is not None:
                    yield self._hand_on(waiting, message.time_s)
                waiting = message
            elif isinstance(message, Ending):
                self._ending = message
        if waiting is None or self._ending is None:
            raise VideoRejected(RejectionReason.DAMAGED, part="start")
        yield self._hand_on(waiting, self._end_s(self._ending))

    @property
    def coverage(self) -> ReadingCoverage:
        """What was seen; final once the iteration has ended."""
        return ReadingCoverage(
            frames_looked_at=self._ending.frames_looked_at if self._ending else self._analysed,
            frames_analysed=self._analysed,
            shot_starts_s=tuple(self._shot_starts_s),
            last_frame_s=self._last_frame_s,
            complete=self._ending is not None and self._is_complete(self._ending),
        )

    def _hand_on(self, picture: Picture, until_s: float) -> Frame:
        if until_s < picture.time_s:
            raise VideoRejected(RejectionReason.READER_FAILED, cause="frames out of order")
        frame = Frame(self._analysed, picture.time_s, until_s, picture.is_shot_start, picture.image)
        self._analysed += 1
        self._last_frame_s = picture.time_s
        if picture.is_shot_start:
            self._shot_starts_s.append(picture.time_s)
        return frame

    def _is_complete(self, ending: Ending) -> bool:
        is_whole = ending.packets_lost <= _LOST_SHARE * ending.packets
        return is_whole and ending.end_s > self._facts.duration_s - _MISSING_END_S

    def _end_s(self, ending: Ending) -> float:
        """Where the last frame's span ends: the very last frames may have been left out as predicted-only."""
        reaches_end = ending.end_s > self._facts.duration_s - _MISSING_END_S
        return max(ending.end_s, self._facts.duration_s) if reaches_end else ending.end_s
