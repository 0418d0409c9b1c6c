"""What the filters of a report offer: only what occurs in it, with how many findings each choice would leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evidence import Severity
from reports import wording
from reports.reading import FindingCounts, FindingFilter
from reports.timeline_data import lanes


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    title: str
    count: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class FilterChoices:
    categories: tuple[Choice, ...]
    severities: tuple[Choice, ...]
    packs: tuple[Choice, ...]


def filter_choices(counts: FindingCounts, wanted: FindingFilter, pack_titles: Mapping[str, str]) -> FilterChoices:
    """In Django's active language. A choice that is on stays, even when it leaves nothing any more."""
    return FilterChoices(
        categories=tuple(
            Choice(group, wording.group_title(group), counts.groups.get(group, 0), group in wanted.categories)
            for group in lanes([*counts.groups, *wanted.categories])
        ),
        severities=tuple(
            Choice(name, wording.severity_title(name), counts.severities.get(name, 0), name in wanted.severities)
            for name in reversed([severity.value for severity in Severity])
            if name in counts.severities or name in wanted.severities
        ),
        packs=tuple(
            Choice(pack, title, counts.packs.get(pack, 0), pack in wanted.packs)
            for pack, title in pack_titles.items()
            if pack in counts.packs or pack in wanted.packs
        ),
    )
