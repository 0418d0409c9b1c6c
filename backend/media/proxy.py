"""A copy of a video that browsers play: made by ffmpeg as a program of its own, behind limits."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

import imageio_ffmpeg

from evidence import VideoFacts
from media.browser_playback import Conversion
from media.child.launching_ffmpeg import FfmpegLimits
from media.codecs import DECODER_NAMES
from media.opened_video import reopen_video
from media.rejection import ReadingStopped

HEIGHT = 720
_POLL_S = 0.2
_SILENCE_S = 120.0
"""ffmpeg reports twice a second; so long without a word is a hang."""

_CPU_S_AT_LEAST = 120
_CPU_S_PER_VIDEO_S = 6
"""H.264 at 720p with ``veryfast`` takes about 0.5 s of processor time a second of video, decoding 4K HEVC 3 s."""
_WALL_S_PER_CPU_S = 3
_MEMORY_BYTES = 3 * 1024**3
_TRANSCODED_BYTES_PER_S = 1_500_000
"""12 Mbit/s: several times what 720p needs at this quality."""
_SPARE_BYTES = 64 * 1024**2

_IMPORT_ROOT = Path(__file__).resolve().parent.parent
_BOOTSTRAP = (
    "import sys; sys.path.insert(0, sys.argv[1]); from media.child.launching_ffmpeg import main; main(sys.argv[2:])"
)


class ProxyFailed(Exception):
    """ffmpeg did not make the file; ``reason`` is a short cause for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def make_proxy(
    path: Path,
    facts: VideoFacts,
    conversion: Conversion,
    to: Path,
    stopping: Callable[[], bool] = lambda: False,
    on_progress: Callable[[float], None] = lambda fraction: None,
) -> None:
    """Write ``to`` as ``conversion`` says, at most ``HEIGHT`` lines high where pictures are encoded anew.

    The file appears whole or not at all. Raises ``ProxyFailed``, ``ReadingStopped``, ``VideoRejected`` (CHANGED).
    """
    part = to.with_name(f".{to.name}.part")
    try:
        with reopen_video(path, facts) as video:
            command = _command(path, video.container.demuxer, conversion, part)
            _run(command, _limits(facts, conversion), facts.duration_s, stopping, on_progress)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)


def _limits(facts: VideoFacts, conversion: Conversion) -> FfmpegLimits:
    pictures = 0 if conversion.copies_video else round(facts.duration_s * _TRANSCODED_BYTES_PER_S)
    return FfmpegLimits(
        cpu_s=_CPU_S_AT_LEAST + round(_CPU_S_PER_VIDEO_S * facts.duration_s),
        memory_bytes=_MEMORY_BYTES,
        file_bytes=_SPARE_BYTES + pictures + (2 * facts.size_bytes if conversion.copies_video else 0),
    )


def _command(path: Path, demuxer: str, conversion: Conversion, to: Path) -> list[str]:
    """Everything that can be shut is shut: one demuxer, listed decoders, files only, no other track, no metadata."""
    video = ["-c:v", "copy"]
    if not conversion.copies_video:
        # Even sides, never enlarged; two threads leave the other cores to the detectors.
        scale = f"scale=-2:'min({HEIGHT},trunc(ih/2)*2)'"
        video = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "25", "-pix_fmt", "yuv420p", "-vf", scale]
    audio = ["-c:a", "copy"] if conversion.copies_audio else ["-c:a", "aac", "-b:a", "128k", "-ac", "2"]
    layout = ["-movflags", "+faststart"] if conversion.container == "mp4" else []
    return [
        *(imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostdin", "-loglevel", "error", "-y"),
        *("-protocol_whitelist", "file", "-codec_whitelist", ",".join(sorted(DECODER_NAMES))),
        *("-threads", "2", "-f", demuxer, "-i", f"file:{path}"),
        *("-map", "0:V:0", "-map", "0:a:0?", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1"),
        *video,
        *audio,
        *layout,
        *("-threads", "2", "-progress", "pipe:1", "-stats_period", "0.5", "-f", conversion.container, f"file:{to}"),
    ]


def _run(
    command: list[str],
    limits: FfmpegLimits,
    duration_s: float,
    stopping: Callable[[], bool],
    on_progress: Callable[[float], None],
) -> None:
    launcher = [sys.executable, "-I", "-c", _BOOTSTRAP, str(_IMPORT_ROOT), *limits.to_arguments(os.getpid())]
    process = subprocess.Popen(
        [*launcher, *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"LC_ALL": "C.UTF-8"},
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + _WALL_S_PER_CPU_S * limits.cpu_s
        _follow(process, duration_s, deadline, stopping, on_progress)
        if process.wait(timeout=_SILENCE_S) != 0:
            raise ProxyFailed(f"exit status {process.returncode}")
    except subprocess.TimeoutExpired as error:
        raise ProxyFailed("no end") from error
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _follow(
    process: subprocess.Popen[bytes],
    duration_s: float,
    deadline: float,
    stopping: Callable[[], bool],
    on_progress: Callable[[float], None],
) -> None:
    """Until ffmpeg closes its end."""
    pipe: IO[bytes] | None = process.stdout
    if pipe is None:
        return
    heard, rest = time.monotonic(), b""
    while True:
        if stopping():
            raise ReadingStopped
        now = time.monotonic()
        if now > deadline or now - heard > _SILENCE_S:
            raise ProxyFailed("too slow")
        readable, _, _ = select.select([pipe], [], [], _POLL_S)
        if not readable:
            continue
        said = os.read(pipe.fileno(), 4096)
        if not said:
            return
        heard = now
        *lines, rest = (rest + said).split(b"\n")
        for line in lines:
            name, _, value = line.partition(b"=")
            if name == b"out_time_us" and value.isdigit() and duration_s > 0:
                on_progress(min(1.0, int(value) / 1e6 / duration_s))
