"""How long ``./compliance check`` takes for a ten-minute 720p video: all detectors, speech all the way through.

Usage: ``.venv/bin/python benchmarks/ten_minutes.py``. Makes the video from ``samples/demo.mp4`` by repeating packets,
so every second has its share of cuts, speech and on-screen text, then runs the command in folders of its own and prints
wall time, processor time and the peak memory of the largest process.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import av

ROOT = Path(__file__).resolve().parent.parent
DURATION_S = 600.0
GAP_S = 0.5
"""Between two copies: the first decoding time of a copy lies before its first picture."""


def repeat(source: Path, target: Path, duration_s: float) -> None:
    """Copy the packets of ``source`` again and again with later times, without encoding anything anew."""
    with av.open(str(target), "w") as out:
        streams: dict[int, av.stream.Stream] = {}
        offset_s = 0.0
        while offset_s < duration_s:
            with av.open(str(source)) as one:
                if not streams:
                    streams = {stream.index: out.add_stream_from_template(stream) for stream in one.streams}
                for packet in one.demux():
                    if packet.dts is None:
                        continue
                    shift = round(offset_s / packet.time_base)
                    packet.dts, packet.pts = packet.dts + shift, packet.pts + shift
                    packet.stream = streams[packet.stream_index]
                    out.mux(packet)
                offset_s += float(one.duration) / av.time_base + GAP_S


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        video = Path(folder) / "ten-minutes.mp4"
        repeat(ROOT / "samples" / "demo.mp4", video, DURATION_S)
        environment = {**os.environ, "DJANGO_ENV": "development", "DATA_DIR": f"{folder}/data", "TEMP_DIR": folder}
        command = [sys.executable, str(ROOT / "backend" / "manage.py"), "check_video", str(video), "--quiet"]
        started = time.monotonic()
        code = subprocess.run([*command, "--json", f"{folder}/report.json"], env=environment, check=False).returncode
        wall_s = time.monotonic() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = used.ru_utime + used.ru_stime
    print(  # noqa: T201
        f"exit {code}; wall {wall_s:.0f} s = {DURATION_S / wall_s:.2f} x real time; processor {cpu_s:.0f} s; "
        f"peak memory of the largest process {used.ru_maxrss / 1024:.0f} MB; {os.cpu_count()} processors"
    )


if __name__ == "__main__":
    main()
