"""Decoding one track in order, surviving damaged packets and counting them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import av
import av.error

from media.child.container import codec_name, refuse_too_many_pixels
from media.rejection import RejectionReason, VideoRejected

_ONE_THREAD_PIXELS = 1920 * 1088
"""Up to Full HD one thread decodes many times faster than detectors look, for 10 % less processor time than two; above
it two keep up. More would only hold more pictures in memory."""

_PATIENCE_PACKETS = 300
"""Ten seconds at 30 fps: the longest usual distance between keyframes."""


class TrackDecoder:
    """Frames of one track. ``packets`` and ``packets_lost`` count what was read and what could not be decoded;
    ``read_end`` is where the last packet ends, in the container's clock. With ``only_reads`` set, the rest is read
    without being decoded."""

    def __init__(self, container: Any, stream: Any, on_packet: Callable[[], None]) -> None:
        self._container = container
        self._stream = stream
        self._on_packet = on_packet
        self.packets = 0
        self.packets_lost = 0
        self.read_end: Fraction | None = None
        self.only_reads = False

    def frames(self) -> Iterator[Any]:
        """Decoded frames up to the end of the readable part. Raises ``VideoRejected`` when memory runs out."""
        for packet in self._readable_packets():
            self._on_packet()
            self._note(packet)
            if self.only_reads:
                continue
            try:
                decoded = packet.decode()
            except av.error.MemoryError as error:
                raise VideoRejected(RejectionReason.READER_OUT_OF_MEMORY) from error
            except (av.error.FFmpegError, ValueError):
                self.packets_lost += 1
                continue
            self.packets_lost += any(frame.is_corrupt for frame in decoded)
            yield from decoded

    def _note(self, packet: Any) -> None:
        self.packets += packet.size > 0
        if packet.pts is not None and packet.time_base is not None:
            end = (packet.pts + (packet.duration or 0)) * packet.time_base
            self.read_end = end if self.read_end is None else max(self.read_end, end)

    def _readable_packets(self) -> Iterator[Any]:
        try:
            yield from self._container.demux(self._stream)
        except av.error.MemoryError as error:
            raise VideoRejected(RejectionReason.READER_OUT_OF_MEMORY) from error
        except (av.error.FFmpegError, OSError):
            self.packets_lost += 1


class VideoDecoder(TrackDecoder):
    """Frames of the video track, each within the pixel cap, with their exact times.

    ``only_references`` leaves out frames that no other frame is predicted from (about every second one): 12 % less
    work. The loop filter always runs: skipping it moves detector scores.
    """

    def __init__(
        self,
        container: Any,
        stream: Any,
        max_pixels: int,
        *,
        only_references: bool = True,
        on_packet: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(container, stream, on_packet)
        self._max_pixels = max_pixels
        context = stream.codec_context
        context.thread_type = "AUTO"
        context.thread_count = 1 if context.width * context.height <= _ONE_THREAD_PIXELS else 2
        context.skip_frame = "NONREF" if only_references else "DEFAULT"
        context.options = {"max_pixels": str(max_pixels)}
        if codec_name(stream) == "av1":
            # Frames in flight cost dav1d 130 MB at 4K and save no processor time.
            context.options |= {"max_frame_delay": "1"}

    def frames(self) -> Iterator[Any]:
        for frame in super().frames():
            refuse_too_many_pixels(frame.width, frame.height, self._max_pixels)
            yield frame


def frame_time(frame: Any) -> Fraction | None:
    """Exact presentation time in the container's clock; ``None`` when the file does not tell."""
    timestamp = frame.pts if frame.pts is not None else frame.dts
    return None if timestamp is None or frame.time_base is None else timestamp * frame.time_base


def frame_duration(frame: Any, stream: Any) -> Fraction:
    """How long the frame is shown: as the file says, else by the track's frame rate."""
    if frame.duration and frame.time_base is not None:
        return Fraction(frame.duration * frame.time_base)
    rate = stream.average_rate or stream.guessed_rate
    return 1 / rate if rate else Fraction(0)


def first_frame(container: Any, stream: Any, max_pixels: int) -> Any:
    """The first frame that can be decoded: second 0 of the video.

    Raises ``VideoRejected`` DAMAGED when the first ``_PATIENCE_PACKETS`` packets give none.
    """
    packets = 0

    def lose_patience() -> None:
        nonlocal packets
        packets += 1
        if packets > _PATIENCE_PACKETS:
            raise VideoRejected(RejectionReason.DAMAGED, part="start")

    for frame in VideoDecoder(container, stream, max_pixels, on_packet=lose_patience).frames():
        if frame_time(frame) is not None:
            return frame
    raise VideoRejected(RejectionReason.DAMAGED, part="start")
