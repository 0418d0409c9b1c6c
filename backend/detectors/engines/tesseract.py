"""Reading one line of text: Tesseract 5 (LSTM, tessdata_fast), in process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from detectors.engines.runtimes import runtime
from detectors.weights import MissingWeights, Problem

GreyImage = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class ReadWord:
    """One word and Tesseract's confidence in it, 0..1."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line; ``confidence`` 0..1 is Tesseract's mean over the words."""

    words: tuple[ReadWord, ...]
    confidence: float

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


class LineReader:
    """Reads with the given ``languages`` (``rus+eng``) from ``tessdata``. Not thread-safe.

    Raises ``MissingWeights`` (unreadable) when Tesseract refuses the data.
    """

    def __init__(self, tessdata: Path, languages: str) -> None:
        tesserocr = runtime("tesserocr")
        try:
            self._api: Any = tesserocr.PyTessBaseAPI(
                path=str(tessdata), lang=languages, psm=tesserocr.PSM.SINGLE_LINE, oem=tesserocr.OEM.LSTM_ONLY
            )
        except RuntimeError as error:
            raise MissingWeights(f"{tessdata.name}/{languages}.traineddata", Problem.UNREADABLE) from error
        refused = set(languages.split("+")) - set(self._api.GetLoadedLanguages())
        if refused:  # Tesseract is content when one of several languages loads
            raise MissingWeights(f"{tessdata.name}/{min(refused)}.traineddata", Problem.UNREADABLE)

    def read(self, line: GreyImage) -> ReadLine:
        """``line`` is ``[height, width]`` uint8, one line of text, best 44 px high; empty when nothing is read."""
        height, width = line.shape
        self._api.SetImageBytes(line.tobytes(), width, height, 1, width)
        if not self._api.GetUTF8Text().strip():
            return ReadLine((), 0.0)
        confidence = max(0, self._api.MeanTextConf()) / 100
        words = tuple(ReadWord(text, chance / 100) for text, chance in self._api.MapWordConfidences() if text.strip())
        return ReadLine(words, confidence if words else 0.0)
