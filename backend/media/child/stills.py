"""Single frames at known times, for the pictures in a report."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain
from typing import Any

from media.child.container import open_container, seek, video_stream
from media.child.decoding import VideoDecoder, first_frame, frame_time
from media.child.outlet import Outlet
from media.child.picture import PictureMaker, display_size
from media.child.request import Request
from media.messages import Ending, Picture

_SAME_MOMENT_S = 0.0005
_DECODE_ON_S = 4.0
"""Up to here decoding on costs less than seeking, which lands at the keyframe before: on average half a group of
pictures (1–10 s) too early."""
_SEEK_EARLIER_S = (1.0, 10.0, float("inf"))
"""Some demuxers seek by decoding time, which runs ahead of presentation by a few frames; some keyframes lie."""


def send_stills(request: Request, outlet: Outlet) -> None:
    """Send one ``Picture`` for each of ``times_s`` (ascending) that can be decoded, then an ``Ending``."""
    start, pictures = _look_at_start(request)
    with open_container(request) as container:
        seeker = _FrameSeeker(container, request.max_pixels, start, outlet)
        for time_s in request.times_s:
            frame = seeker.frame_at(time_s)
            if frame is not None:
                outlet.send(Picture(time_s, False, pictures.image(frame)))
    outlet.send(Ending(0, 0, 0, 0.0))


def _look_at_start(request: Request) -> tuple[Fraction, PictureMaker]:
    """Second 0 on the container's clock, and how pictures look. On its own, so that its decoder is freed."""
    with open_container(request) as container:
        stream = video_stream(container, request.max_pixels)
        frame = first_frame(container, stream, request.max_pixels)
        return frame_time(frame) or Fraction(0), PictureMaker(display_size(frame, stream))


class _FrameSeeker:
    """A position in the video that moves forward by decoding and jumps by seeking."""

    def __init__(self, container: Any, max_pixels: int, start: Fraction, outlet: Outlet) -> None:
        self._container = container
        self._stream = video_stream(container, max_pixels)
        self._start = start
        self._decoder = VideoDecoder(container, self._stream, max_pixels, on_packet=outlet.beat)
        self._frames: Iterator[Any] = self._decoder.frames()
        self._current: Any = None
        self._current_s = 0.0

    def frame_at(self, time_s: float) -> Any | None:
        """The frame of that time, else the next one, else the last; ``None`` when nothing decodes. Ask in order."""
        if time_s - self._current_s > _DECODE_ON_S:
            self._seek_before(time_s)
        while self._current is None or self._current_s < time_s - _SAME_MOMENT_S:
            frame = next(self._frames, None)
            if frame is None:
                break
            self._current, self._current_s = frame, self._time_s(frame)
        return self._current

    def _seek_before(self, time_s: float) -> None:
        for earlier_s in _SEEK_EARLIER_S:
            target_s = max(0.0, time_s - earlier_s)
            seek(self._container, self._stream, self._start + Fraction(target_s))
            frames = self._decoder.frames()
            frame = next(frames, None)
            if frame is not None and (self._time_s(frame) <= time_s or target_s == 0.0):
                self._frames = chain([frame], frames)
                return

    def _time_s(self, frame: Any) -> float:
        moment = frame_time(frame)
        return self._current_s if moment is None else float(moment - self._start)
