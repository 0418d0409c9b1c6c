"""What is wrong with settings that somebody wants to save: a sentence for each thing, by field."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lexicon import DictionaryInvalid, DictionaryKind, DictionaryProblem, ProblemCode
from policy.loading import available_packs
from videos.dictionary_messages import dictionary_sentence
from videos.installed_packs import pack_dirs
from videos.settings_values import CATEGORY_GROUPS, SettingsValues

MAILED_MAX = 20
BAD_LINES_SHOWN = 20

DICTIONARY_TITLES: Mapping[DictionaryKind, Promise] = {
    DictionaryKind.PROFANITY: gettext_lazy("Profanity"),
    DictionaryKind.BRANDS: gettext_lazy("Brands"),
    DictionaryKind.STOPWORDS: gettext_lazy("Stop words"),
}


class SettingsInvalid(Exception):
    """``problems`` maps a field (``packs``, ``thresholds``, ``dictionaries.profanity``, ``mailed``, ``visual``) to
    sentences in the active language."""

    def __init__(self, problems: Mapping[str, Sequence[str]]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


def problems_of(values: SettingsValues) -> dict[str, tuple[str, ...]]:
    """Sentences by field; empty when everything is right."""
    found = {
        "packs": tuple(_pack_problems(values.packs)),
        "thresholds": tuple(_threshold_problems(values.thresholds)),
        "mailed": tuple(_address_problems(values.mailed)),
        "visual": tuple(_unknown_groups(values.visual.blurred)),
    }
    for kind, text in values.dictionaries.items():
        found[f"dictionaries.{kind.value}"] = tuple(_dictionary_problems(kind, text))
    return {name: sentences for name, sentences in found.items() if sentences}


def _pack_problems(packs: Sequence[str]) -> Iterator[str]:
    if not packs:
        yield _("Choose at least one pack: without one nothing is judged.")
    if len(set(packs)) != len(packs):
        yield _("A pack is named twice.")
    known = available_packs(pack_dirs())
    for pack in packs:
        if pack not in known:
            yield _("There is no pack “%(pack)s” here. Known: %(known)s.") % {
                "pack": pack[:64],
                "known": ", ".join(known),
            }


def _threshold_problems(thresholds: Mapping[str, float]) -> Iterator[str]:
    yield from _unknown_groups(thresholds)
    if any(not (math.isfinite(least) and 0 <= least <= 1) for least in thresholds.values()):
        yield _("A threshold is a number from 0 to 1.")


def _unknown_groups(named: Iterable[str]) -> Iterator[str]:
    for group in named:
        if group not in CATEGORY_GROUPS:
            yield _("There is no category “%(group)s”. Known: %(known)s.") % {
                "group": group[:64],
                "known": ", ".join(CATEGORY_GROUPS),
            }


def _dictionary_problems(kind: DictionaryKind, text: str) -> Iterator[str]:
    try:
        if "\x00" in text:  # PostgreSQL keeps no such text
            raise DictionaryInvalid(Path(kind.value), (DictionaryProblem(0, ProblemCode.UNREADABLE, ""),))
        kind.parse(text.encode("utf-8", "surrogatepass"))
    except DictionaryInvalid as error:
        for problem in error.problems[:BAD_LINES_SHOWN]:
            yield dictionary_sentence(str(DICTIONARY_TITLES[kind]), problem)
        if len(error.problems) > BAD_LINES_SHOWN:
            yield _("… and %(count)d more lines.") % {"count": len(error.problems) - BAD_LINES_SHOWN}


def _address_problems(addresses: Sequence[str]) -> Iterator[str]:
    if len(addresses) > MAILED_MAX:
        yield _("No more than %(count)d addresses.") % {"count": MAILED_MAX}
    for address in addresses[:MAILED_MAX]:
        try:
            validate_email(address)
        except ValidationError:
            yield _("“%(address)s” is not an e-mail address.") % {"address": address[:80]}
