"""QR codes on screen, with the time they stand there."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from detectors.appearances import Moment
from detectors.engines.runtimes import runtime
from evidence import Box


@dataclass(slots=True)
class ShownCode:
    """One code's content from the first frame that shows it to the last one in an unbroken row."""

    content: str
    start_s: float
    end_s: float
    frame_s: float
    box: Box


class QrCodes:
    """Reads codes and follows each content over consecutive frames."""

    def __init__(self) -> None:
        self._zxing = runtime("zxingcpp")
        self._shown: dict[str, ShownCode] = {}

    def see(self, moment: Moment, image: npt.NDArray[np.uint8]) -> list[ShownCode]:
        """Take one BGR frame; give back the codes that are no longer there."""
        now: dict[str, ShownCode] = {}
        for content, box in self._read(image):
            known = self._shown.get(content)
            if known is None:
                now[content] = ShownCode(content, moment.time_s, moment.until_s, moment.time_s, box)
            else:
                known.end_s = moment.until_s
                now[content] = known
        ended = [code for content, code in self._shown.items() if content not in now]
        self._shown = now
        return ended

    def finish(self) -> list[ShownCode]:
        """The codes that stand to the end."""
        ended, self._shown = list(self._shown.values()), {}
        return ended

    def _read(self, image: npt.NDArray[np.uint8]) -> list[tuple[str, Box]]:
        grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
        height, width = grey.shape
        found = []
        for code in self._zxing.read_barcodes(grey, formats=self._zxing.BarcodeFormat.QRCode):
            corners = code.position
            columns = [
                point.x for point in (corners.top_left, corners.top_right, corners.bottom_left, corners.bottom_right)
            ]
            rows = [
                point.y for point in (corners.top_left, corners.top_right, corners.bottom_left, corners.bottom_right)
            ]
            box = Box.from_pixels(
                min(columns), min(rows), max(columns), max(rows), frame_width=width, frame_height=height
            )
            if code.text and box is not None:
                found.append((str(code.text), box))
        return found
