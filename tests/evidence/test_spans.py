from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence import Box, Span

seconds = st.integers(0, 10_000).map(lambda tenths: tenths / 10)
pixels = st.integers(-500, 2500)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start_s, end_s = sorted((draw(seconds), draw(seconds)))
    return Span(start_s, end_s)


@given(spans(), spans())
def test_a_union_covers_both_and_no_more(one: Span, other: Span) -> None:
    union = one.union(other)

    assert union == other.union(one)
    assert union.gap_s(one) == union.gap_s(other) == 0
    assert union.duration_s == pytest.approx(max(one.end_s, other.end_s) - min(one.start_s, other.start_s))


@given(spans(), spans())
def test_a_gap_is_what_the_union_has_beyond_both(one: Span, other: Span) -> None:
    gap_s = one.gap_s(other)

    assert gap_s == other.gap_s(one)
    if gap_s > 0:
        assert one.union(other).duration_s == pytest.approx(one.duration_s + other.duration_s + gap_s)
    else:
        assert max(one.start_s, other.start_s) <= min(one.end_s, other.end_s)


@pytest.mark.parametrize("bounds", [(-0.1, 1), (2, 1), (0, math.inf), (math.nan, 1)])
def test_what_is_no_span_is_refused(bounds: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="span"):
        Span(*bounds)


@given(pixels, pixels, pixels, pixels)
def test_a_box_from_any_pixels_lies_in_the_frame_or_is_none(left: int, top: int, right: int, bottom: int) -> None:
    box = Box.from_pixels(left, top, right, bottom, frame_width=1280, frame_height=720)

    inside = max(left, 0) < min(right, 1280) and max(top, 0) < min(bottom, 720)
    assert (box is not None) is inside
    if box is not None:
        assert box.overlap(box) == pytest.approx(1.0)


def test_overlap_is_the_shared_part_of_both() -> None:
    left, right = Box(0.0, 0.0, 0.5, 1.0), Box(0.25, 0.0, 0.5, 1.0)

    assert left.overlap(right) == pytest.approx(1 / 3)
    assert left.overlap(Box(0.5, 0.0, 0.5, 1.0)) == 0


@pytest.mark.parametrize("edges", [(0, 0, 0, 1), (-0.1, 0, 1, 1), (0.5, 0, 0.6, 1), (0, 0, math.nan, 1)])
def test_what_is_no_box_is_refused(edges: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="box"):
        Box(*edges)
