"""Algebra of segments: merging hits into disjoint stretches of time, and finding what lies near."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence import Span

TOLERANCE_S = 1e-6
"""Seconds are sums of frame times in floating point: 1.9999999 s is 2 s."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of time. ``hits`` are positions (ascending) of what makes it, ``beside`` of what only supports it."""

    span: Span
    hits: tuple[int, ...]
    beside: tuple[int, ...] = ()


def merged_hits(hits: Sequence[int], spans: Sequence[Span], gap_s: float) -> list[Segment]:
    """Join hits at most ``gap_s`` apart into disjoint segments. ``hits`` are positions in ``spans``, by start."""
    segments: list[Segment] = []
    members: list[int] = []
    start = end = 0.0
    for hit in hits:
        span = spans[hit]
        if members and span.start_s - end > gap_s + TOLERANCE_S:
            segments.append(Segment(Span(start, end), tuple(members)))
            members = []
        if not members:
            start = end = span.start_s
        members.append(hit)
        end = max(end, span.end_s)
    if members:
        segments.append(Segment(Span(start, end), tuple(members)))
    return segments


def merged_segments(segments: Iterable[Segment], gap_s: float) -> list[Segment]:
    """Join segments at most ``gap_s`` apart; a hit of one stays a hit even when it only supported the other."""
    merged: list[Segment] = []
    group: list[Segment] = []
    end = 0.0
    for segment in sorted(segments, key=lambda one: (one.span, one.hits, one.beside)):
        if group and segment.span.start_s - end > gap_s + TOLERANCE_S:
            merged.append(_joined(group))
            group = []
        end = max(end, segment.span.end_s) if group else segment.span.end_s
        group.append(segment)
    if group:
        merged.append(_joined(group))
    return merged


def _joined(group: Sequence[Segment]) -> Segment:
    if len(group) == 1:
        return group[0]
    hits = {hit for segment in group for hit in segment.hits}
    beside = {hit for segment in group for hit in segment.beside} - hits
    span = Span(group[0].span.start_s, max(segment.span.end_s for segment in group))
    return Segment(span, tuple(sorted(hits)), tuple(sorted(beside)))


def crowded(hits: Sequence[int], spans: Sequence[Span], count: int, window_s: float) -> list[int]:
    """Hits that begin in some window of ``window_s`` seconds in which at least ``count`` hits begin."""
    kept: list[int] = []
    first = taken = 0
    for last, hit in enumerate(hits):
        while spans[hit].start_s - spans[hits[first]].start_s > window_s + TOLERANCE_S:
            first += 1
        if last - first + 1 >= count:
            kept.extend(hits[max(first, taken) : last + 1])
            taken = last + 1
    return kept


def covered_s(spans: Iterable[Span]) -> float:
    """Seconds that lie in at least one of the spans (given in order of start)."""
    total = 0.0
    reached = 0.0
    for span in spans:
        total += max(0.0, span.end_s - max(span.start_s, reached))
        reached = max(reached, span.end_s)
    return total


class Neighbours:
    """Disjoint segments in time order, asked which of them lie close to a span."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._ends = [segment.span.end_s for segment in segments]

    def of(self, span: Span, seconds: float) -> list[int]:
        """Positions of the segments at most ``seconds`` away; 0 asks for those that touch or overlap."""
        reach = seconds + TOLERANCE_S
        position = bisect_left(self._ends, span.start_s - reach)
        found: list[int] = []
        while position < len(self._segments) and self._segments[position].span.start_s <= span.end_s + reach:
            found.append(position)
            position += 1
        return found
