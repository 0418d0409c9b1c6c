"""Finds dictionary words and phrases by lemma, in one pass over the words of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evidence import Label
from lexicon.dictionary_file import Entry
from lexicon.hits import Hit
from lexicon.morphology import Morphology
from lexicon.tokens import Token, sentences

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
            phrase = _Phrase(label, entry.text, tuple(self._entry_keys(word, entry.exact) for word in entry.words))
            for key in phrase.keys[0]:
                self._by_first_key.setdefault(key, []).append(phrase)

    def find(self, source: str, tokens: Sequence[Token]) -> Iterator[Hit]:
        """Hits in order of their words, then of expressions; per label the longest phrase wins and none overlap."""
        keys = [self._token_keys(token.text) for token in tokens]
        taken_until: dict[Label, int] = {}
        for index in range(len(tokens)):
            best: dict[Label, tuple[int, _Phrase]] = {}
            for phrase in self._starting_with(keys[index]):
                length = len(phrase.keys)
                fits = taken_until.get(phrase.label, 0) <= index and self._fits(phrase, source, tokens, keys, index)
                if fits and length > best.get(phrase.label, (0, phrase))[0]:
                    best[phrase.label] = (length, phrase)
            for label, (length, phrase) in best.items():
                taken_until[label] = index + length
                start, end = tokens[index].start, tokens[index + length - 1].end
                yield Hit(label, start, end, source[start:end], phrase.entry, 1.0)
        yield from self._by_pattern(source)

    def _by_pattern(self, source: str) -> Iterator[Hit]:
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
                        yield Hit(label, first, last, source[first:last], entry.text, 1.0)

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
