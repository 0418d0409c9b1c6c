"""What the limited child sends to its parent over a pipe: length-prefixed, typed, bounded.

The child may have been taken over by the file it decodes, so ``parse_message`` believes nothing: kinds are known, sizes
are bounded before memory is taken, numbers are finite, pictures have exactly the bytes of their size.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from media.rejection import RejectionReason

FRAME_LONGEST_SIDE = 1280
"""Longest side of a picture that leaves the child: the largest input of any detector (720p goes through unscaled)."""

SOUND_RATE_HZ = 16_000
SOUND_CHUNK_SAMPLES = SOUND_RATE_HZ * 4

HEADER = struct.Struct("<BI")
_PICTURE = struct.Struct("<d?HH")
_SOUND = struct.Struct("<Q")
_ENDING = struct.Struct("<QQQd")


class BrokenProtocol(Exception):
    """The child sent something that no honest child sends."""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Still working, nothing to show yet."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The child found the file unfit."""

    reason: RejectionReason
    details: dict[str, str | float]


@dataclass(frozen=True, slots=True)
class Probe:
    """What the child learned of the video; fields as in ``evidence.VideoFacts``."""

    video_codec: str
    audio_codec: str | None
    width: int
    height: int
    rotation_degrees: int
    fps: float
    duration_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A frame: ``image`` is ``[height, width, 3]`` uint8 BGR, upright."""

    time_s: float
    is_shot_start: bool
    image: npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Sound:
    """``pcm`` are mono s16le samples at ``SOUND_RATE_HZ``; the first belongs at sample ``position`` of the video."""

    position: int
    pcm: bytes


@dataclass(frozen=True, slots=True)
class Ending:
    """The child reached the end of what can be read. ``end_s`` is where the last decoded frame ends."""

    frames_looked_at: int
    packets: int
    packets_lost: int
    end_s: float


Message = Heartbeat | Refusal | Probe | Picture | Sound | Ending

_KINDS: tuple[type[Message], ...] = (Heartbeat, Refusal, Probe, Picture, Sound, Ending)
_LARGEST_PAYLOAD = {
    Heartbeat: 0,
    Refusal: 4096,
    Probe: 4096,
    Picture: _PICTURE.size + 3 * FRAME_LONGEST_SIDE**2,
    Sound: _SOUND.size + 2 * SOUND_CHUNK_SAMPLES,
    Ending: _ENDING.size,
}


def largest_payload(kind: int) -> int:
    """Bytes that a message of this kind may have. Raises ``BrokenProtocol`` for an unknown kind."""
    if kind >= len(_KINDS):
        raise BrokenProtocol(f"kind {kind}")
    return _LARGEST_PAYLOAD[_KINDS[kind]]


def format_message(message: Message) -> list[bytes | memoryview]:
    """The message as the parts to write one after another."""
    parts: list[bytes | memoryview] = []
    match message:
        case Heartbeat():
            pass
        case Refusal(reason, details):
            parts = [json.dumps({"reason": reason, "details": details}).encode()]
        case Probe():
            parts = [json.dumps({name: getattr(message, name) for name in Probe.__slots__}).encode()]
        case Picture(time_s, is_shot_start, image):
            height, width = image.shape[:2]
            parts = [_PICTURE.pack(time_s, is_shot_start, width, height), np.ascontiguousarray(image).data.cast("B")]
        case Sound(position, pcm):
            parts = [_SOUND.pack(position), pcm]
        case Ending():
            parts = [_ENDING.pack(message.frames_looked_at, message.packets, message.packets_lost, message.end_s)]
    return [HEADER.pack(_KINDS.index(type(message)), sum(len(part) for part in parts)), *parts]


def parse_message(kind: int, payload: bytearray) -> Message:
    """The message behind a payload. Raises ``BrokenProtocol`` when it is not what its kind says."""
    if len(payload) > largest_payload(kind):
        raise BrokenProtocol("payload too large")
    try:
        return _PARSERS[_KINDS[kind]](payload)
    except (ValueError, TypeError, KeyError, AttributeError, struct.error, RecursionError) as error:
        raise BrokenProtocol(_KINDS[kind].__name__) from error


def _parse_heartbeat(payload: bytearray) -> Heartbeat:
    return Heartbeat()


def _parse_refusal(payload: bytearray) -> Refusal:
    data: Any = json.loads(payload)
    details: dict[str, str | float] = {}
    for name, value in data["details"].items():
        if isinstance(value, str):
            details[name] = "".join(character for character in value if character.isprintable())[:64]
        else:
            details[name] = _finite(value)
    return Refusal(RejectionReason(data["reason"]), details)


def _parse_probe(payload: bytearray) -> Probe:
    data: Any = json.loads(payload)
    audio_codec = data["audio_codec"]
    return Probe(
        video_codec=_codec(data["video_codec"]),
        audio_codec=None if audio_codec is None else _codec(audio_codec),
        width=_whole(data["width"], 1, 1_000_000),
        height=_whole(data["height"], 1, 1_000_000),
        rotation_degrees=_whole(data["rotation_degrees"], 0, 270),
        fps=_finite(data["fps"]),
        duration_s=_seconds(data["duration_s"]),
    )


def _parse_picture(payload: bytearray) -> Picture:
    time_s, is_shot_start, width, height = _PICTURE.unpack_from(payload)
    if max(width, height) > FRAME_LONGEST_SIDE or min(width, height) < 1:
        raise ValueError("size of a picture")
    image = np.frombuffer(payload, np.uint8, offset=_PICTURE.size).reshape(height, width, 3)
    return Picture(_seconds(time_s), is_shot_start, image)


def _parse_sound(payload: bytearray) -> Sound:
    (position,) = _SOUND.unpack_from(payload)
    pcm = bytes(memoryview(payload)[_SOUND.size :])
    if len(pcm) % 2:
        raise ValueError("half a sample")
    return Sound(position, pcm)


def _parse_ending(payload: bytearray) -> Ending:
    frames_looked_at, packets, packets_lost, end_s = _ENDING.unpack(payload)
    return Ending(frames_looked_at, packets, packets_lost, _seconds(end_s))


def _finite(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError("not finite")
    return value if isinstance(value, int) else number


def _seconds(value: Any) -> float:
    seconds = float(_finite(value))
    if not 0.0 <= seconds < 1e9:
        raise ValueError("no time of a video")
    return seconds


def _whole(value: Any, least: int, most: int) -> int:
    if not isinstance(value, int) or not least <= value <= most:
        raise ValueError("not a whole number in range")
    return value


def _codec(value: Any) -> str:
    if not isinstance(value, str) or not value.isidentifier() or len(value) > 32:
        raise ValueError("not a codec name")
    return value


_PARSERS: dict[type[Message], Callable[[bytearray], Message]] = {
    Heartbeat: _parse_heartbeat,
    Refusal: _parse_refusal,
    Probe: _parse_probe,
    Picture: _parse_picture,
    Sound: _parse_sound,
    Ending: _parse_ending,
}
