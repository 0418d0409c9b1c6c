"""How a project's videos are judged, as types, and what differs between two versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from evidence import Category
from lexicon import DictionaryKind
from videos.installed_packs import default_packs
from videos.models import ProjectSettings

CATEGORY_GROUPS: tuple[str, ...] = tuple(dict.fromkeys(category.group for category in Category))
"""In the order of ``Category``."""


@dataclass(frozen=True, slots=True)
class VisualDefaults:
    """How frames are shown at first; ``blurred`` are category groups."""

    blurred: tuple[str, ...] = ()
    grayscale: bool = False
    muted: bool = False


@dataclass(frozen=True, slots=True)
class SettingsValues:
    """One version of a project's settings.

    ``packs`` are pack ids in the order of the report. ``thresholds`` maps a category group to the least score (0..1)
    that counts; a group that is not in it counts from 0. ``dictionaries`` maps a kind to the text that replaces the
    installation's dictionary. ``mailed`` are e-mail addresses beside the owner's.
    """

    packs: tuple[str, ...]
    thresholds: Mapping[str, float] = field(default_factory=dict)
    dictionaries: Mapping[DictionaryKind, str] = field(default_factory=dict)
    mailed: tuple[str, ...] = ()
    visual: VisualDefaults = field(default_factory=VisualDefaults)


def default_values() -> SettingsValues:
    return SettingsValues(packs=default_packs())


def values_of(row: ProjectSettings) -> SettingsValues:
    visual = row.visual or {}
    return SettingsValues(
        packs=tuple(row.packs),
        thresholds={group: float(least) for group, least in row.thresholds.items()},
        dictionaries={DictionaryKind(kind): text for kind, text in row.dictionaries.items()},
        mailed=tuple(row.mailed),
        visual=VisualDefaults(
            blurred=tuple(visual.get("blurred", ())),
            grayscale=bool(visual.get("grayscale")),
            muted=bool(visual.get("muted")),
        ),
    )


def to_row(values: SettingsValues) -> dict[str, Any]:
    """The columns of ``ProjectSettings``."""
    return {
        "packs": list(values.packs),
        "thresholds": {group: least for group, least in values.thresholds.items() if least > 0},
        "dictionaries": {kind.value: text for kind, text in values.dictionaries.items() if text.strip()},
        "mailed": list(values.mailed),
        "visual": {**asdict(values.visual), "blurred": list(values.visual.blurred)},
    }


def changed_fields(before: SettingsValues, after: SettingsValues) -> tuple[str, ...]:
    """Names of the fields of ``SettingsValues`` whose stored value differs."""
    old, new = to_row(before), to_row(after)
    return tuple(one.name for one in fields(SettingsValues) if old[one.name] != new[one.name])
