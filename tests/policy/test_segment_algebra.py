"""Laws of merging and covering that must hold for any spans."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from evidence import Span
from policy.segments import Neighbours, Segment, covered_s, crowded, merged_hits, merged_segments

# Whole hundredths: the laws are about order and overlap, not about the last bit of a float.
MOMENT = st.integers(0, 1_000).map(lambda hundredths: hundredths / 100)
SPAN = st.tuples(MOMENT, MOMENT).map(lambda pair: Span(min(pair), max(pair)))
SPANS = st.lists(SPAN, max_size=30).map(sorted)
GAP = st.integers(0, 300).map(lambda hundredths: hundredths / 100)


def counted_covered_s(spans: list[Span]) -> float:
    """By counting hundredths of a second one by one."""
    covered = {hundredth for span in spans for hundredth in range(round(span.start_s * 100), round(span.end_s * 100))}
    return len(covered) / 100


@given(SPANS, GAP)
def test_merged_hits_partition_the_hits(spans: list[Span], gap_s: float) -> None:
    segments = merged_hits(range(len(spans)), spans, gap_s)
    assert [hit for segment in segments for hit in segment.hits] == list(range(len(spans)))
    for segment in segments:
        assert segment.span.start_s == min(spans[hit].start_s for hit in segment.hits)
        assert segment.span.end_s == max(spans[hit].end_s for hit in segment.hits)


@given(SPANS, GAP)
def test_merged_hits_are_further_apart_than_the_gap_and_tight_inside(spans: list[Span], gap_s: float) -> None:
    segments = merged_hits(range(len(spans)), spans, gap_s)
    for left, right in itertools.pairwise(segments):
        assert right.span.start_s - left.span.end_s > gap_s
    for segment in segments:
        reached = segment.span.start_s
        for hit in segment.hits:
            assert spans[hit].start_s - reached <= gap_s + 1e-6
            reached = max(reached, spans[hit].end_s)


@given(SPANS, GAP)
def test_merging_segments_again_changes_nothing(spans: list[Span], gap_s: float) -> None:
    once = merged_hits(range(len(spans)), spans, gap_s)
    assert merged_segments(once, gap_s) == once


@given(SPANS, GAP, st.randoms(use_true_random=False))
def test_merging_singles_equals_merging_hits_in_any_order(spans: list[Span], gap_s: float, random) -> None:
    singles = [Segment(span, (hit,)) for hit, span in enumerate(spans)]
    random.shuffle(singles)
    assert merged_segments(singles, gap_s) == merged_hits(range(len(spans)), spans, gap_s)


@given(SPANS)
def test_covered_seconds_are_those_under_any_span(spans: list[Span]) -> None:
    assert abs(covered_s(spans) - counted_covered_s(spans)) < 1e-6


@given(SPANS, st.integers(1, 5), GAP)
def test_crowded_hits_are_those_in_a_full_enough_window(spans: list[Span], count: int, window_s: float) -> None:
    starts = [span.start_s for span in spans]
    expected = {
        member
        for first in range(len(spans))
        for last in range(first, len(spans))
        if starts[last] - starts[first] <= window_s + 1e-6 and last - first + 1 >= count
        for member in range(first, last + 1)
    }
    assert crowded(range(len(spans)), spans, count, window_s) == sorted(expected)


@given(SPANS, SPAN, GAP)
def test_neighbours_are_all_segments_within_reach(spans: list[Span], span: Span, seconds: float) -> None:
    segments = merged_hits(range(len(spans)), spans, 0.5)
    expected = [position for position, one in enumerate(segments) if one.span.gap_s(span) <= seconds + 1e-6]
    assert Neighbours(segments).of(span, seconds) == expected


def test_a_hit_stays_a_hit_when_it_only_supports_the_neighbour() -> None:
    merged = merged_segments([Segment(Span(0, 1), (3,), (5,)), Segment(Span(1, 2), (5,), (7,))], 0.0)
    assert merged == [Segment(Span(0, 2), (3, 5), (7,))]
