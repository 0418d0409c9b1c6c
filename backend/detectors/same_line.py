"""Whether two readings from one place on screen are of one line: equal but for what reading itself gets wrong.

A line that is wrongly taken for the one before it is never seen by anybody, and a line that is wrongly taken for a new
one is reported twice. So every word must be found again, and doubt speaks for a new line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from detectors.engines.tesseract import ReadLine

UNSURE_WORD = 0.7
UNSURE_SIMILARITY = 0.7
"""When one of two words was read this badly, they are one if so much of their letters agrees (``difflib`` ratio).
Between words read well a single letter is a difference: «рука» and «сука», «медики» and «педики»."""

FAINT_LINE = 0.6
"""A line read worse than this on the whole is half faded in or out: it may lack letters at its ends."""

_EDGES = re.compile(r"^\W+|\W+$")
_SAME_LOOKS = str.maketrans("abcehkmnoptuxyёйщъ", "авсенкмпортихуеишь")
"""Lower-case Latin letters and the Cyrillic ones they are mistaken for, and letters told apart by a speck."""
_EXACT = re.compile(r"\d|[a-zа-яё][A-ZА-ЯЁ]")
"""A digit, or a capital within a word: a price, a number, a code or an advertising token. Each character and its case
carries meaning there."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it is compared: without the marks around it, and without its looks unless they carry meaning."""

    text: str
    is_exact: bool
    confidence: float


def is_same_line(known: ReadLine, reading: ReadLine, *, across_cut: bool) -> bool:
    """``across_cut``: the two are from different shots. Then only a line that says the same is the same."""
    words, its_words = _words(known), _words(reading)
    letters, its_letters = _letters(words), _letters(its_words)
    if letters == its_letters:
        return True
    if len(words) == len(its_words) and all(map(_is_same_word, words, its_words)):
        return True
    is_fainter = reading.confidence < known.confidence
    fragment, whole = (its_letters, letters) if is_fainter else (letters, its_letters)
    is_faint = min(known.confidence, reading.confidence) < FAINT_LINE
    return is_faint and not across_cut and fragment != "" and fragment in whole


def _is_same_word(one: _Word, other: _Word) -> bool:
    if one.text == other.text or one.is_exact or other.is_exact:
        return one.text == other.text
    is_unsure = min(one.confidence, other.confidence) < UNSURE_WORD
    return is_unsure and SequenceMatcher(None, one.text, other.text, autojunk=False).ratio() >= UNSURE_SIMILARITY


def _words(line: ReadLine) -> list[_Word]:
    words = []
    follows_erid = False
    for word in line.words:
        bare = _EDGES.sub("", word.text)
        is_exact = follows_erid or _EXACT.search(bare) is not None
        if bare:
            words.append(_Word(bare if is_exact else bare.casefold().translate(_SAME_LOOKS), is_exact, word.confidence))
            follows_erid = bare.casefold() == "erid"
    return words


def _letters(words: list[_Word]) -> str:
    """Without the spaces between them, which reading often gets wrong."""
    return "".join(word.text for word in words)
