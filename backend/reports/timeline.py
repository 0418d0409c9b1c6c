"""The timeline of a report: one lane a category group, in percent of the video's length."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence import Category
from reports.document import Finding, Transcript

TICK_STEPS_S = (0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)
MOST_TICKS = 7
"""On a phone the style shows every second label, so that ``1:30:00`` and its neighbours do not collide."""

MARK_HEIGHTS = (35, 50, 65, 80, 100)
"""Percent of the lane's height by severity rank: graver is taller, so colour never speaks alone."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding on its lane. Numbers are text ready for SVG: a template must not localise their decimal point."""

    number: int
    finding: Finding
    x: str
    width: str
    y: str
    height: str


@dataclass(frozen=True, slots=True)
class Lane:
    group: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Tick:
    x: str
    time_s: float
    anchor: str
    """SVG ``text-anchor``: labels at both ends stay inside."""


@dataclass(frozen=True, slots=True)
class Timeline:
    lanes: tuple[Lane, ...]
    speech: tuple[Stretch, ...]
    ticks: tuple[Tick, ...]


def draw_timeline(findings: Sequence[Finding], transcript: Transcript, duration_s: float) -> Timeline:
    """Lanes of the groups that have findings, in the order of ``Category``; findings are numbered from 1."""
    scale = _Scale(duration_s)
    by_group: dict[str, list[Mark]] = {category.group: [] for category in Category}
    for number, finding in enumerate(findings, start=1):
        height = MARK_HEIGHTS[finding.severity.rank]
        x, width = scale.stretch(finding.start_s, finding.end_s)
        by_group[finding.category.group].append(Mark(number, finding, x, width, f"{100 - height}%", f"{height}%"))
    return Timeline(
        lanes=tuple(Lane(group, tuple(marks)) for group, marks in by_group.items() if marks),
        speech=tuple(Stretch(*scale.stretch(segment.start_s, segment.end_s)) for segment in transcript.segments),
        ticks=tuple(_ticks(scale, duration_s)),
    )


class _Scale:
    def __init__(self, duration_s: float) -> None:
        self._per_second = 100 / duration_s if duration_s > 0 else 0.0

    def at(self, time_s: float) -> float:
        return min(100.0, max(0.0, time_s * self._per_second))

    def stretch(self, start_s: float, end_s: float) -> tuple[str, str]:
        left, right = self.at(start_s), self.at(end_s)
        return f"{left:.3f}%", f"{right - left:.3f}%"


def _ticks(scale: _Scale, duration_s: float) -> Iterable[Tick]:
    step = next((step for step in TICK_STEPS_S if duration_s / step <= MOST_TICKS), TICK_STEPS_S[-1])
    for index in range(int(duration_s / step) + 1):
        x = scale.at(index * step)
        yield Tick(f"{x:.3f}%", index * step, "start" if index == 0 else "end" if x > 94 else "middle")
