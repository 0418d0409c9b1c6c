"""Make ``demo.mp4``, which ``./compliance demo`` analyses, and ``demo.expected.json``, what it must find there.

For developers; the result is committed, nobody who uses the product needs this. Needs the test requirements
(Pillow, PyAV) and the Debian packages ``festival`` and ``festvox-ru``:

    apt-get install festival festvox-ru
    .venv/bin/python samples/make_demo.py

``photos/still_life.jpg`` was made before, once, with Debian ``povray`` from ``photos/still_life.pov``:

    povray +Iphotos/still_life.pov +Ostill_life.png +W1600 +H900 +A0.2 -D    (then saved as JPEG, quality 90)

The same tools and the same sources give the same bytes.
"""

from __future__ import annotations

import argparse
import json
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from demo_pictures import FPS, HEIGHT, WIDTH, video_frames
from demo_script import SCENES, AdCard, Line, Plant, Title
from demo_sound import SAMPLE_RATE_HZ, Samples, mix

SAMPLES = Path(__file__).resolve().parent
MAX_BYTES = 6_000_000
MIN_DURATION_S, MAX_DURATION_S = 60.0, 120.0
VIDEO_OPTIONS = {"crf": "25", "preset": "slow", "tune": "animation", "threads": "1"}
SPEECH_BITS_PER_S = 80_000


def encode(path: Path, sound: Samples) -> None:
    """Write H.264 and mono AAC into an MP4 that starts to play before it is loaded whole."""
    with av.open(str(path), "w", options={"movflags": "+faststart", "fflags": "+bitexact"}) as container:
        video = container.add_stream("libx264", rate=FPS, options=VIDEO_OPTIONS)
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        video.codec_context.gop_size = 10 * FPS
        audio = container.add_stream("aac", rate=SAMPLE_RATE_HZ, layout="mono")
        audio.bit_rate = SPEECH_BITS_PER_S
        for number, image in enumerate(video_frames(SAMPLES, SCENES)):
            frame = av.VideoFrame.from_image(image)
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            container.mux(video.encode(frame))
            container.mux(audio.encode(sound_frame(sound, number)))
        container.mux(video.encode())
        container.mux(audio.encode())


def sound_frame(sound: Samples, number: int) -> av.AudioFrame:
    """The sound that belongs to frame ``number``."""
    room = SAMPLE_RATE_HZ // FPS
    part = np.zeros(room, np.float32)
    heard = sound[number * room : (number + 1) * room]
    part[: len(heard)] = heard
    frame = av.AudioFrame.from_ndarray(part[None], format="fltp", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE_HZ, number * room, Fraction(1, SAMPLE_RATE_HZ)
    return frame


def planted(plants: tuple[Plant, ...], start_s: float, end_s: float) -> list[dict[str, object]]:
    return [
        {"kind": plant.kind, "start_s": round(start_s, 2), "end_s": round(end_s, 2), "words": list(plant.words)}
        for plant in plants
    ]


def expected(heard: dict[Line, tuple[float, float]]) -> dict[str, object]:
    """What was planted, and all that is said: the content of ``demo.expected.json``."""
    plants: list[dict[str, object]] = []
    start_s = 0.0
    cuts_s: list[float] = []
    for scene in SCENES:
        end_s = start_s + scene.duration_s
        plants += planted(scene.plants, start_s, end_s)
        if isinstance(scene.overlay, AdCard | Title):
            plants += planted(scene.overlay.plants, start_s, end_s)
        for line in scene.lines:
            plants += planted(line.plants, *heard[line])
        cuts_s.append(round(end_s, 2))
        start_s = end_s
    speech = [
        {"start_s": round(a, 2), "end_s": round(b, 2), "text": line.text, "voice": line.recording or "synthetic"}
        for line, (a, b) in heard.items()
    ]
    return {"video": "demo.mp4", "duration_s": cuts_s[-1], "cuts_s": cuts_s[:-1], "planted": plants, "speech": speech}


def verify(path: Path) -> str:
    """One line about the file; ``SystemExit`` when it is too large, too short or too long."""
    with av.open(str(path)) as container:
        duration_s = container.duration / av.time_base
        codecs = "+".join(stream.codec_context.name for stream in container.streams)
    size = path.stat().st_size
    if size > MAX_BYTES or not MIN_DURATION_S <= duration_s <= MAX_DURATION_S:
        raise SystemExit(f"{path.name}: {size} bytes, {duration_s:.1f} s: outside the limits of a demonstration")
    return f"{size / 1e6:.2f} MB, {duration_s:.1f} s, {codecs}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the demonstration video and the list of what is planted in it.")
    parser.add_argument("--into", type=Path, default=SAMPLES, help="folder to write to (default: beside this script)")
    folder: Path = parser.parse_args().into
    sound, heard = mix(SCENES, SAMPLES / "speech_ru")
    unfinished = folder / "demo.unfinished.mp4"
    encode(unfinished, sound)
    summary = verify(unfinished)
    unfinished.replace(folder / "demo.mp4")
    text = json.dumps(expected(heard), ensure_ascii=False, indent=2)
    (folder / "demo.expected.json").write_text(text + "\n", encoding="utf-8")
    print(f"demo.mp4: {summary}")  # noqa: T201


if __name__ == "__main__":
    main()
