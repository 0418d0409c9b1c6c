"""What the detectors cost, and what they see where there is nothing to see.

    python benchmarks/detecting.py cost      CPU per frame, real-time factor of speech, memory
    python benchmarks/detecting.py scores    highest false score of every label on harmless pictures
    python benchmarks/detecting.py reading   word errors of speech, words found on rendered titles

Needs only what is in the repository. Processor time is counted, so a busy machine changes little; every detector is
measured in a process of its own, so its memory is its own.
"""

# ruff: noqa: T201 - a program that prints its measurements

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "tests" / "detectors")]

from detector_material import (  # noqa: E402
    MODELS,
    SAMPLES,
    Picture,
    everything_seen,
    frames,
    photo,
    recording,
    russian_recordings,
    silence,
    title,
    track,
    video_frames,
    word_errors,
)

from detectors import objects, safety, scenes  # noqa: E402
from detectors.protocol import DetectorSettings, Reads  # noqa: E402
from detectors.registry import all_detectors  # noqa: E402
from evidence import AudioTrack, Label  # noqa: E402

VIDEOS = ("bigbuckbunny.mp4", "earth-480x270.mp4", "title-card-1080p.mp4")
HARMLESS_PHOTOS = ("astronaut.png", "chelsea.png", "coffee.png", "motorcycle_left.png", "rocket.jpg")
TITLES = (
    "Реклама. ООО «Ромашка», ИНН 7707083893",
    "erid: 2VtzqvKxYz1",
    "Промокод ЛЕТО2026 — скидка 20 %",
    "Переходите по ссылке в описании: example.ru",
    "Телефон 8 800 555-35-35",
    "НЕ ПОВТОРЯЙТЕ ЭТО ДОМА",
)


def russian_speech() -> tuple[AudioTrack, str]:
    said = russian_recordings()
    pieces = [piece for name in said for piece in (recording(SAMPLES / "speech_ru" / name), silence(0.5))]
    return track(*pieces), " ".join(said.values())


def measure(name: str, cache: str) -> None:
    spec = next(spec for spec in all_detectors() if spec.name == name)
    threads = 1
    started = time.process_time()
    settings = DetectorSettings(MODELS, Path(cache), threads=threads)
    detector = spec.make(settings)
    loaded = time.process_time() - started
    if spec.reads is Reads.AUDIO:
        items: list[Any] = [russian_speech()[0]]
        per, unit = items[0].duration_s, "CPU-s per second of speech"
    else:
        animation = video_frames("bigbuckbunny.mp4")
        titles = frames([title(*TITLES, background=frame.image, outline=2) for frame in animation])
        items = [*animation, *video_frames("earth-480x270.mp4"), *titles]
        per, unit = len(items) / 1000, "CPU-ms per frame"
    started = time.process_time()
    for item in items:
        list(detector.look(item))
    list(detector.finish())
    spent = (time.process_time() - started) / per
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:10} loads in {loaded:4.1f} CPU-s   {spent:7.3f} {unit}   peak {peak_mb:4.0f} MB", flush=True)


def cost() -> None:
    """``words`` reads observations, not media, and is left out."""
    fresh = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as cache:
        for spec in all_detectors():
            if spec.reads is not Reads.OBSERVATIONS:
                process = fresh.Process(target=measure, args=(spec.name, cache))
                process.start()
                process.join()


def variants(picture: Picture, dice: np.random.Generator) -> Iterator[tuple[str, Picture]]:
    yield "whole", picture
    yield "mirrored", picture[:, ::-1]
    yield "darkened", (picture * 0.5).astype(np.uint8)
    yield "grey", cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    height, width = picture.shape[:2]
    for _ in range(4):
        share = dice.uniform(0.4, 0.8)
        top, left = int(dice.uniform(0, height * (1 - share))), int(dice.uniform(0, width * (1 - share)))
        yield "crop", picture[top : top + int(height * share), left : left + int(width * share)]


def scores() -> None:
    """Thresholds are set to 0, so that the scores below them are seen. One picture is a video of one frame."""
    objects.MIN_SCORES = dict.fromkeys(objects.MIN_SCORES, 0.0)
    scenes.MIN_SCORE = 0.0
    safety.MIN_SCORES = dict.fromkeys(safety.MIN_SCORES, 0.0)
    pictures = [(name, photo(name)) for name in HARMLESS_PHOTOS]
    pictures += [(f"{name} {frame.time_s:.0f} s", frame.image) for name in VIDEOS for frame in video_frames(name)]
    dice = np.random.default_rng(7)
    highest: dict[Label, list[tuple[float, str]]] = {}
    number = 0
    settings = DetectorSettings(MODELS, Path(tempfile.gettempdir()))
    for name, picture in pictures:
        for variant, changed in variants(picture, dice):
            number += 1
            for spec in (objects.SPEC, scenes.SPEC, safety.SPEC):
                for seen in everything_seen(spec, frames([changed]), settings):
                    highest.setdefault(seen.label, []).append((seen.score, f"{name}, {variant}"))
    print(f"{number} pictures")
    for label, found in highest.items():
        print(f"{label:22}", *(f"{score:.2f} ({where})" for score, where in sorted(found, reverse=True)[:3]), sep="  ")


def reading() -> None:
    with tempfile.TemporaryDirectory() as cache:
        settings = DetectorSettings(MODELS, Path(cache))
        specs = {spec.name: spec for spec in all_detectors()}
        sound, said = russian_speech()
        heard = " ".join(seen.text or "" for seen in everything_seen(specs["speech"], [sound], settings))
        errors, words = word_errors(said, heard)
        print(f"Russian speech: {errors} word errors in {words} words ({errors / words:.0%})")
        grounds = {"dark": None, "animation": video_frames("bigbuckbunny.mp4")[0].image, "photo": photo("coffee.png")}
        for name, background in grounds.items():
            wanted, found = 0, 0
            for size_px in (20, 24, 28, 32, 36, 44):
                picture = title(*TITLES, background=background, size_px=size_px, outline=2)
                read = {
                    w.text for seen in everything_seen(specs["text"], frames([picture]), settings) for w in seen.words
                }
                wanted += sum(len(line.split()) for line in TITLES)
                found += sum(word in read for line in TITLES for word in line.split())
            print(f"titles over {name}: {found} of {wanted} words exactly ({found / wanted:.0%})")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("cost", "scores", "reading"))
    {"cost": cost, "scores": scores, "reading": reading}[parser.parse_args().what]()
