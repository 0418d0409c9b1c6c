"""The settings page's form, read into ``SettingsValues``; what is wrong stays as it was typed, with sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from lexicon import DictionaryKind
from reports.wording import group_title
from videos.project_settings import CATEGORY_GROUPS, SettingsValues, VisualDefaults
from videos.settings_problems import DICTIONARY_TITLES

SHOWN_CHARACTERS_MAX = 100_000
"""A longer dictionary is not put into the page: it is kept, replaced by a file or taken out."""
FILE_BYTES_MAX = 4_000_000


@dataclass(frozen=True, slots=True)
class ThresholdField:
    group: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class DictionaryField:
    """``is_long``: ``text`` is not shown and kept as it is unless the form says otherwise."""

    kind: DictionaryKind
    title: str
    text: str
    is_long: bool
    lines: int
    problems: tuple[str, ...]


def read_settings(request: HttpRequest, before: SettingsValues) -> tuple[SettingsValues, dict[str, tuple[str, ...]]]:
    """What the form says, and sentences for what cannot even be read, by field as in ``SettingsInvalid``."""
    problems: dict[str, tuple[str, ...]] = {}
    thresholds: dict[str, float] = {}
    for group in CATEGORY_GROUPS:
        text = request.POST.get(f"threshold-{group}", "").strip().replace(",", ".")
        try:
            least = float(text or 0)
        except ValueError:
            problems["thresholds"] = (_("A threshold is a number from 0 to 1."),)
            continue
        if least != 0:
            thresholds[group] = least
    dictionaries: dict[DictionaryKind, str] = {}
    for kind in DictionaryKind:
        text, problem = _dictionary(request, kind, before)
        if problem:
            problems[f"dictionaries.{kind.value}"] = (problem,)
        if text.strip():
            dictionaries[kind] = text
    values = SettingsValues(
        packs=_packs(request, before),
        thresholds=thresholds,
        dictionaries=dictionaries,
        mailed=tuple(dict.fromkeys(request.POST.get("mailed", "").replace(",", " ").replace(";", " ").split())),
        visual=VisualDefaults(
            blurred=tuple(request.POST.getlist("blurred")),
            grayscale="grayscale" in request.POST,
            muted="muted" in request.POST,
        ),
    )
    return values, problems


def threshold_fields(values: SettingsValues) -> list[ThresholdField]:
    return [
        ThresholdField(group, group_title(group), f"{values.thresholds[group]:g}" if group in values.thresholds else "")
        for group in CATEGORY_GROUPS
    ]


def dictionary_fields(values: SettingsValues, problems: Mapping[str, tuple[str, ...]]) -> list[DictionaryField]:
    fields = []
    for kind in DictionaryKind:
        text = values.dictionaries.get(kind, "")
        fields.append(
            DictionaryField(
                kind=kind,
                title=str(DICTIONARY_TITLES[kind]),
                text=text,
                is_long=len(text) > SHOWN_CHARACTERS_MAX,
                lines=len(text.splitlines()),
                problems=problems.get(f"dictionaries.{kind.value}", ()),
            )
        )
    return fields


def _packs(request: HttpRequest, before: SettingsValues) -> tuple[str, ...]:
    """Those that were chosen before keep their place in the report."""
    asked = list(dict.fromkeys(request.POST.getlist("packs")))
    return (*(pack for pack in before.packs if pack in asked), *(pack for pack in asked if pack not in before.packs))


def _dictionary(request: HttpRequest, kind: DictionaryKind, before: SettingsValues) -> tuple[str, str]:
    """The text, and what is wrong with the file that was given for it."""
    file = request.FILES.get(f"dictionary-{kind.value}-file")
    if isinstance(file, UploadedFile):
        return _file_text(file)
    if f"dictionary-{kind.value}-keep" in request.POST:
        return before.dictionaries.get(kind, ""), ""
    return "\n".join(request.POST.get(f"dictionary-{kind.value}", "").splitlines()), ""


def _file_text(file: UploadedFile) -> tuple[str, str]:
    if (file.size or 0) > FILE_BYTES_MAX:
        return "", _("the dictionary is too large")
    try:
        return file.read().decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return "", _("the dictionary is not UTF-8 text; save it as UTF-8")
