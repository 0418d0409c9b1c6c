"""What reading a video costs, in processor seconds per minute of video.

    python benchmarks/reading.py [FILE ...]

Without files it measures 720p H.264 made on the spot from ``samples/media/bigbuckbunny.mp4``, shown twelve times with
its sound. Processor time of the limited child and of the parent is added; wall time is printed beside it, since it
depends on what else the machine does. ``full decode`` is every frame, no sound, no scaling, for comparison.
"""

# ruff: noqa: T201 - a program that prints its measurements

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "backend"))

import av  # noqa: E402

from evidence import VideoFacts  # noqa: E402
from media.limits import Limits  # noqa: E402
from media.probing import probe_video  # noqa: E402
from media.reading import FrameReading  # noqa: E402
from media.sound import extract_sound  # noqa: E402
from media.stills import read_stills  # noqa: E402

LIMITS = Limits()
REPETITIONS = 12


def repeated_sample(folder: Path) -> Path:
    """The sample's packets one after another, unchanged, a good minute long."""
    path = folder / "minute-720p.mp4"
    with av.open(str(path), "w") as output:
        begin = {"video": 0, "audio": 0}
        tracks = {}
        for _ in range(REPETITIONS):
            with av.open(str(ROOT / "samples" / "media" / "bigbuckbunny.mp4")) as source:
                for stream in source.streams:
                    if stream.type not in tracks:
                        tracks[stream.type] = output.add_stream_from_template(stream)
                end = dict(begin)
                for packet in source.demux():
                    if packet.dts is None or packet.pts is None:
                        continue
                    kind = packet.stream.type
                    packet.pts, packet.dts = packet.pts + begin[kind], packet.dts + begin[kind]
                    end[kind] = max(end[kind], packet.pts + packet.duration)
                    packet.stream = tracks[kind]
                    output.mux(packet)
                begin = end
    return path


def full_decode(path: Path, threads: int) -> None:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_type, stream.codec_context.thread_count = "AUTO", threads
        for _ in container.decode(stream):
            pass


def read_frames(path: Path, facts: VideoFacts) -> None:
    with FrameReading(path, facts, LIMITS) as reading:
        for _ in reading:
            pass
    seen = reading.coverage
    print(f"    {seen.frames_looked_at} frames looked at, {seen.frames_analysed} handed on, complete: {seen.complete}")


def demux_only(path: Path) -> None:
    with av.open(str(path)) as container:
        for _ in container.demux():
            pass


def measure(name: str, video_s: float, work: Callable[[], object]) -> None:
    def used_s() -> float:
        both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(usage.ru_utime + usage.ru_stime for usage in both)

    cpu_s, wall_s = used_s(), time.monotonic()
    work()
    cpu_s, wall_s = used_s() - cpu_s, time.monotonic() - wall_s
    print(f"{name:24} {cpu_s:7.2f} CPU-s {cpu_s * 60 / video_s:7.2f} CPU-s a video minute {wall_s:7.2f} s wall")


def measure_all(path: Path, working_folder: Path) -> None:
    facts = probe_video(path, LIMITS)
    length_s = facts.duration_s
    print(f"{path.name}: {facts.video_codec} {facts.width}x{facts.height}, {length_s:.1f} s")
    measure("probe (once a video)", 60.0, lambda: probe_video(path, LIMITS))
    measure("full decode, 1 thread", length_s, lambda: full_decode(path, 1))
    measure("full decode, 2 threads", length_s, lambda: full_decode(path, 2))
    measure("frames", length_s, lambda: read_frames(path, facts))
    measure("sound", length_s, lambda: extract_sound(path, facts, working_folder / "sound.pcm"))
    measure("second demux alone", length_s, lambda: demux_only(path))
    measure("10 stills", 60.0, lambda: read_stills(path, facts, [tenth * length_s / 10 for tenth in range(10)]))


def main() -> None:
    print(f"{os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        for path in [Path(name) for name in sys.argv[1:]] or [repeated_sample(Path(folder))]:
            measure_all(path, Path(folder))


if __name__ == "__main__":
    main()
