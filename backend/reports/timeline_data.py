"""What the timeline draws, as compact as it can be sent: columns of whole numbers, about 20 bytes a finding.

Times are tenths of a second. Findings stand in the order of their numbers, from 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.db.models.fields.json import KT

from evidence import Category, Severity
from reports import wording
from reports.document import Language, Transcript
from reports.models import Finding, Report
from reports.stored_parts import Speech

SPEECH_GAP_S = 1.0
"""Shorter silences are not drawn."""


def compact_timeline(report: Report, language: Language) -> dict[str, Any]:
    """Columns ``start`` (each counted from the one before), ``length``, ``category``, ``severity``, ``pack``, ``title``
    (positions in the tables of the same names) and ``action`` (0 or 1), for every finding; ``shots`` are starts.

    One query. Titles are in ``language``, the tables' words in Django's active language.
    """
    columns = (
        *("start_s", "end_s", "category", "severity_rank", "pack", "action_needed"),
        KT(f"texts__{language}__title"),  # text of the database's; the plain key would be parsed as JSON row by row
    )
    rows = list(Finding.objects.filter(report=report).order_by("number").values_list(*columns))
    starts, ends, categories, severities, packs, actions, titles = zip(*rows, strict=True) if rows else ((),) * 7
    start = [_tenths(moment) for moment in starts]
    end = [_tenths(moment) for moment in ends]
    category_table, pack_table, title_table = _places(categories), _places(packs), _places(titles)
    return {
        "duration": _tenths(report.duration_s),
        "start": [at - before for before, at in pairwise([0, *start])],
        "length": [max(0, until - at) for at, until in zip(start, end, strict=True)],
        "category": [category_table[name] for name in categories],
        "severity": list(severities),
        "pack": [pack_table[name] for name in packs],
        "title": [title_table[name] for name in titles],
        "action": [int(action) for action in actions],
        "categories": [[name, _group(name)] for name in category_table],
        "packs": list(pack_table),
        "titles": list(title_table),
        "severities": [severity.value for severity in Severity],
        "groups": [[group, wording.group_title(group)] for group in lanes(_group(name) for name in category_table)],
        "shots": [_tenths(moment) for moment in report.shot_starts_s],
    }


def lanes(groups: Iterable[str]) -> list[str]:
    """Each group once, in the order of ``Category``, so that lanes stand in the same order everywhere."""
    present = set(groups)
    return [group for group in dict.fromkeys(category.group for category in Category) if group in present]


def speech_stretches(spoken: Speech | Transcript) -> list[int]:
    """Start, length, start, length, … of where somebody speaks, in tenths of a second."""
    stretches: list[list[int]] = []
    for segment in spoken.segments:
        start, end = _tenths(segment.start_s), _tenths(segment.end_s)
        if stretches and start - sum(stretches[-1]) <= SPEECH_GAP_S * 10:
            stretches[-1][1] = max(stretches[-1][1], end - stretches[-1][0])
        else:
            stretches.append([start, end - start])
    return [number for stretch in stretches for number in stretch]


def _places(names: Iterable[str]) -> dict[str, int]:
    """Each name once, in the order in which they were first met, and its position."""
    return {name: place for place, name in enumerate(dict.fromkeys(names))}


def _group(category: str) -> str:
    return category.split(".", 1)[0]


def _tenths(seconds: float) -> int:
    return round(seconds * 10)
