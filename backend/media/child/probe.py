"""What a video really is: its tracks, its size as shown, and how much of it can be decoded."""

from __future__ import annotations

import time
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av

from media.child.container import audio_stream, codec_name, open_container, refuse_declared_size, seek, video_stream
from media.child.decoding import VideoDecoder, first_frame, frame_duration, frame_time
from media.child.picture import display_size, upright_turn
from media.child.request import Request
from media.messages import Probe
from media.rejection import RejectionReason, VideoRejected

_TAIL_BUDGET_S = 2.0
"""Processor seconds for decoding the last group of pictures; what is left of it is only demuxed."""
_TOLERANCE_S = 1.0
_TOLERANCE_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class _Start:
    """What the tracks and the first frame tell. Times are on the container's clock."""

    video_codec: str
    audio_codec: str | None
    width: int
    height: int
    rotation_degrees: int
    fps: float
    begin: Fraction
    claimed_duration: Fraction | None


def probe(request: Request) -> Probe:
    """Check start, end and middle of the video by decoding them; everything is told from decoded frames.

    Each part is a function of its own, so that one decoder's pictures are freed before the next takes memory.
    Raises ``VideoRejected``.
    """
    refuse_declared_size(request)
    start = _check_start(request)
    duration = _readable_duration(request, start.begin, start.claimed_duration)
    if duration > request.max_duration_s:
        raise VideoRejected(RejectionReason.TOO_LONG, duration_s=float(duration), max_duration_s=request.max_duration_s)
    _check_middle(request, start.begin + duration / 2)
    return Probe(
        video_codec=start.video_codec,
        audio_codec=start.audio_codec,
        width=start.width,
        height=start.height,
        rotation_degrees=start.rotation_degrees,
        fps=start.fps,
        duration_s=float(duration),
    )


def _check_start(request: Request) -> _Start:
    with open_container(request) as container:
        stream = video_stream(container, request.max_pixels)
        sound = audio_stream(container)
        frame = first_frame(container, stream, request.max_pixels)
        width, height = display_size(frame, stream)
        return _Start(
            video_codec=codec_name(stream),
            audio_codec=None if sound is None else codec_name(sound),
            width=width,
            height=height,
            rotation_degrees=upright_turn(frame),
            fps=_frame_rate(stream),
            begin=frame_time(frame) or Fraction(0),
            claimed_duration=_claimed_duration(container, stream),
        )


def _claimed_duration(container: Any, stream: Any) -> Fraction | None:
    """Seconds that the file says the video lasts; ``None`` when it does not."""
    if stream.duration:
        return Fraction(stream.duration * stream.time_base)
    return Fraction(container.duration, av.time_base) if container.duration else None


def _readable_duration(request: Request, start: Fraction, claimed: Fraction | None) -> Fraction:
    """Seconds from the first frame to the end of the last frame that can be decoded."""
    with open_container(request) as container:
        stream = video_stream(container, request.max_pixels)
        seek(container, stream, start + (claimed or Fraction(0)))
        decoder = VideoDecoder(container, stream, request.max_pixels, only_references=False)
        decoded_end = _decode_tail(decoder, stream)
    if decoded_end is None:
        # Nothing behind the last keyframe before the claimed end: it is missing or damaged.
        raise _bad_end(request)
    end = decoder.read_end if decoder.only_reads and decoder.read_end is not None else decoded_end
    duration = max(end, decoded_end) - start
    tolerance = max(_TOLERANCE_S, _TOLERANCE_SHARE * float(duration))
    if request.is_cut and claimed is not None and claimed - duration > tolerance:
        raise VideoRejected(RejectionReason.CUT_SHORT)
    if decoder.read_end is not None and decoder.read_end - end > tolerance:
        raise _bad_end(request)
    return max(duration, Fraction(0))


def _bad_end(request: Request) -> VideoRejected:
    if request.is_cut:
        return VideoRejected(RejectionReason.CUT_SHORT)
    return VideoRejected(RejectionReason.DAMAGED, part="end")


def _decode_tail(decoder: VideoDecoder, stream: Any) -> Fraction | None:
    """Where the last decodable frame ends; ``None`` when there is none. Decodes no longer than the budget."""
    deadline = time.process_time() + _TAIL_BUDGET_S
    end: Fraction | None = None
    for frame in decoder.frames():
        moment = frame_time(frame)
        if moment is not None:
            frame_end = moment + frame_duration(frame, stream)
            end = frame_end if end is None else max(end, frame_end)
        decoder.only_reads = decoder.only_reads or time.process_time() > deadline
    return end


def _check_middle(request: Request, middle: Fraction) -> None:
    """One frame from around the middle must decode."""
    with open_container(request) as container:
        stream = video_stream(container, request.max_pixels)
        seek(container, stream, middle)
        try:
            first_frame(container, stream, request.max_pixels)
        except VideoRejected as error:
            if error.reason is RejectionReason.DAMAGED:
                raise VideoRejected(RejectionReason.DAMAGED, part="middle") from error
            raise


def _frame_rate(stream: Any) -> float:
    rate = stream.average_rate or stream.guessed_rate
    return float(rate) if rate else 0.0
