"""Which lines of on-screen text are read one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evidence import Box, Observation

MAX_GAP_HEIGHTS = 1.5
"""Lines further apart than this many line heights belong to different blocks; ordinary leading is 0.2-1."""


def neighbouring_lines(lines: Iterable[Observation]) -> Iterator[tuple[Observation, Observation]]:
    """Pairs (line, the one read next) shown at one time: the nearest line below that shares its column, and the
    nearest on its right in the same row. Lines without a box or a text have no neighbours.
    """
    on_screen: list[Observation] = []
    ordered = sorted((line for line in lines if line.box is not None and line.text), key=lambda line: line.span)
    together: dict[int, list[Observation]] = {}
    for line in ordered:
        on_screen = [earlier for earlier in on_screen if earlier.span.end_s > line.span.start_s]
        for earlier in on_screen:
            together.setdefault(id(earlier), []).append(line)
            together.setdefault(id(line), []).append(earlier)
        on_screen.append(line)
    for line in ordered:
        around = together.get(id(line), [])
        for distance in (_gap_below, _gap_right):
            reachable = [(gap, other) for other in around if (gap := distance(line, other)) is not None]
            if reachable:
                yield line, min(reachable, key=lambda pair: (pair[0], pair[1].span))[1]


def _gap_below(line: Observation, other: Observation) -> float | None:
    upper, lower = _boxes(line, other)
    shared = min(upper.left + upper.width, lower.left + lower.width) - max(upper.left, lower.left)
    gap = lower.top - (upper.top + upper.height)
    height = min(upper.height, lower.height)
    return abs(gap) if shared > 0 and -height / 2 <= gap <= MAX_GAP_HEIGHTS * height else None


def _gap_right(line: Observation, other: Observation) -> float | None:
    left, right = _boxes(line, other)
    shared = min(left.top + left.height, right.top + right.height) - max(left.top, right.top)
    gap = right.left - (left.left + left.width)
    height = min(left.height, right.height)
    # Heights and widths are fractions of different sides of the frame; on a wide frame this is the generous reading.
    return abs(gap) if shared > height / 2 and 0 <= gap <= MAX_GAP_HEIGHTS * height else None


def _boxes(first: Observation, second: Observation) -> tuple[Box, Box]:
    if first.box is None or second.box is None:
        raise ValueError("only lines with a box have neighbours")
    return first.box, second.box
