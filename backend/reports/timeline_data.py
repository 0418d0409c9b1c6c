"""What the timeline draws, as compact as it can be sent: columns of whole numbers, about 20 bytes a finding.

Times are tenths of a second. Findings stand in the order of their numbers, from 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evidence import Category, Severity
from reports import wording
from reports.document import Language, Transcript
from reports.models import Finding, Report

SPEECH_GAP_S = 1.0
"""Shorter silences are not drawn."""


def compact_timeline(report: Report, language: Language) -> dict[str, Any]:
    """Columns ``start`` (each counted from the one before), ``length``, ``category``, ``severity``, ``pack``, ``title``
    (positions in the tables of the same names) and ``action`` (0 or 1), for every finding; ``shots`` are starts.

    One query. Titles are in ``language``, the tables' words in Django's active language.
    """
    categories, packs, titles = _Table(), _Table(), _Table()
    start: list[int] = []
    length: list[int] = []
    columns: dict[str, list[int]] = {name: [] for name in ("category", "severity", "pack", "title", "action")}
    previous = 0
    rows = (
        Finding.objects.filter(report=report)
        .order_by("number")
        .values_list(
            "start_s", "end_s", "category", "severity_rank", "pack", "action_needed", f"texts__{language}__title"
        )
    )
    for start_s, end_s, category, severity, pack, action, title in rows:
        at = _tenths(start_s)
        start.append(at - previous)
        previous = at
        length.append(max(0, _tenths(end_s) - at))
        columns["category"].append(categories.place(category))
        columns["severity"].append(severity)
        columns["pack"].append(packs.place(pack))
        columns["title"].append(titles.place(title))
        columns["action"].append(int(action))
    return {
        "duration": _tenths(report.duration_s),
        "start": start,
        "length": length,
        **columns,
        "categories": [[name, _group(name)] for name in categories.names],
        "packs": packs.names,
        "titles": titles.names,
        "severities": [severity.value for severity in Severity],
        "groups": [[group, wording.group_title(group)] for group in lanes(_group(name) for name in categories.names)],
        "shots": [_tenths(moment) for moment in report.shot_starts_s],
    }


def lanes(groups: Iterable[str]) -> list[str]:
    """Each group once, in the order of ``Category``, so that lanes stand in the same order everywhere."""
    present = set(groups)
    return [group for group in dict.fromkeys(category.group for category in Category) if group in present]


def speech_stretches(transcript: Transcript) -> list[int]:
    """Start, length, start, length, … of where somebody speaks, in tenths of a second."""
    stretches: list[list[int]] = []
    for segment in transcript.segments:
        start, end = _tenths(segment.start_s), _tenths(segment.end_s)
        if stretches and start - sum(stretches[-1]) <= SPEECH_GAP_S * 10:
            stretches[-1][1] = max(stretches[-1][1], end - stretches[-1][0])
        else:
            stretches.append([start, end - start])
    return [number for stretch in stretches for number in stretch]


class _Table:
    """Names in the order in which they were first met, and their positions."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def place(self, name: str) -> int:
        return self._places.setdefault(name, len(self._places))

    @property
    def names(self) -> list[str]:
        return list(self._places)


def _group(category: str) -> str:
    return category.split(".", 1)[0]


def _tenths(seconds: float) -> int:
    return round(seconds * 10)
