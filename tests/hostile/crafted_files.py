"""Files that were made to fool, exhaust or misuse a reader of videos."""

from __future__ import annotations

import io
import random
import struct
from collections.abc import Callable
from functools import cache
from pathlib import Path

import av
import numpy as np
from tests.media.synthetic_video import panning, texture, tone, write_video

FASTSTART = {"movflags": "faststart"}


def text_named_mp4(folder: Path) -> Path:
    return _write(folder / "notes.mp4", "Это просто текст.\n".encode() * 100)


def nothing(folder: Path) -> Path:
    return _write(folder / "empty.mp4", b"")


def playlist(folder: Path) -> Path:
    write_video(folder / "neighbour.mp4", panning(10))
    return _write(folder / "hls.mp4", b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nneighbour.mp4\n#EXT-X-ENDLIST\n")


def remote_playlist(folder: Path) -> Path:
    return _write(folder / "hls.mp4", b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/secret.ts\n#EXT-X-ENDLIST\n")


def script_reading_a_neighbour(folder: Path) -> Path:
    write_video(folder / "neighbour.mp4", panning(10))
    return _write(folder / "script.mp4", b"ffconcat version 1.0\nfile neighbour.mp4\n")


def subtitles_named_mkv(folder: Path) -> Path:
    return _write(folder / "lines.mkv", b"1\n00:00:00,000 --> 00:00:09,000\nhello\n")


def picture_named_mp4(folder: Path) -> Path:
    return _write(folder / "picture.mp4", b"\x89PNG\r\n\x1a\n" + bytes(200))


def cut_before_the_index(folder: Path) -> Path:
    return _cut(write_video(folder / "upload.mp4", panning(100)), 0.7)


def cut_behind_the_index(folder: Path) -> Path:
    return _cut(write_video(folder / "upload.mp4", panning(100), container_options=FASTSTART), 0.5)


def cut_mkv(folder: Path) -> Path:
    return _cut(write_video(folder / "upload.mkv", panning(100)), 0.5)


def cut_avi(folder: Path) -> Path:
    return _cut(write_video(folder / "upload.avi", panning(100), codec="mpeg4"), 0.5)


def too_many_pixels(folder: Path) -> Path:
    """128 megapixels in a few hundred kilobytes."""
    return _enormous_picture(folder / "huge.mp4", "mjpeg", "yuvj420p")


def too_many_pixels_behind_a_small_header(folder: Path) -> Path:
    """The container says 320 × 180, the pictures inside are 128 megapixels."""
    path = too_many_pixels(folder)
    content = bytearray(path.read_bytes())
    entry = content.index(b"mp4v", content.index(b"stsd"))
    content[entry + 28 : entry + 32] = struct.pack(">HH", 320, 180)
    return _write(path, bytes(content))


def png_bomb(folder: Path) -> Path:
    return _enormous_picture(folder / "bomb.mov", "png", "gray")


def sound_only(folder: Path) -> Path:
    path = folder / "song.mp4"
    with av.open(str(path), "w") as output:
        _add_sound(output)
    return path


def sound_with_a_cover(folder: Path) -> Path:
    cover = write_video(folder / "cover.mov", [texture(1)], codec="mjpeg", pix_fmt="yuvj420p")
    path = folder / "song.mkv"
    with av.open(str(path), "w") as output, av.open(str(cover)) as source:
        (packet,) = (packet for packet in source.demux() if packet.size)
        output.add_attachment("cover.jpg", "image/jpeg", bytes(packet))
        _add_sound(output)
    return path


def strange_codec(folder: Path) -> Path:
    return write_video(folder / "archive.mkv", panning(5), codec="ffv1")


def strange_sound(folder: Path) -> Path:
    return write_video(folder / "archive.mkv", panning(5), sound=tone(0.2), sound_codec="wavpack")


def no_frame_at_all(folder: Path) -> Path:
    """The index lists frames, but all their bytes are zero."""
    path = write_video(folder / "hollow.mp4", panning(50))
    content = bytearray(path.read_bytes())
    start = content.index(b"mdat") + 4
    end = content.index(b"moov") - 4
    content[start:end] = bytes(end - start)
    return _write(path, bytes(content))


def hollow_end(folder: Path) -> Path:
    path = write_video(folder / "hollow.mp4", panning(250), options={"preset": "ultrafast", "g": "25"})
    content = bytearray(path.read_bytes())
    start, end = content.index(b"mdat") + 4, content.index(b"moov") - 4
    middle = start + (end - start) // 2
    content[middle:end] = bytes(end - middle)
    return _write(path, bytes(content))


def endless_claim_mp4(folder: Path) -> Path:
    """Two seconds of video whose every header says ten hours."""
    path = write_video(folder / "long.mp4", panning(50))
    content = bytearray(path.read_bytes())
    for box, offset in ((b"mvhd", 20), (b"tkhd", 24), (b"mdhd", 20)):
        at = content.index(box) + offset
        content[at : at + 4] = struct.pack(">I", 36_000_000)
    return _write(path, bytes(content))


def endless_claim_mkv(folder: Path) -> Path:
    path = write_video(folder / "long.mkv", panning(50))
    content = bytearray(path.read_bytes())
    at = content.index(b"\x44\x89\x88") + 3
    content[at : at + 8] = struct.pack(">d", 36_000_000.0)
    return _write(path, bytes(content))


def nested_boxes(folder: Path) -> Path:
    """A box inside a box inside a box, fifty thousand deep."""
    depth = 50_000
    boxes = b"".join(struct.pack(">I4s", 8 * (depth - level), b"moov") for level in range(depth))
    return _write(folder / "deep.mp4", struct.pack(">I4s4sI", 16, b"ftyp", b"isom", 0) + boxes)


def enormous_table(folder: Path) -> Path:
    """A sample table that announces four billion entries."""
    path = write_video(folder / "table.mp4", panning(10))
    content = bytearray(path.read_bytes())
    for box in (b"stts", b"stco", b"stsc"):
        at = content.index(box) + 8
        content[at : at + 4] = b"\xff\xff\xff\xff"
    return _write(path, bytes(content))


REJECTED: dict[Callable[[Path], Path], set[str]] = {
    text_named_mp4: {"not_a_video"},
    nothing: {"empty"},
    playlist: {"not_a_video"},
    remote_playlist: {"not_a_video"},
    script_reading_a_neighbour: {"not_a_video"},
    subtitles_named_mkv: {"not_a_video"},
    picture_named_mp4: {"not_a_video"},
    cut_before_the_index: {"cut_short"},
    cut_behind_the_index: {"cut_short"},
    cut_mkv: {"cut_short"},
    cut_avi: {"cut_short"},
    too_many_pixels: {"too_many_pixels"},
    too_many_pixels_behind_a_small_header: {"too_many_pixels", "damaged"},
    png_bomb: {"codec_not_allowed"},
    sound_only: {"no_video_track"},
    sound_with_a_cover: {"no_video_track"},
    strange_codec: {"codec_not_allowed"},
    strange_sound: {"codec_not_allowed"},
    no_frame_at_all: {"damaged"},
    hollow_end: {"damaged"},
    nested_boxes: {"damaged", "no_video_track", "reader_failed"},
    enormous_table: {"damaged", "no_video_track", "codec_not_allowed", "reader_out_of_memory"},
}
"""What is rejected, and for which of these reasons."""

TRUTH_TOLD: tuple[Callable[[Path], Path], ...] = (endless_claim_mp4, endless_claim_mkv)
"""Two seconds that claim ten hours: accepted, as two seconds."""


def damaged_at_random(folder: Path, count: int) -> list[Path]:
    """Whole little videos with a few bytes flipped, and more near their headers; the same ones every time."""
    chance = random.Random(20)  # noqa: S311
    sources = [
        write_video(folder / "whole.mp4", panning(12), sound=tone(0.5), container_options=FASTSTART),
        write_video(folder / "whole.mkv", panning(12), sound=tone(0.5)),
        write_video(folder / "whole.avi", panning(12), codec="mpeg4", sound=tone(0.5), sound_codec="libmp3lame"),
        write_video(folder / "whole.webm", panning(12), codec="libvpx", options={"deadline": "realtime"}),
    ]
    contents = {source.suffix: source.read_bytes() for source in sources}
    paths = []
    for number in range(count):
        suffix = sorted(contents)[number % len(contents)]
        content = bytearray(contents[suffix])
        for _ in range(chance.randint(1, 30)):
            where = chance.randrange(12, chance.choice([2000, len(content)]))
            content[min(where, len(content) - 1)] = chance.randrange(256)
        paths.append(_write(folder / f"flipped{number}{suffix}", bytes(content)))
    return paths


def _enormous_picture(path: Path, codec: str, pix_fmt: str) -> Path:
    return _write(path, _enormous_picture_bytes(path.suffix.removeprefix("."), codec, pix_fmt))


@cache
def _enormous_picture_bytes(container: str, codec: str, pix_fmt: str) -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format=container) as output:
        track = output.add_stream(codec, rate=25)
        track.width, track.height, track.pix_fmt = 16_000, 8_000, pix_fmt
        output.mux(track.encode(av.VideoFrame(16_000, 8_000, pix_fmt)))
        output.mux(track.encode(None))
    return file.getvalue()


def _add_sound(output: av.container.OutputContainer) -> None:
    track = output.add_stream("aac", rate=48_000, layout="mono")
    for begin in range(0, 48_000, 1024):
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", layout="mono")
        frame.sample_rate, frame.pts = 48_000, begin
        output.mux(track.encode(frame))
    output.mux(track.encode(None))


def _cut(path: Path, share: float) -> Path:
    content = path.read_bytes()
    return _write(path, content[: int(len(content) * share)])


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
