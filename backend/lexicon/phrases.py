"""Finds dictionary words and phrases by lemma, in one pass over the words of a text."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evidence import Label
from lexicon.dictionary_file import Entry
from lexicon.hits import Hit
from lexicon.morphology import Morphology
from lexicon.tokens import Token, sentences

SILENT_SECTION = "allowed"
"""Entries of this section hit nothing and silence what they cover of their own dictionary."""

_BETWEEN_WORDS = re.compile(r"[^\w.!?;]{0,4}|\.")
"""What may stand between the words of a phrase: spaces, a dash, quotes, a line break, the dot of a name; not the end
of a sentence."""

_RUSSIAN = re.compile(r"[а-я]+")


@dataclass(frozen=True, slots=True)
class _Phrase:
    label: Label
    entry: str
    keys: tuple[frozenset[str], ...]
    """For every word the lemmas that count; a key with ``=`` in front is an exact spelling."""
    silent: bool

    @property
    def rank(self) -> tuple[int, bool]:
        """Which of several phrases at one place counts: the longest, of equals the silent one."""
        return len(self.keys), self.silent


class PhraseMatcher:
    """Words and phrases of several dictionaries, each with the label that its hits get."""

    def __init__(self, entries: Iterable[tuple[Label, Entry]], morphology: Morphology) -> None:
        self._morphology = morphology
        self._by_first_key: dict[str, list[_Phrase]] = {}
        self._patterns: list[tuple[Label, Entry, re.Pattern[str]]] = []
        for label, entry in entries:
            if entry.regex is not None:
                self._patterns.append((label, entry, entry.regex))
                continue
            keys = tuple(self._entry_keys(word, entry.exact) for word in entry.words)
            phrase = _Phrase(label, entry.text, keys, silent=entry.section == SILENT_SECTION)
            for key in phrase.keys[0]:
                self._by_first_key.setdefault(key, []).append(phrase)

    def find(self, source: str, tokens: Sequence[Token]) -> Iterator[Hit]:
        """Hits in order of their words, then of expressions; per label the longest phrase wins and none overlap."""
        hits: list[Hit] = []
        silent: dict[Label, list[tuple[int, int]]] = {}
        for hit, is_silent in itertools.chain(self._by_words(source, tokens), self._by_pattern(source)):
            if is_silent:
                silent.setdefault(hit.label, []).append((hit.start, hit.end))
            else:
                hits.append(hit)
        covers = {label: _Cover(ranges) for label, ranges in silent.items()}
        for hit in hits:
            if hit.label not in covers or not covers[hit.label].holds(hit.start, hit.end):
                yield hit

    def _by_words(self, source: str, tokens: Sequence[Token]) -> Iterator[tuple[Hit, bool]]:
        keys = [self._token_keys(token.text) for token in tokens]
        taken_until: dict[Label, int] = {}
        for index in range(len(tokens)):
            best: dict[Label, _Phrase] = {}
            for phrase in self._starting_with(keys[index]):
                fits = taken_until.get(phrase.label, 0) <= index and self._fits(phrase, source, tokens, keys, index)
                if fits and (phrase.label not in best or phrase.rank > best[phrase.label].rank):
                    best[phrase.label] = phrase
            for label, phrase in best.items():
                taken_until[label] = index + len(phrase.keys)
                start, end = tokens[index].start, tokens[index + len(phrase.keys) - 1].end
                yield Hit(label, start, end, source[start:end], phrase.entry, 1.0), phrase.silent

    def _by_pattern(self, source: str) -> Iterator[tuple[Hit, bool]]:
        if not self._patterns:
            return
        folded = source.replace("ё", "е").replace("Ё", "Е")
        for start, end in sentences(source):
            for label, entry, pattern in self._patterns:
                for match in pattern.finditer(folded[start:end]):
                    # An expression may look at the space around its words; the match is the words.
                    first = start + match.end() - len(match.group().lstrip())
                    last = start + match.start() + len(match.group().rstrip())
                    if last > first:
                        hit = Hit(label, first, last, source[first:last], entry.text, 1.0)
                        yield hit, entry.section == SILENT_SECTION

    def _starting_with(self, keys: frozenset[str]) -> Iterator[_Phrase]:
        for key in sorted(keys):
            yield from self._by_first_key.get(key, ())

    def _fits(
        self, phrase: _Phrase, source: str, tokens: Sequence[Token], keys: Sequence[frozenset[str]], first: int
    ) -> bool:
        if first + len(phrase.keys) > len(tokens):
            return False
        for offset in range(1, len(phrase.keys)):
            between = source[tokens[first + offset - 1].end : tokens[first + offset].start]
            if phrase.keys[offset].isdisjoint(keys[first + offset]) or not _BETWEEN_WORDS.fullmatch(between):
                return False
        return True

    def _token_keys(self, word: str) -> frozenset[str]:
        keys = frozenset({word, "=" + word})
        return keys | self._morphology.lemmas(word) if _RUSSIAN.fullmatch(word) else keys

    def _entry_keys(self, word: str, exact: bool) -> frozenset[str]:
        if exact:
            return frozenset({"=" + word})
        lemmas = self._morphology.lemmas(word) if _RUSSIAN.fullmatch(word) else frozenset({word})
        # An entry is normally written in its dictionary form; other readings of it would only add false matches.
        return frozenset({word}) if word in lemmas else lemmas


class _Cover:
    """Ranges that a smaller one may lie in."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(ranges)
        self._starts = [start for start, _ in ordered]
        self._ends = list(itertools.accumulate((end for _, end in ordered), max))

    def holds(self, start: int, end: int) -> bool:
        """Whether one of the ranges covers ``start..end``."""
        index = bisect_right(self._starts, start)
        return index > 0 and self._ends[index - 1] >= end
