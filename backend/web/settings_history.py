"""What changed from one version of a project's settings to the next, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lexicon import DictionaryKind
from reports.wording import group_title
from videos.models import Project, ProjectSettings
from videos.project_settings import SettingsValues, values_of
from videos.settings_problems import DICTIONARY_TITLES

VERSIONS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class VersionLine:
    version: ProjectSettings
    changes: tuple[str, ...]
    is_current: bool


def history_of(project: Project) -> list[VersionLine]:
    """The newest versions, each with what it changed."""
    found = project.settings_versions.select_related("created_by").order_by("-number")
    versions: list[ProjectSettings | None] = [*found[: VERSIONS_SHOWN + 1]]
    if len(versions) <= VERSIONS_SHOWN:
        versions.append(None)  # the first version has none before it
    return [
        VersionLine(newer, _changes(older, newer), position == 0)
        for position, (newer, older) in enumerate(pairwise(versions))
        if newer is not None
    ]


def _changes(older: ProjectSettings | None, newer: ProjectSettings) -> tuple[str, ...]:
    if older is None:
        return (_("the beginning"),)
    return tuple(differences(values_of(older), values_of(newer)))


def differences(before: SettingsValues, after: SettingsValues) -> Iterator[str]:
    yield from _sets(_("packs"), before.packs, after.packs)
    if set(before.packs) == set(after.packs) and before.packs != after.packs:
        yield _("order of packs: %(packs)s") % {"packs": ", ".join(after.packs)}
    for group in sorted({*before.thresholds, *after.thresholds}):
        old, new = before.thresholds.get(group, 0.0), after.thresholds.get(group, 0.0)
        if old != new:
            yield _("threshold “%(group)s”: %(old)s → %(new)s") % {
                "group": group_title(group),
                "old": number_format(f"{old:g}"),
                "new": number_format(f"{new:g}"),
            }
    for kind in DictionaryKind:
        if before.dictionaries.get(kind) != after.dictionaries.get(kind):
            yield _("dictionary “%(title)s”: %(state)s") % {
                "title": DICTIONARY_TITLES[kind],
                "state": _state(after.dictionaries.get(kind, "")),
            }
    yield from _sets(_("mails to"), before.mailed, after.mailed)
    blurred = [[group_title(group) for group in values.visual.blurred] for values in (before, after)]
    yield from _sets(_("blurred"), *blurred)
    if before.visual.grayscale != after.visual.grayscale:
        yield _("without colour") if after.visual.grayscale else _("in colour")
    if before.visual.muted != after.visual.muted:
        yield _("sound off") if after.visual.muted else _("sound on")


def _sets(name: str, before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    added, removed = [one for one in after if one not in before], [one for one in before if one not in after]
    if added or removed:
        yield f"{name}: " + ", ".join([*(f"+ {one}" for one in added), *(f"− {one}" for one in removed)])


def _state(text: str) -> str:
    if not text:
        return _("the installation’s")
    lines = len(text.splitlines())
    return ngettext("%(count)d line", "%(count)d lines", lines) % {"count": lines}
