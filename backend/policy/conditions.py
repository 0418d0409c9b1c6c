"""The language of a rule's ``when``: a closed set of operators over observations, without loops or arithmetic.

Every condition selects *segments*: disjoint stretches of time with the observations behind them (``policy.segments``).
"""

from __future__ import annotations

from dataclasses import dataclass

from evidence import Label, Modality

MERGE_S = 2.0
"""Hits closer than this are one segment unless a pack says otherwise: twice the interval of one frame a second, so that
one missed frame or one pause between words does not cut a scene in two."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Observations of any of ``labels``, merged over gaps of up to ``merge_s``; a segment must pass every threshold.

    ``min_seconds`` counts the time that its observations cover, not the gaps. ``min_count`` counts observations; with
    ``within_s`` they must lie in a window of that length, without it anywhere in the merged segment.
    ``first_seconds`` keeps what begins in the opening of the video. ``near`` keeps segments that are corroborated.
    """

    labels: tuple[Label, ...]
    modality: Modality | None = None
    min_score: float = 0.0
    min_seconds: float = 0.0
    min_count: int = 1
    within_s: float | None = None
    first_seconds: float | None = None
    merge_s: float = MERGE_S
    near: Near | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """Corroboration: some segment of ``when`` lies at most ``seconds`` away. The supported span stays as it is."""

    when: Condition
    seconds: float


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Segments of every condition, overlapping or close ones joined."""

    conditions: tuple[Condition, ...]
    merge_s: float = MERGE_S


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every condition at most ``within_s`` away from a segment of the first one, and nothing of ``absent`` that close.

    The segment covers all that took part. ``absent`` is what a pack writes as ``not``.
    """

    conditions: tuple[Condition, ...]
    absent: tuple[Condition, ...]
    within_s: float
    merge_s: float = MERGE_S


@dataclass(frozen=True, slots=True)
class InWindow:
    """The segments of one of the pack's named windows."""

    window: str


Condition = Seen | AnyOf | AllOf | InWindow
