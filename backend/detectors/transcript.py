"""Speech segments joined into running text that remembers when each of its words was said."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evidence import Observation, Span, Word

MAX_PAUSE_S = 1.0
"""A longer pause between segments ends a passage: a phrase is not said across it."""


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A spoken word and its place in the passage's text."""

    word: Word
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Segments said without a long pause, their texts joined by one space; ``segments`` pairs each with its offset."""

    text: str
    segments: tuple[tuple[int, Observation], ...]
    words: tuple[PlacedWord, ...]

    def words_in(self, start: int, end: int) -> tuple[Word, ...]:
        """Words that ``text[start:end]`` touches."""
        return tuple(placed.word for placed in self.words if placed.start < end and placed.end > start)

    def segments_in(self, start: int, end: int) -> tuple[Observation, ...]:
        """Segments that ``text[start:end]`` touches."""
        return tuple(
            segment for offset, segment in self.segments if offset < end and offset + len(segment.text or "") > start
        )

    def span_of(self, start: int, end: int) -> Span:
        """From the first touched word's start to the last one's end; the whole segments when words have no times."""
        words = self.words_in(start, end)
        if words:
            return Span(max(0.0, words[0].start_s), max(0.0, words[0].start_s, *(word.end_s for word in words)))
        segments = self.segments_in(start, end)
        return Span(segments[0].span.start_s, max(segment.span.end_s for segment in segments))


def passages(segments: Iterable[Observation]) -> Iterator[Passage]:
    """Passages of a whole track, in time order. Segments without text are left out."""
    together: list[Observation] = []
    for segment in sorted((segment for segment in segments if segment.text), key=lambda segment: segment.span):
        if together and segment.span.start_s - together[-1].span.end_s >= MAX_PAUSE_S:
            yield _joined(together)
            together = []
        together.append(segment)
    if together:
        yield _joined(together)


def _joined(segments: Sequence[Observation]) -> Passage:
    texts: list[str] = []
    placed: list[tuple[int, Observation]] = []
    words: list[PlacedWord] = []
    offset = 0
    for segment in segments:
        text = segment.text or ""
        placed.append((offset, segment))
        words.extend(placed_words(segment, text, offset))
        texts.append(text)
        offset += len(text) + 1
    return Passage(" ".join(texts), tuple(placed), tuple(words))


def placed_words(source: Observation, text: str, offset: int = 0) -> Iterator[PlacedWord]:
    """The observation's words found in its ``text`` in order; one that the text spells differently or that has no
    finite times is left out.
    """
    position = 0
    for word in source.words:
        if not (math.isfinite(word.start_s) and math.isfinite(word.end_s)):
            continue
        written = word.text.strip()
        start = text.find(written, position) if written else -1
        if start >= 0:
            position = start + len(written)
            yield PlacedWord(word, offset + start, offset + position)
