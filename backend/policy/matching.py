"""Finds the segments that a condition selects. Total and ordered: every operator walks its input once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from evidence import Label, Modality, Observation, Span
from policy.conditions import AllOf, AnyOf, Condition, InWindow, Seen
from policy.pack import Pack
from policy.segments import (
    TOLERANCE_S,
    Neighbours,
    Segment,
    covered_s,
    crowded,
    merged_hits,
    merged_segments,
)
from policy.windows import windows_of


class Matcher:
    """The observations of one video in canonical order, and what the conditions of one pack select among them.

    The order does not depend on the order of delivery: by start, strongest first among equals, then by every field
    that a judgement prints. Positions in ``observations`` are what segments refer to.
    """

    def __init__(self, pack: Pack, observations: Iterable[Observation], duration_s: float) -> None:
        self._windows = {window.id: window for window in pack.windows}
        self.duration_s = duration_s
        inside = (seen for seen in observations if _is_inside(seen.span, duration_s))
        self.observations: Sequence[Observation] = sorted(inside, key=_canonical)
        self.spans: Sequence[Span] = [_clipped(seen.span, duration_s) for seen in self.observations]
        self._by_label: dict[Label, list[int]] = {}
        for position, seen in enumerate(self.observations):
            self._by_label.setdefault(seen.label, []).append(position)
        self._known: dict[Condition, list[Segment]] = {}

    def segments(self, condition: Condition) -> list[Segment]:
        """Disjoint segments in time order."""
        known = self._known.get(condition)
        if known is None:
            known = self._known[condition] = self._evaluate(condition)
        return known

    def selected(self, labels: Sequence[Label], modality: Modality | None, min_score: float) -> list[int]:
        """Positions of the observations of these labels, in order."""
        hits = chain.from_iterable(self._by_label.get(label, ()) for label in labels)
        return sorted(
            hit
            for hit in hits
            if self.observations[hit].score >= min_score
            and (modality is None or self.observations[hit].modality is modality)
        )

    def _evaluate(self, condition: Condition) -> list[Segment]:
        match condition:
            case Seen():
                return self._seen(condition)
            case AnyOf():
                found = chain.from_iterable(self.segments(one) for one in condition.conditions)
                return merged_segments(found, condition.merge_s)
            case AllOf():
                return merged_segments(self._together(condition), condition.merge_s)
            case InWindow():
                window = self._windows[condition.window]
                return windows_of(window, self.segments(window.when), self.observations, self.spans)

    def _seen(self, condition: Seen) -> list[Segment]:
        hits = self.selected(condition.labels, condition.modality, condition.min_score)
        if condition.first_seconds is not None:
            hits = [hit for hit in hits if self.spans[hit].start_s < condition.first_seconds]
        gap_s = condition.merge_s
        if condition.within_s is not None:
            hits = crowded(hits, self.spans, condition.min_count, condition.within_s)
            gap_s = max(gap_s, condition.within_s)
        found = [segment for segment in merged_hits(hits, self.spans, gap_s) if self._passes(segment, condition)]
        if condition.near is None:
            return found
        supporting = self.segments(condition.near.when)
        neighbours = Neighbours(supporting)
        return [
            Segment(segment.span, segment.hits, _beside(segment, [supporting[one] for one in close]))
            for segment in found
            if (close := neighbours.of(segment.span, condition.near.seconds))
        ]

    def _passes(self, segment: Segment, condition: Seen) -> bool:
        if len(segment.hits) < condition.min_count:
            return False
        if condition.min_seconds <= 0:
            return True
        return covered_s(self.spans[hit] for hit in segment.hits) >= condition.min_seconds - TOLERANCE_S

    def _together(self, condition: AllOf) -> Iterable[Segment]:
        anchor, *others = condition.conditions
        required = [(found, Neighbours(found)) for found in map(self.segments, others)]
        forbidden = [Neighbours(self.segments(absent)) for absent in condition.absent]
        for segment in self.segments(anchor):
            close = [
                [found[position] for position in neighbours.of(segment.span, condition.within_s)]
                for found, neighbours in required
            ]
            if not all(close):
                continue
            whole = _whole([segment, *chain.from_iterable(close)])
            if not any(neighbours.of(whole.span, condition.within_s) for neighbours in forbidden):
                yield whole


def _canonical(seen: Observation) -> tuple[float, float, float, str, str, str, str, str]:
    span = seen.span
    return (span.start_s, -seen.score, span.end_s, seen.label, seen.modality, seen.detector, seen.text or "", seen.id)


def _is_inside(span: Span, duration_s: float) -> bool:
    """Speech recognition may hear words after the last sample: nobody can look at them."""
    return span.start_s < duration_s or span.end_s <= duration_s


def _clipped(span: Span, duration_s: float) -> Span:
    """Detectors round up to whole frames or words: what sticks out of the video is cut off."""
    return span if span.end_s <= duration_s else Span(span.start_s, duration_s)


def _beside(segment: Segment, supporting: Sequence[Segment]) -> tuple[int, ...]:
    own = set(segment.hits)
    return tuple(sorted({hit for one in supporting for hit in (*one.hits, *one.beside)} - own))


def _whole(parts: Sequence[Segment]) -> Segment:
    hits = {hit for part in parts for hit in part.hits}
    beside = {hit for part in parts for hit in part.beside} - hits
    span = Span(min(part.span.start_s for part in parts), max(part.span.end_s for part in parts))
    return Segment(span, tuple(sorted(hits)), tuple(sorted(beside)))
