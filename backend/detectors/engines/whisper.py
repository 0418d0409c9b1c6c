"""Speech to text: Silero VAD finds speech, Whisper (CTranslate2, int8, CPU) reads it. Never touches the network."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from detectors.engines.outputs import BrokenOutput
from detectors.engines.runtimes import runtime
from detectors.weights import MissingWeights, Problem
from evidence import Word

Samples = npt.NDArray[np.float32]

SAMPLE_RATE_HZ = 16_000
LANGUAGE_FRAMES = 1_000
"""The first 10 s decide the language. Measured on 10 Russian and 5 English recordings: the same answers as from the
full 30-s window for 0.22 instead of 1.2 CPU-seconds."""

MIN_SILENCE_MS = 1_000
SPEECH_PAD_MS = 400

_NOT_NUMBERS = "Whisper gave values that are not numbers"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where somebody seems to speak: sample numbers, half-open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One segment as Whisper wrote it. Times are seconds within the window that was read.

    ``mean_logprob`` is the mean log probability of its tokens, ``no_speech`` the probability that the window holds no
    speech, ``compression_ratio`` how well the text compresses (a loop compresses too well).
    """

    text: str
    words: tuple[Word, ...]
    mean_logprob: float
    no_speech: float
    compression_ratio: float


class WhisperEngine:
    """Reads windows of up to 30 s. ``folder`` holds ``model.bin`` and its three companions (``speech.WEIGHTS``).

    Raises ``MissingWeights`` (unreadable) when CTranslate2 refuses the model.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        faster_whisper = runtime("faster_whisper")
        try:
            self._model: Any = faster_whisper.WhisperModel(
                str(folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise MissingWeights(f"{folder.name}/model.bin", Problem.UNREADABLE) from error
        self._find_speech = runtime("faster_whisper.vad").get_speech_timestamps
        self._pad = runtime("faster_whisper.audio").pad_or_trim

    def stretches(self, samples: Samples, longest_s: float) -> list[Stretch]:
        """Where there is speech; a longer stretch than ``longest_s`` is cut at a pause, if it has one."""
        found = self._find_speech(
            samples,
            min_silence_duration_ms=MIN_SILENCE_MS,
            speech_pad_ms=SPEECH_PAD_MS,
            max_speech_duration_s=longest_s,
        )
        return [Stretch(int(stretch["start"]), int(stretch["end"])) for stretch in found]

    def language_probabilities(self, samples: Samples) -> dict[str, float]:
        """ISO 639-1 code → probability, judged by the first 10 s. Raises ``BrokenOutput``."""
        features = self._model.feature_extractor(samples[: LANGUAGE_FRAMES * SAMPLE_RATE_HZ // 100])
        encoded = self._model.encode(self._pad(features[..., :LANGUAGE_FRAMES], LANGUAGE_FRAMES))
        heard = self._model.model.detect_language(encoded)[0]
        if not all(math.isfinite(chance) for _, chance in heard):
            raise BrokenOutput(_NOT_NUMBERS)
        return {token.strip("<|>"): float(chance) for token, chance in heard}

    def read(self, samples: Samples, language: str) -> Iterator[Reading]:
        """Lazily, segment by segment. One temperature: falling back to others costs up to 4 times the time, and on
        our recordings corrected nothing."""
        segments, _ = self._model.transcribe(
            samples,
            language=language,
            beam_size=1,
            temperature=0.0,
            word_timestamps=True,
            condition_on_previous_text=False,
            vad_filter=False,
        )
        for segment in segments:
            yield reading_of(segment)


def reading_of(segment: Any) -> Reading:
    """Check a ``faster_whisper`` segment into a reading. A word without finite times is left out of ``words`` (the
    text keeps it); one without a finite probability is one that nothing speaks for: 0.

    Raises ``BrokenOutput`` when the numbers that decide whether the segment is believed are not finite.
    """
    verdict = [float(value) for value in (segment.avg_logprob, segment.no_speech_prob, segment.compression_ratio)]
    if not all(map(math.isfinite, verdict)):
        raise BrokenOutput(_NOT_NUMBERS)
    mean_logprob, no_speech, compression_ratio = verdict
    return Reading(segment.text.strip(), tuple(_words(segment.words or ())), mean_logprob, no_speech, compression_ratio)


def _words(words: Iterable[Any]) -> Iterator[Word]:
    for word in words:
        start_s, end_s, chance = float(word.start), float(word.end), float(word.probability)
        if math.isfinite(start_s) and math.isfinite(end_s):
            probability = min(1.0, max(0.0, chance)) if math.isfinite(chance) else 0.0
            yield Word(word.word.strip(), start_s, end_s, probability)
