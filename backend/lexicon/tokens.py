"""Words of a text, and the sentences that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lexicon.folding import FoldedText

MAX_SENTENCE_CHARS = 300
"""Regular expressions from dictionaries never see a longer text: this bounds their time."""

_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.!?…]+[\"»)”]?(?=\s)|\n+")


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word or number and its place in the source."""

    text: str
    start: int
    end: int


def tokenise(folded: FoldedText) -> list[Token]:
    """Runs of letters and digits, in order."""
    return [
        Token(match.group(), *folded.source_range(match.start(), match.end())) for match in _WORD.finditer(folded.chars)
    ]


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of sentences; unpunctuated speech is cut at a space before ``MAX_SENTENCE_CHARS``."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield from _pieces(text, start, match.end())
        start = match.end()
    yield from _pieces(text, start, len(text))


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence (or sentences) that ``text[start:end]`` stands in, trimmed."""
    touched = [bounds for bounds in sentences(text) if bounds[1] > start and bounds[0] < end]
    if not touched:
        return text[start:end].strip()
    return text[touched[0][0] : touched[-1][1]].strip()


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_SENTENCE_CHARS:
        cut = text.rfind(" ", start + 1, start + MAX_SENTENCE_CHARS)
        cut = start + MAX_SENTENCE_CHARS if cut < 0 else cut + 1
        yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end
