"""Where and when: time spans, boxes on the frame, and spoken or written words."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of time ``[start_s, end_s)``; a moment has ``end_s == start_s``.

    Raises ``ValueError`` when a bound is not finite, negative, or the end is before the start.
    """

    start_s: float
    end_s: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.start_s) and math.isfinite(self.end_s)):
            raise ValueError("a span needs finite seconds")
        if self.start_s < 0 or self.end_s < self.start_s:
            raise ValueError(f"not a span: {self.start_s}..{self.end_s}")

    @property
    def duration_s(self) -> float:
        return self.end_s - self.start_s

    def gap_s(self, other: Span) -> float:
        """Seconds of silence between two spans; 0 when they touch or overlap."""
        return max(0.0, other.start_s - self.end_s, self.start_s - other.end_s)

    def union(self, other: Span) -> Span:
        """The shortest span that covers both."""
        return Span(min(self.start_s, other.start_s), max(self.end_s, other.end_s))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the displayed (rotated) frame; all four numbers are fractions 0..1 of its width or height.

    ``left`` and ``top`` are the corner; the box must have an area and lie inside the frame.
    """

    left: float
    top: float
    width: float
    height: float

    def __post_init__(self) -> None:
        values = (self.left, self.top, self.width, self.height)
        if not all(math.isfinite(value) for value in values):
            raise ValueError("a box needs finite fractions")
        edge = 1.0 + 1e-6
        if self.left < 0 or self.top < 0 or self.width <= 0 or self.height <= 0:
            raise ValueError(f"not a box: {values}")
        if self.left + self.width > edge or self.top + self.height > edge:
            raise ValueError(f"the box leaves the frame: {values}")

    @classmethod
    def from_pixels(
        cls, left: float, top: float, right: float, bottom: float, *, frame_width: int, frame_height: int
    ) -> Box | None:
        """Clip pixel corners to the frame; ``None`` when nothing of the box is inside it."""
        x0, x1 = max(0.0, left / frame_width), min(1.0, right / frame_width)
        y0, y1 = max(0.0, top / frame_height), min(1.0, bottom / frame_height)
        if x1 <= x0 or y1 <= y0:
            return None
        return cls(x0, y0, x1 - x0, y1 - y0)

    def overlap(self, other: Box) -> float:
        """Intersection over union, 0..1."""
        x0, x1 = max(self.left, other.left), min(self.left + self.width, other.left + other.width)
        y0, y1 = max(self.top, other.top), min(self.top + self.height, other.top + other.height)
        if x1 <= x0 or y1 <= y0:
            return 0.0
        shared = (x1 - x0) * (y1 - y0)
        return shared / (self.width * self.height + other.width * other.height - shared)


@dataclass(frozen=True, slots=True)
class Word:
    """One word with the time it was spoken, or the time the line that carries it stood on screen."""

    text: str
    start_s: float
    end_s: float
    probability: float = 1.0
