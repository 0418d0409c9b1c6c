"""What is written on screen: lines of text and QR codes, each with the time it stands there."""

from __future__ import annotations

from detectors.appearances import Moment
from detectors.engines.onnx import OnnxModel
from detectors.protocol import DetectorSettings, DetectorSpec, Reads
from detectors.qr_codes import QrCodes, ShownCode
from detectors.text_lines import LineTracker, TrackedLine
from detectors.text_reading import LineReading
from detectors.text_regions import TextRegions
from detectors.weights import Weights, locate
from evidence import Frame, Label, Modality, Observation, Span, Word

NAME = "text"

REGIONS = Weights(
    file_name="ppocrv4-det-mobile.onnx",
    source="PyPI rapidocr-onnxruntime 1.4.4, from PaddleOCR",
    licence="Apache-2.0",
    licence_file="licenses/Apache-2.0.txt",
    sha256="d2a7720d45a54257208b1e13e36a8479894cb74155a5efe29462512d42f49da9",
    size_bytes=4_745_517,
)
RUSSIAN = Weights(
    file_name="tessdata/rus.traineddata",
    source="Debian tesseract-ocr-rus 4.1.0 (tessdata_fast)",
    licence="Apache-2.0",
    licence_file="licenses/Apache-2.0.txt",
    sha256="e16e5e036cce1d9ec2b00063cf8b54472625b9e14d893a169e2b0dedeb4df225",
    size_bytes=3_861_738,
)
ENGLISH = Weights(
    file_name="tessdata/eng.traineddata",
    source="Debian tesseract-ocr-eng 4.1.0 (tessdata_fast)",
    licence="Apache-2.0",
    licence_file="licenses/Apache-2.0.txt",
    sha256="7d4322bd2a7749724879683fc3912cb542f19906c83bcc1a52132556427170b2",
    size_bytes=4_113_088,
)

MIN_CONFIDENCE = 0.35
MIN_LETTERS = 2
"""A reading of one character is a speck, a bullet or an icon."""


class TextDetector:
    """Yields a ``text.line`` or ``text.qr`` when it has left the screen, and the rest at the end."""

    def __init__(self, settings: DetectorSettings) -> None:
        regions, russian, _ = (
            locate(weights, settings.models_dir, settings.cache_dir) for weights in (REGIONS, RUSSIAN, ENGLISH)
        )
        self._regions = TextRegions(OnnxModel(regions))
        self._tracker = LineTracker(LineReading(russian.parent).read)
        self._codes = QrCodes()

    def look(self, item: Frame) -> list[Observation]:
        lines = self._tracker.see(item, self._regions.find(item.image))
        return _observations(lines, self._codes.see(Moment.of(item), item.image))

    def finish(self) -> list[Observation]:
        return _observations(self._tracker.finish(), self._codes.finish())


def _observations(lines: list[TrackedLine], codes: list[ShownCode]) -> list[Observation]:
    return [_line(line) for line in lines if _is_readable(line)] + [_qr(code) for code in codes]


def _is_readable(line: TrackedLine) -> bool:
    letters = sum(character.isalnum() for character in line.best.text)
    return line.best.confidence >= MIN_CONFIDENCE and letters >= MIN_LETTERS


def _line(line: TrackedLine) -> Observation:
    return Observation(
        detector=NAME,
        label=Label.TEXT_LINE,
        score=min(1.0, line.best.confidence),
        span=Span(line.start_s, line.end_s),
        modality=Modality.TEXT,
        box=line.box,
        frame_s=line.best_s,
        text=line.best.text,
        words=tuple(Word(word.text, line.start_s, line.end_s, word.confidence) for word in line.best.words),
    )


def _qr(code: ShownCode) -> Observation:
    """A code is read with error correction or not at all: the score is 1."""
    return Observation(
        detector=NAME,
        label=Label.TEXT_QR,
        score=1.0,
        span=Span(code.start_s, code.end_s),
        modality=Modality.TEXT,
        box=code.box,
        frame_s=code.frame_s,
        text=code.content,
    )


SPEC = DetectorSpec(
    NAME, "PP-OCRv4 + Tesseract rus+eng", Reads.FRAMES, TextDetector, weights=(REGIONS, RUSSIAN, ENGLISH)
)
