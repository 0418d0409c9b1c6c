"""Turns the moments that a window's condition selects into windows: moments of one matter joined, of different ones cut
apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from evidence import Observation, Span
from policy.names import Name
from policy.pack import Continuation, Window
from policy.segments import TOLERANCE_S, Segment, merged_segments


@dataclass(slots=True)
class _Open:
    """A window being made: the stretch of its hits, and for each name when it last began and until when it lasted."""

    start_s: float
    end_s: float
    hits: list[int] = field(default_factory=list)
    names: dict[Name, tuple[float, float]] = field(default_factory=dict)

    def take(self, hit: int, span: Span, names: Iterable[Name]) -> None:
        self.hits.append(hit)
        self.end_s = max(self.end_s, span.end_s)
        for name in names:
            _, lasted = self.names.get(name, (0.0, 0.0))
            self.names[name] = (span.start_s, max(lasted, span.end_s))


def windows_of(
    window: Window, moments: Sequence[Segment], observations: Sequence[Observation], spans: Sequence[Span]
) -> list[Segment]:
    """Disjoint windows in time order; ``moments`` are the segments of the window's condition."""
    if window.continues is None:
        return merged_segments(moments, window.merge_s)
    beside = {hit: moment.beside for moment in moments for hit in moment.hits}
    opened: list[_Open] = []
    for hit in sorted(beside):
        span = spans[hit]
        names = _names(hit, beside, window.continues, observations)
        if not opened or not _goes_on(opened[-1], span, names, window.merge_s, window.continues.longest_s):
            opened.append(_Open(span.start_s, span.end_s))
        opened[-1].take(hit, span, names)
    return list(_closed(opened, beside, spans, window.near_s))


def _names(
    hit: int, beside: Mapping[int, Sequence[int]], continues: Continuation, observations: Sequence[Observation]
) -> list[Name]:
    """The hit's own name; a hit that is no name, such as a price, goes by those beside it."""
    named = [hit] if observations[hit].label in continues.same else beside[hit]
    found = (Name.of(observations[one]) for one in named if observations[one].label in continues.same)
    return list(dict.fromkeys(name for name in found if name is not None))


def _goes_on(current: _Open, span: Span, names: Sequence[Name], merge_s: float, longest_s: float) -> bool:
    """Another name begins another window, unless the two are named in one breath or shown side by side."""
    for name in names:
        if name in current.names:
            continue
        others = {other: times for other, times in current.names.items() if other.label is name.label}
        if others and all(name.differs(other) for other in others):
            began_s = max(began for began, _ in others.values())
            ended_s = max(lasted for _, lasted in others.values())
            if ended_s <= span.start_s + TOLERANCE_S and span.start_s - began_s > merge_s + TOLERANCE_S:
                return False
    if span.start_s < current.end_s or span.start_s - current.start_s <= merge_s:
        return True
    if span.end_s - current.start_s > longest_s + TOLERANCE_S:
        return False
    known = any(name.same(other) for name in names for other in current.names)
    return known or span.start_s - current.end_s <= merge_s + TOLERANCE_S


def _closed(
    opened: Sequence[_Open], beside: Mapping[int, Sequence[int]], spans: Sequence[Span], near_s: float
) -> Iterable[Segment]:
    """A window ends where the next one begins. What supports it and lies wholly within ``near_s`` widens it."""
    reached = 0.0
    for place, one in enumerate(opened):
        limit = opened[place + 1].start_s if place + 1 < len(opened) else float("inf")
        own = Span(one.start_s, min(one.end_s, limit))
        supports = sorted({other for hit in one.hits for other in beside[hit]}.difference(one.hits))
        close = [spans[other] for other in supports if _within(spans[other], own, near_s)]
        start_s = max(reached, min([own.start_s, *(span.start_s for span in close)]))
        end_s = min(limit, max([own.end_s, *(span.end_s for span in close)]))
        reached = max(reached, end_s)
        yield Segment(Span(min(start_s, own.start_s), end_s), tuple(one.hits), tuple(supports))


def _within(span: Span, window: Span, seconds: float) -> bool:
    return span.start_s >= window.start_s - seconds and span.end_s <= window.end_s + seconds
