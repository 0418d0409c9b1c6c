"""How sure a detector must be before a project counts what it noticed: one least score for each category group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from evidence import Label, Observation
from policy.pack import Pack, looks


def counted(
    observations: Iterable[Observation], packs: Sequence[Pack], least_scores: Mapping[str, float]
) -> list[Observation]:
    """The observations that count under ``least_scores`` (category group → least score 0..1), in the given order.

    Which groups a label serves is what the rules of ``packs`` say. A label that serves several groups counts as soon as
    one of them takes it. The parts of a window (the label of an advertisement) always count: they acquit, and dropping
    them would accuse.
    """
    least = _least_by_label(packs, least_scores) if least_scores else {}
    return [seen for seen in observations if seen.score >= least.get(seen.label, 0.0)]


def _least_by_label(packs: Sequence[Pack], least_scores: Mapping[str, float]) -> dict[Label, float]:
    groups: dict[Label, set[str]] = defaultdict(set)
    acquitting: set[Label] = set()
    for pack in packs:
        for rule in pack.rules:
            for seen in looks(rule.when, pack, set()):
                for label in seen.labels:
                    groups[label].add(rule.category.group)
        for window in pack.windows:
            for part in window.parts:
                acquitting.update(part.labels, part.damaged)
    return {
        label: min(least_scores.get(group, 0.0) for group in served)
        for label, served in groups.items()
        if label not in acquitting
    }
