"""Opening the container with everything shut that can be shut, and choosing the tracks."""

from __future__ import annotations

import io
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, NoReturn

import av
import av.error
from av.stream import Disposition

from media.child.request import Request
from media.codecs import AUDIO_CODECS, DECODER_NAMES, VIDEO_CODECS
from media.rejection import RejectionReason, VideoRejected

_READ_BYTES = 256 * 1024
_PICTURES_BESIDE_VIDEO = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image


def open_container(request: Request, decoders: frozenset[str] = DECODER_NAMES) -> Any:
    """An ``av`` input container over the inherited file, whose demuxer is forced and whose decoders are listed.

    Nothing of a container may be touched after it is closed: its memory is FFmpeg's.
    Raises ``VideoRejected``: DAMAGED or CUT_SHORT when not even the index can be read.
    """
    file = io.FileIO(request.file_descriptor, closefd=False)
    file.seek(0)
    try:
        return av.open(
            file,
            "r",
            format=request.demuxer,
            options={"max_pixels": str(request.max_pixels), "codec_whitelist": ",".join(sorted(decoders))},
            buffer_size=_READ_BYTES,
            metadata_errors="replace",
            io_open=_open_nothing,
        )
    except av.error.MemoryError as error:
        raise VideoRejected(RejectionReason.READER_OUT_OF_MEMORY) from error
    except (av.error.FFmpegError, ValueError) as error:
        if request.is_cut:
            raise VideoRejected(RejectionReason.CUT_SHORT) from error
        raise VideoRejected(RejectionReason.DAMAGED, part="index") from error


def _open_nothing(url: str, flags: int, options: object) -> NoReturn:
    raise PermissionError("a video refers to no other file")


def video_stream(container: Any, max_pixels: int) -> Any:
    """The track that players show: the first marked as default, else the first; cover art is none.

    Raises ``VideoRejected``: NO_VIDEO_TRACK, CODEC_NOT_ALLOWED, TOO_MANY_PIXELS.
    """
    streams = [stream for stream in container.streams.video if not stream.disposition & _PICTURES_BESIDE_VIDEO]
    if not streams:
        raise VideoRejected(RejectionReason.NO_VIDEO_TRACK)
    stream = _default_first(streams)[0]
    codec = codec_name(stream)
    if codec not in VIDEO_CODECS:
        raise VideoRejected(RejectionReason.CODEC_NOT_ALLOWED, codec=codec)
    refuse_too_many_pixels(stream.codec_context.width, stream.codec_context.height, max_pixels)
    return stream


def audio_stream(container: Any) -> Any | None:
    """The sound that players play: the first track with an allowed codec, default ones first; ``None`` without tracks.

    A file whose only sound cannot be decoded is refused (CODEC_NOT_ALLOWED): "no speech" would be untrue.
    """
    streams = list(container.streams.audio)
    if not streams:
        return None
    for stream in _default_first(streams):
        if codec_name(stream) in AUDIO_CODECS:
            return stream
    raise VideoRejected(RejectionReason.CODEC_NOT_ALLOWED, codec=codec_name(streams[0]))


def refuse_declared_size(request: Request) -> None:
    """Raise TOO_MANY_PIXELS by what the container declares: a decoder that met too large a picture forgets its size."""
    with open_container(request, decoders=frozenset({"none"})) as container:
        video_stream(container, request.max_pixels)


def codec_name(stream: Any) -> str:
    """FFmpeg's name of the codec; ``unknown`` when it has no decoder for it."""
    context = stream.codec_context
    return str(context.codec.canonical_name) if context is not None else "unknown"


def refuse_too_many_pixels(width: int, height: int, max_pixels: int) -> None:
    if width * height > max_pixels:
        raise VideoRejected(RejectionReason.TOO_MANY_PIXELS, width=width, height=height, max_pixels=max_pixels)


def _default_first(streams: Iterable[Any]) -> list[Any]:
    return sorted(streams, key=lambda stream: not stream.disposition & Disposition.default)


def seek(container: Any, stream: Any, moment: Fraction) -> None:
    """Go to the keyframe before a moment of the container's clock; a file that cannot seek is read from its start."""
    try:
        container.seek(int(moment / stream.time_base), stream=stream)
    except (av.error.FFmpegError, OverflowError):
        container.seek(0)
