"""Words that matter, in what was said and in what was written: profanity, brands, offers, advertising labels."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from statistics import fmean

from detectors.protocol import DetectorSettings, DetectorSpec, Reads
from detectors.screen_lines import neighbouring_lines
from detectors.transcript import Passage, passages, placed_words
from evidence import Box, Label, Modality, Observation, Span, Word
from lexicon import Hit, Lexicon, is_contact, is_link, sentence_around

NAME = "words"
_IN_LINKS = frozenset({Label.MARK_ERID, Label.MARK_ERID_DAMAGED})
_IN_OTHER_CODES = _IN_LINKS | {Label.OFFER_PROMO_CODE, Label.OFFER_PHONE, Label.OFFER_PRICE}
_LEADS = frozenset({Label.OFFER_PROMO_CODE, Label.OFFER_PHONE, Label.OFFER_LINK})
_WIFI = re.compile(r"\s*wifi:", re.IGNORECASE)


class WordsDetector:
    """Fed ``speech.segment``, ``text.line`` and ``text.qr``; answers when all of them are known.

    Everything is held back for ``finish``: a promo code can begin in one segment and end in the next, and a line of
    text is read together with its neighbour. ``score`` is the match's score times the confidence of what was heard or
    read. Raises ``lexicon.DictionaryInvalid`` when a dictionary cannot be used.
    """

    def __init__(self, settings: DetectorSettings) -> None:
        self._lexicon = Lexicon.load(settings.profanity_dict, settings.brand_dict, settings.stopwords_dict)
        self._segments: list[Observation] = []
        self._lines: list[Observation] = []
        self._codes: list[Observation] = []

    def look(self, item: Observation) -> Iterable[Observation]:
        by_label = {
            Label.SPEECH_SEGMENT: self._segments,
            Label.TEXT_LINE: self._lines,
            Label.TEXT_QR: self._codes,
        }
        if item.label in by_label and item.text:
            by_label[item.label].append(item)
        return ()

    def finish(self) -> Iterable[Observation]:
        found = [*self._in_speech(), *self._on_screen(), *self._in_codes()]
        return sorted(found, key=lambda observation: (observation.span, observation.label))

    def _in_speech(self) -> Iterator[Observation]:
        for passage in passages(self._segments):
            for hit in self._lexicon.find(passage.text, spoken=True):
                yield _spoken(passage, hit)

    def _on_screen(self) -> Iterator[Observation]:
        named: set[tuple[int, int]] = set()
        for line in self._lines:
            text = line.text or ""
            for hit in self._lexicon.find(text, spoken=False):
                if hit.label is Label.OFFER_PROMO_CODE:
                    named.add((id(line), hit.start))
                yield _written(line, hit, text)
        for first, second in neighbouring_lines(self._lines):
            text = f"{first.text}\n{second.text}"
            break_at = len(first.text or "")
            for hit in self._lexicon.find(text, spoken=False):
                if hit.start < break_at < hit.end:
                    yield _written_across(first, second, hit, text)
                elif hit.label is Label.OFFER_PROMO_CODE:
                    # «Код: BLOG15» is a promo code because the next line promises a discount.
                    line, offset = (first, 0) if hit.end <= break_at else (second, break_at + 1)
                    if (id(line), hit.start - offset) not in named:
                        named.add((id(line), hit.start - offset))
                        yield _written(line, _moved(hit, -offset), line.text or "")

    def _in_codes(self) -> Iterator[Observation]:
        """A QR code is an offer when it opens a link, a contact or a payment, or its text holds one or a promo code.

        A link may carry the ``erid``. The password of a Wi-Fi network is nobody's offer.
        """
        for code in self._codes:
            content = code.text or ""
            if _WIFI.match(content):
                continue
            hits = self._lexicon.find(content, spoken=False)
            if is_link(content) or is_contact(content) or any(hit.label in _LEADS for hit in hits):
                yield _observation(code, Label.OFFER_QR, code.score, content, content)
            told = _IN_LINKS if is_link(content) else _IN_OTHER_CODES
            for hit in hits:
                if hit.label in told:
                    yield _observation(code, hit.label, code.score * hit.score, hit.text, content)


def _spoken(passage: Passage, hit: Hit) -> Observation:
    words = passage.words_in(hit.start, hit.end)
    segments = passage.segments_in(hit.start, hit.end)
    heard = fmean(_fraction(word.probability) for word in words) if words else min(one.score for one in segments)
    return Observation(
        detector=NAME,
        label=hit.label,
        score=hit.score * heard,
        span=passage.span_of(hit.start, hit.end),
        modality=Modality.SPEECH,
        text=hit.text,
        context=sentence_around(passage.text, hit.start, hit.end),
        words=words,
        based_on=_ids(segments),
    )


def _written(line: Observation, hit: Hit, text: str) -> Observation:
    box = None if line.box is None else _part(line.box, hit.start / len(text), hit.end / len(text))
    words = tuple(
        placed.word for placed in placed_words(line, text) if placed.start < hit.end and placed.end > hit.start
    )
    return _observation(line, hit.label, line.score * hit.score, hit.text, text, box=box, words=words)


def _written_across(first: Observation, second: Observation, hit: Hit, text: str) -> Observation:
    """A match that begins on one line and ends on the next, while both are shown."""
    later = first if first.span.start_s >= second.span.start_s else second
    return Observation(
        detector=NAME,
        label=hit.label,
        score=hit.score * min(first.score, second.score),
        span=_shared(first, second),
        modality=Modality.TEXT,
        box=_around(first.box, second.box),
        frame_s=later.frame_s,
        text=hit.text,
        context=text,
        based_on=_ids((first, second)),
    )


def _observation(
    source: Observation,
    label: Label,
    score: float,
    text: str,
    context: str,
    box: Box | None = None,
    words: tuple[Word, ...] = (),
) -> Observation:
    """What stands in one line or code, for as long as that is shown."""
    return Observation(
        detector=NAME,
        label=label,
        score=score,
        span=source.span,
        modality=Modality.TEXT,
        box=box or source.box,
        frame_s=source.frame_s,
        text=text,
        context=context,
        words=words,
        based_on=_ids((source,)),
    )


def _part(box: Box, start: float, end: float) -> Box:
    """The stretch of a line's box between two fractions of its characters: letters are about equally wide."""
    return Box(box.left + box.width * start, box.top, box.width * (end - start), box.height)


def _around(first: Box | None, second: Box | None) -> Box | None:
    if first is None or second is None:
        return first or second
    left, top = min(first.left, second.left), min(first.top, second.top)
    right = max(first.left + first.width, second.left + second.width)
    bottom = max(first.top + first.height, second.top + second.height)
    return Box(left, top, min(right, 1.0) - left, min(bottom, 1.0) - top)


def _moved(hit: Hit, by: int) -> Hit:
    return replace(hit, start=hit.start + by, end=hit.end + by)


def _shared(first: Observation, second: Observation) -> Span:
    return Span(
        max(first.span.start_s, second.span.start_s),
        min(first.span.end_s, second.span.end_s),
    )


def _fraction(probability: float) -> float:
    """A probability that is no number says nothing: it counts as 0, not as certainty."""
    return min(1.0, max(0.0, probability)) if math.isfinite(probability) else 0.0


def _ids(sources: Iterable[Observation]) -> tuple[str, ...]:
    return tuple(source.id for source in sources if source.id)


SPEC = DetectorSpec(
    name=NAME,
    model="built-in lexicon + pymorphy3",
    reads=Reads.OBSERVATIONS,
    make=WordsDetector,
    after=("speech", "text"),
)
