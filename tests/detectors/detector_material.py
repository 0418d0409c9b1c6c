"""Real material for detectors: photos, videos, recordings, and title frames drawn for the occasion."""

from __future__ import annotations

import re
import wave
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from detectors.protocol import DetectorSettings, DetectorSpec
from evidence import AudioTrack, Frame, Observation

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "models"
SAMPLES = ROOT / "samples"

Picture = npt.NDArray[np.uint8]


def photo(name: str) -> Picture:
    picture = cv2.imread(str(SAMPLES / "photos" / name))
    assert picture is not None
    return picture


def frames(pictures: Iterable[Picture], *, every_s: float = 1.0) -> list[Frame]:
    """One shot, one picture every ``every_s`` seconds."""
    return [
        Frame(number, number * every_s, (number + 1) * every_s, number == 0, np.ascontiguousarray(picture))
        for number, picture in enumerate(pictures)
    ]


def video_frames(name: str) -> list[Frame]:
    """About one frame a second, at most 1280 pixels wide, as the product reads a video."""
    times_s, pictures = [], []
    with av.open(str(SAMPLES / "media" / name)) as container:
        for decoded in container.decode(video=0):
            if not times_s or decoded.time - times_s[-1] >= 1:
                scale = min(1.0, 1280 / max(decoded.width, decoded.height))
                picture = decoded.to_ndarray(format="bgr24")
                size = (round(decoded.width * scale), round(decoded.height * scale))
                times_s.append(decoded.time)
                pictures.append(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))
    spans = pairwise([*times_s, times_s[-1] + 1])
    return [Frame(n, a, b, n == 0, picture) for n, ((a, b), picture) in enumerate(zip(spans, pictures, strict=True))]


def video_sound(name: str) -> npt.NDArray[np.float32]:
    resampler = av.AudioResampler("flt", "mono", 16_000)
    with av.open(str(SAMPLES / "media" / name)) as container:
        pieces = [
            piece.to_ndarray()[0] for decoded in container.decode(audio=0) for piece in resampler.resample(decoded)
        ]
    return np.concatenate(pieces)


def recording(path: Path) -> npt.NDArray[np.float32]:
    with wave.open(str(path)) as file:
        assert file.getframerate() == 16_000
        return np.frombuffer(file.readframes(file.getnframes()), np.int16).astype(np.float32) / 32768


def russian_recordings() -> dict[str, str]:
    """File name → what is said in it."""
    lines = (SAMPLES / "speech_ru" / "transcripts.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if line)


def english_recordings() -> dict[str, str]:
    lines = (SAMPLES / "speech_en" / "transcription").read_text(encoding="utf-8").splitlines()
    said = (re.fullmatch(r"<s> (.*) </s> \((.*)\)", line) for line in lines)
    return {f"{match[2]}.wav": match[1] for match in said if match}


def track(*pieces: npt.NDArray[np.float32]) -> AudioTrack:
    return AudioTrack(np.concatenate(pieces).astype(np.float32), 16_000)


def silence(seconds: float) -> npt.NDArray[np.float32]:
    return np.zeros(round(seconds * 16_000), np.float32)


def title(
    *lines: str, background: Picture | None = None, size_px: int = 32, ink: str = "white", outline: int = 0
) -> Picture:
    """A 1280×720 frame with the lines written on it in DejaVu Sans, the first one 60 px from the top."""
    ground = np.full((720, 1280, 3), 24, np.uint8) if background is None else cv2.resize(background, (1280, 720))
    canvas = Image.fromarray(ground[:, :, ::-1].copy())
    font = ImageFont.truetype(str(SAMPLES / "fonts" / "DejaVuSans.ttf"), size_px)
    for number, line in enumerate(lines):
        place = (60, 60 + number * round(size_px * 2.2))
        ImageDraw.Draw(canvas).text(place, line, fill=ink, font=font, stroke_width=outline, stroke_fill="black")
    return np.asarray(canvas)[:, :, ::-1].copy()


def everything_seen(spec: DetectorSpec, items: Iterable[Any], settings: DetectorSettings) -> list[Observation]:
    """Feed a fresh detector and collect what it says on the way and at the end."""
    detector = spec.make(settings)
    seen = [observation for item in items for observation in detector.look(item)]
    return [*seen, *detector.finish()]


def word_errors(said: str, heard: str) -> tuple[int, int]:
    """Word edit distance and the number of words said; letter case, punctuation and ё are no errors."""
    wanted, got = (re.findall(r"\w+", text.casefold().replace("ё", "е")) for text in (said, heard))
    row = list(range(len(got) + 1))
    for number, word in enumerate(wanted, start=1):
        diagonal, row[0] = row[0], number
        for column, other in enumerate(got, start=1):
            cost = diagonal + (word != other)
            diagonal = row[column]
            row[column] = min(row[column] + 1, row[column - 1] + 1, cost)
    return row[-1], len(wanted)
