"""Obscene and rude words in a folded text, however they are inflected or disguised.

A plain word is judged by its dictionary forms first, then by root patterns. Undoing disguises (look-alikes, digits for
letters, asterisks, repeated or separated letters, transliteration) is tried only on what is *not* an ordinary word:
that is what keeps «учебный» and «мебель» silent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from evidence import Label
from lexicon import disguises
from lexicon.dictionary_file import Entry
from lexicon.folding import FoldedText
from lexicon.masking import MASKS, MaskedWords
from lexicon.morphology import Morphology

SECTIONS = ("obscene", "rude", "allowed")
_TIERS = {"obscene": Label.WORD_OBSCENE, "rude": Label.WORD_RUDE}

_MAX_WORD_CHARS = 40
_MIN_TRANSLITERATED_CHARS = {Label.WORD_OBSCENE: 4, Label.WORD_RUDE: 6}
"""Shorter transliterations are too often an ordinary word ("here", "crab"); the dictionary lists those that count."""
_MAX_SHORT_LATIN_CHARS = 3
_CACHED_WORDS = 50_000

# Scores: a dictionary form is certain; every further step of reading costs some of it.
_BY_LEMMA = 1.0
_BY_PATTERN = 0.95
_DISGUISED = 0.85
_MASKED = 0.75

_CHUNK = re.compile(rf"[^\W_@$](?:[\w@${MASKS}]|[.!|\-'’~](?=[\w@${MASKS}]))*|[@$](?:[\w{MASKS}]|[.\-](?=\w))+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SEPARATORS = re.compile(r"[.!|\-'’~_]+")
_SPACED_LETTERS = re.compile(
    r"(?<!\w)[^\W\d_](?P<separator>[ \t]{1,3}| ?[.\-_*,/|] ?)[^\W\d_](?:(?P=separator)[^\W\d_]){1,30}(?![^\W_])"
)
_RUSSIAN = re.compile(r"[а-яіїєґў]+")
_LATIN = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class ProfaneWord:
    """A match by folded offsets; ``entry`` is the dictionary line that explains it."""

    label: Label
    start: int
    end: int
    entry: str
    score: float


@dataclass(frozen=True, slots=True)
class _Verdict:
    label: Label
    entry: str
    score: float


class ProfanityMatcher:
    """Made of the entries of one profanity dictionary (see ``dictionary_file`` for its sections)."""

    def __init__(self, entries: Iterable[Entry], morphology: Morphology) -> None:
        self._morphology = morphology
        self._words: dict[str, _Verdict] = {}
        self._patterns: list[tuple[re.Pattern[str], _Verdict]] = []
        self._allowed_words: set[str] = set()
        self._allowed_patterns: list[re.Pattern[str]] = []
        self._forms: dict[str, _Verdict] = {}
        for entry in entries:
            if entry.section == "allowed":
                self._allow(entry)
            elif entry.regex is not None:
                self._patterns.append((entry.regex, _Verdict(_TIERS[entry.section], entry.text, _BY_PATTERN)))
            else:
                word = "".join(entry.words)
                verdict = _Verdict(_TIERS[entry.section], entry.text, _BY_LEMMA)
                self._words.setdefault("=" + word if entry.exact else word, verdict)
                for form in sorted({word} if entry.exact else morphology.forms(word)):
                    self._forms.setdefault(form, verdict)
        # "x*y" is arithmetic: short Latin spellings have no masked form.
        self._masked = MaskedWords(
            {word: verdict for word, verdict in self._forms.items() if not _is_short_latin(word)}
        )
        self._judged = lru_cache(_CACHED_WORDS)(self._judge)
        self._undisguised = lru_cache(_CACHED_WORDS)(self._disguised)

    def find(self, text: FoldedText) -> Iterator[ProfaneWord]:
        """Matches in ``text``, by folded offsets."""
        yield from self._in_chunks(text.chars)
        yield from self._spaced(text.chars)

    def _allow(self, entry: Entry) -> None:
        if entry.regex is not None:
            self._allowed_patterns.append(entry.regex)
        elif entry.exact:
            self._allowed_words.add("=" + "".join(entry.words))
        else:
            self._allowed_words.add("".join(entry.words))

    def _in_chunks(self, chars: str) -> Iterator[ProfaneWord]:
        for match in _CHUNK.finditer(chars):
            chunk = match.group()
            if not chunk.isalpha():
                verdict = self._undisguised(chunk)
                if verdict is not None:
                    yield ProfaneWord(verdict.label, match.start(), match.end(), verdict.entry, verdict.score)
                    continue
            for word in _LETTERS.finditer(chunk):
                verdict = self._judged(word.group())
                if verdict is not None:
                    start = match.start() + word.start()
                    yield ProfaneWord(verdict.label, start, start + len(word.group()), verdict.entry, verdict.score)

    def _spaced(self, chars: str) -> Iterator[ProfaneWord]:
        """Words written letter by letter: «б л я т ь», "f.u.c.k"; the longest reading at each place counts."""
        for match in _SPACED_LETTERS.finditer(chars):
            places = [index for index in range(match.start(), match.end()) if chars[index].isalpha()]
            first = 0
            while first < len(places) - 2:
                for last in range(min(len(places), first + _MAX_WORD_CHARS) - 1, first + 1, -1):
                    verdict = self._judged("".join(chars[place] for place in places[first : last + 1]))
                    if verdict is not None:
                        start, end = places[first], places[last] + 1
                        yield ProfaneWord(verdict.label, start, end, verdict.entry, _DISGUISED)
                        first = last
                        break
                first += 1

    # One word, letters only.

    def _judge(self, word: str) -> _Verdict | None:
        if len(word) > _MAX_WORD_CHARS:
            word = disguises.squeezed(word)
            if len(word) > _MAX_WORD_CHARS:
                return None
        if _RUSSIAN.fullmatch(word):
            return self._russian(word)
        if _LATIN.fullmatch(word):
            return self._latin(word)
        return self._first(self._russian, disguises.cyrillic_readings(word)) or self._first(
            self._listed, disguises.latin_readings(word)
        )

    def _listed(self, word: str) -> _Verdict | None:
        """By the dictionary alone: exact spellings, lemmas, then patterns. ``None`` for allowed words too."""
        if self._is_allowed(word):
            return None
        lemmas = self._morphology.lemmas(word) if _RUSSIAN.fullmatch(word) else frozenset({word})
        for key in ("=" + word, word, *sorted(lemmas)):
            if key in self._words:
                return self._words[key]
        for pattern, verdict in self._patterns:
            if pattern.fullmatch(word):
                return verdict
        return None

    def _is_allowed(self, word: str) -> bool:
        if "=" + word in self._allowed_words or word in self._allowed_words:
            return True
        if _RUSSIAN.fullmatch(word) and not self._allowed_words.isdisjoint(self._morphology.lemmas(word)):
            return True
        return any(pattern.fullmatch(word) for pattern in self._allowed_patterns)

    def _russian(self, word: str) -> _Verdict | None:
        verdict = self._listed(word)
        if verdict is not None or self._is_ordinary(word):
            return verdict
        simpler = disguises.squeezed(word.replace("йо", "е"))
        return _weaker(self._listed(simpler)) if simpler != word else None

    def _latin(self, word: str) -> _Verdict | None:
        """English by the dictionary; Russian in Latin letters only when it spells a whole form of a dictionary word.

        Root patterns over transliterations would take "hunter" and "ebook" for something else.
        """
        short = disguises.squeezed(word)
        if self._is_allowed(word) or self._is_allowed(short):
            return None
        verdict = self._listed(word) or _weaker(self._listed(short))
        if verdict is not None:
            return verdict
        twin = disguises.look_alike(short)
        for reading in (*disguises.transliterations(short), *([twin] if twin else [])):
            verdict = self._forms.get(reading)
            if verdict is not None and len(reading) >= _MIN_TRANSLITERATED_CHARS[verdict.label]:
                return _weaker(verdict)
        return None

    def _is_ordinary(self, word: str) -> bool:
        return self._is_allowed(word) or self._morphology.is_known(word)

    def _first(self, judge: Callable[[str], _Verdict | None], readings: Iterable[str]) -> _Verdict | None:
        for reading in readings:
            verdict = judge(reading)
            if verdict is not None:
                return _weaker(verdict)
        return None

    # One chunk with digits, signs or separators in it.

    def _disguised(self, chunk: str) -> _Verdict | None:
        if len(chunk) > _MAX_WORD_CHARS or sum(map(str.isalpha, chunk)) < 2:
            return None
        if any(mask in chunk for mask in MASKS):
            return self._unmasked(chunk)
        if _SEPARATORS.search(chunk):
            return self._joined(chunk)
        return self._substituted(chunk)

    def _unmasked(self, chunk: str) -> _Verdict | None:
        verdict = self._masked.find(chunk)
        if verdict is not None:
            return _Verdict(verdict.label, verdict.entry, _MASKED)
        return None

    def _joined(self, chunk: str) -> _Verdict | None:
        """«пи-здец», «х.у.й»: read without separators unless a part is an ordinary word of its own."""
        parts = [part for part in _SEPARATORS.split(chunk) if part]
        if len(parts) < 2 or any(len(part) >= 3 and self._is_ordinary(part) for part in parts):
            return None
        if "." in chunk and _are_initials(parts):
            return None
        joined = "".join(parts)
        return _weaker(self._judged(joined)) if joined.isalpha() else self._substituted(joined)

    def _substituted(self, chunk: str) -> _Verdict | None:
        if chunk.isalpha() or not any(char.isalpha() for char in chunk):
            return None
        return self._first(self._russian, disguises.cyrillic_readings(chunk)) or self._first(
            self._listed, disguises.latin_readings(chunk)
        )


def _are_initials(parts: list[str]) -> bool:
    """«Е.Б», «Х.У.Ли», «Х.У.Яковлев»: one or two initials, alone or with a surname."""
    if (len(parts) == 2 and len(parts[1]) == 1) or len(parts[-1]) > 3:
        return len(parts[0]) == 1
    return len(parts) == 3 and len(parts[0]) == len(parts[1]) == 1 and len(parts[2]) > 1


def _is_short_latin(word: str) -> bool:
    return word.isascii() and len(word) <= _MAX_SHORT_LATIN_CHARS


def _weaker(verdict: _Verdict | None) -> _Verdict | None:
    return None if verdict is None else _Verdict(verdict.label, verdict.entry, min(verdict.score, _DISGUISED))
