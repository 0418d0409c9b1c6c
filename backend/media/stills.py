"""Single frames of a video, for the pictures beside the findings of a report."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evidence import VideoFacts
from media.child.request import Request, Task
from media.decoder_process import DecoderProcess
from media.limits import MAX_PIXELS
from media.messages import Picture
from media.opened_video import reopen_video
from media.rejection import RejectionReason, VideoRejected

_CPU_S_AT_LEAST = 60
_CPU_S_PER_STILL = 30


def read_stills(
    path: Path,
    facts: VideoFacts,
    times_s: Iterable[float],
    stopping: Callable[[], bool] = lambda: False,
) -> dict[float, npt.NDArray[np.uint8]]:
    """All of ``each_still`` in memory: for a few times only."""
    return dict(each_still(path, facts, times_s, stopping))


def each_still(
    path: Path,
    facts: VideoFacts,
    times_s: Iterable[float],
    stopping: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[float, npt.NDArray[np.uint8]]]:
    """The pictures shown at these times, one after another: ``[height, width, 3]`` uint8 BGR, as in ``evidence.Frame``.

    The time of a ``Frame`` gives exactly that frame, any other time the next frame, a time past the end the last one.
    Times near each other are read in one go. Raises ``VideoRejected``, ``ReadingStopped``.
    """
    wanted = tuple(sorted(set(times_s)))
    if not wanted:
        return
    seen: set[float] = set()
    with reopen_video(path, facts) as video:
        request = Request(
            task=Task.STILLS,
            file_descriptor=video.file_descriptor,
            parent_pid=os.getpid(),
            demuxer=video.container.demuxer,
            is_cut=video.container.missing_bytes > 0,
            cpu_s=_CPU_S_AT_LEAST + _CPU_S_PER_STILL * len(wanted),
            max_pixels=max(MAX_PIXELS, facts.width * facts.height),
            times_s=wanted,
        )
        with DecoderProcess(request, stopping) as child:
            for message in child:
                if isinstance(message, Picture):
                    if message.time_s not in wanted or message.time_s in seen:
                        raise VideoRejected(RejectionReason.READER_FAILED, cause="a still nobody asked for")
                    seen.add(message.time_s)
                    yield message.time_s, message.image
