"""Small videos made on the spot, each with one property that a test needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]

WIDTH, HEIGHT = 320, 180
CLOCK_HZ = 90_000


def texture(seed: int, *, width: int = WIDTH, height: int = HEIGHT) -> Image:
    """A soft picture of many colours; different seeds look clearly different."""
    coarse = np.random.default_rng(seed).integers(0, 256, (5, 8, 3), dtype=np.uint8)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def plain(blue: int, green: int, red: int, *, width: int = WIDTH, height: int = HEIGHT) -> Image:
    return np.full((height, width, 3), (blue, green, red), np.uint8)


def panning(count: int, seed: int = 1) -> list[Image]:
    """A picture that glides two pixels a frame: moving, without a cut."""
    wide = texture(seed, width=2 * WIDTH)
    return [np.ascontiguousarray(np.roll(wide, -2 * step, axis=1)[:, :WIDTH]) for step in range(count)]


def tone(
    duration_s: float, *, rate: int = 48_000, channels: int = 1, frequency: float = 440.0
) -> npt.NDArray[np.float32]:
    """``[channels, samples]`` of a sine at half of full scale."""
    wave = 0.5 * np.sin(2 * np.pi * frequency * np.arange(int(duration_s * rate)) / rate)
    return np.tile(wave.astype(np.float32), (channels, 1))


def write_video(
    path: Path,
    images: Iterable[Image],
    *,
    fps: int = 25,
    times_s: Sequence[Fraction | float] | None = None,
    start_s: float = 0.0,
    codec: str = "libx264",
    pix_fmt: str = "yuv420p",
    options: dict[str, str] | None = None,
    sound: npt.NDArray[np.float32] | None = None,
    sound_codec: str = "aac",
    sound_layout: str = "mono",
    sound_rate: int = 48_000,
    sound_start_s: float = 0.0,
    container: str | None = None,
    container_options: dict[str, str] | None = None,
) -> Path:
    """Encode BGR images at ``fps`` or exactly at ``times_s``, with an optional ``[channels, samples]`` sound."""
    if options is None and codec == "libx264":
        options = {"preset": "ultrafast", "crf": "18"}
    with av.open(str(path), "w", format=container, options=container_options or {}) as output:
        video = output.add_stream(codec, rate=fps, options=options or {})
        video.pix_fmt = pix_fmt
        video.codec_context.time_base = Fraction(1, fps) if times_s is None else Fraction(1, CLOCK_HZ)
        audio = output.add_stream(sound_codec, rate=sound_rate, layout=sound_layout) if sound is not None else None
        for index, image in enumerate(images):
            if index == 0:
                video.height, video.width = image.shape[:2]
            frame = av.VideoFrame.from_ndarray(image, "bgr24")
            time_base = video.codec_context.time_base
            moment = (Fraction(index, fps) if times_s is None else Fraction(times_s[index])) + Fraction(start_s)
            frame.pts, frame.time_base = round(moment / time_base), time_base
            output.mux(video.encode(frame))
        output.mux(video.encode(None))
        if audio is not None and sound is not None:
            _encode_sound(output, audio, sound, sound_rate, sound_start_s)
    return path


def _encode_sound(output: Any, audio: Any, sound: npt.NDArray[np.float32], rate: int, start_s: float) -> None:
    for begin in range(0, sound.shape[1], 1024):
        piece = np.ascontiguousarray(sound[:, begin : begin + 1024])
        frame = av.AudioFrame.from_ndarray(piece, "fltp", layout=audio.layout.name)
        frame.sample_rate = rate
        frame.pts, frame.time_base = round(start_s * rate) + begin, Fraction(1, rate)
        output.mux(audio.encode(frame))
    output.mux(audio.encode(None))


def turn_on_display(path: Path, degrees_clockwise: int) -> None:
    """Write a rotation into the display matrix of the first (video) track, as a phone does."""
    cosine, sine = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[degrees_clockwise]
    matrix = [cosine, sine, 0, -sine, cosine, 0, 0, 0, 1]
    scales = [1 << 16, 1 << 16, 1 << 30] * 3
    packed = b"".join(
        (value * scale).to_bytes(4, "big", signed=True) for value, scale in zip(matrix, scales, strict=True)
    )
    content = bytearray(path.read_bytes())
    at = content.index(b"tkhd") + 4 + 40
    content[at : at + 36] = packed
    path.write_bytes(content)


def join_streams(first: Path, second: Path, joined: Path) -> Path:
    """Put the packets of the second video behind those of the first, in one track that keeps the first's header."""
    with av.open(str(first)) as one, av.open(str(second)) as two, av.open(str(joined), "w") as output:
        track = output.add_stream_from_template(one.streams.video[0])
        end = 0
        for source, offset in ((one, 0), (two, None)):
            shift = end if offset is None else offset
            for packet in source.demux(video=0):
                if packet.dts is None or packet.pts is None:
                    continue
                packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
                end = max(end, packet.pts + (packet.duration or 40))
                packet.stream = track
                output.mux(packet)
    return joined
