"""Choosing what to show for a finding: which observation, which moment, which words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evidence import Label, Modality, Observation, Span, Word
from policy.judgement import Judgement, Trigger
from reports.document import ContextWord
from reports.printable import printable

MAX_PICTURES = 300
"""Findings that get a picture. At 15-25 KB each the report stays below about 10 MB, which browsers and mail gateways
still take; the gravest findings come first, and the rest keep their time and words."""

SAME_PICTURE_S = 0.5
"""A finding that no single frame shows (speech) shares the picture of a neighbour at most this far away."""

CONTEXT_WORDS = 8
"""Spoken words shown before and after a hit: about one breath of speech on each side."""

PAUSE_S = 2.0
"""A longer silence ends a passage: what is said after it is another thought."""

MAX_WORDS = 120
"""Words of a finding's passage; a merged segment of many hits shows its first ones."""

MAX_SIGNALS = 12
"""Observations listed under a finding; the strongest are kept."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """The observations of one finding: what it is about, what only supports it or is its label, both in time order;
    the strongest, and the one whose frame is shown."""

    hits: tuple[Observation, ...]
    beside: tuple[Observation, ...]
    lead: Observation | None
    shown: Observation | None

    @classmethod
    def of(cls, trigger: Trigger, by_id: Mapping[str, Observation]) -> Exhibit:
        """A trigger may name observations that were not handed over (an older run): they are left out."""
        hits, beside = (
            sorted((by_id[name] for name in names if name in by_id), key=lambda observation: observation.span)
            for names in (trigger.observation_ids, trigger.beside_ids)
        )
        lead = max(hits or beside, key=lambda observation: observation.score, default=None)
        # The frame of the thing itself beats that of its label; a box tells a person where to look, so it beats a
        # slightly better score without one.
        visible = [seen for seen in hits if seen.frame_s is not None] or [
            seen for seen in beside if seen.frame_s is not None
        ]
        shown = max(visible, key=lambda seen: (seen.box is not None, seen.score), default=None)
        return cls(tuple(hits), tuple(beside), lead, shown)

    @property
    def observations(self) -> tuple[Observation, ...]:
        return tuple(sorted((*self.hits, *self.beside), key=lambda observation: observation.span))

    def moment_s(self, trigger: Trigger) -> float:
        """The moment to show: the frame that shows it best, else the middle of what was heard."""
        if self.shown is not None and self.shown.frame_s is not None:
            return round(self.shown.frame_s, 3)
        span = self.lead.span if self.lead is not None else trigger.span
        return round((span.start_s + span.end_s) / 2, 3)

    def quoted(self) -> Observation | None:
        """Whose text to quote: the strongest reading from the screen, else the strongest that has words at all.

        The label of an ad is quoted only where nothing else is known to read.
        """
        worded = [seen for seen in self.hits if seen.text] or [seen for seen in self.beside if seen.text]
        return max(worded, key=lambda seen: (seen.modality is Modality.TEXT, seen.score), default=None)

    def signals(self) -> tuple[Observation, ...]:
        """What is quoted and the strongest observations, in time order; up to half of the places are for what supports
        them."""
        quoted = self.quoted()

        def strongest(observations: Sequence[Observation], places: int) -> list[Observation]:
            return sorted(observations, key=lambda seen: (seen is not quoted, -seen.score))[:places]

        beside = strongest(self.beside, max(MAX_SIGNALS // 2, MAX_SIGNALS - len(self.hits)))
        hits = strongest(self.hits, MAX_SIGNALS - len(beside))
        return tuple(sorted((*hits, *beside), key=lambda observation: observation.span))


def by_id(observations: Iterable[Observation]) -> dict[str, Observation]:
    return {observation.id: observation for observation in observations if observation.id}


def pictured(judgements: Sequence[Judgement], observations: Mapping[str, Observation]) -> dict[tuple[str, str], float]:
    """Which findings get a picture, by (pack, trigger id), and of which moment.

    The gravest ``MAX_PICTURES`` are chosen. Findings of several packs about one scene share a moment, and so do
    spoken ones next to an already chosen one.
    """
    chosen = sorted(
        (trigger for judgement in judgements for trigger in judgement.triggers),
        key=lambda trigger: (not trigger.action_needed, -trigger.severity.rank, -trigger.score, trigger.span),
    )[:MAX_PICTURES]
    exhibits = [(trigger, Exhibit.of(trigger, observations)) for trigger in chosen]
    exact = [(trigger, exhibit) for trigger, exhibit in exhibits if exhibit.shown is not None]
    loose = [(trigger, exhibit) for trigger, exhibit in exhibits if exhibit.shown is None]
    moments = {(trigger.pack, trigger.id): exhibit.moment_s(trigger) for trigger, exhibit in exact}
    taken = sorted(set(moments.values()))
    for trigger, exhibit in loose:
        wanted = exhibit.moment_s(trigger)
        place = bisect_left(taken, wanted)
        near = [
            taken[i] for i in (place - 1, place) if 0 <= i < len(taken) and abs(taken[i] - wanted) <= SAME_PICTURE_S
        ]
        if near:
            wanted = min(near, key=lambda moment: abs(moment - wanted))
        else:
            taken.insert(place, wanted)
        moments[trigger.pack, trigger.id] = wanted
    return moments


def frames_wanted(judgements: Sequence[Judgement], observations: Sequence[Observation]) -> tuple[float, ...]:
    """The moments whose frames the report shows, in seconds, ascending, each once; at most ``MAX_PICTURES``."""
    return tuple(sorted(set(pictured(judgements, by_id(observations)).values())))


class SpokenWords:
    """Every word of the transcript in time order, to quote from."""

    def __init__(self, observations: Iterable[Observation]) -> None:
        segments = [heard for heard in observations if heard.label is Label.SPEECH_SEGMENT]
        self._words: list[Word] = sorted(
            (word for segment in segments for word in segment.words), key=lambda word: (word.start_s, word.end_s)
        )
        self._middles = [(word.start_s + word.end_s) / 2 for word in self._words]

    def passage(self, exhibit: Exhibit) -> tuple[ContextWord, ...]:
        """The spoken hits of a finding with the words around each; empty when nothing was spoken."""
        hits: set[int] = set()
        for heard in exhibit.observations:
            if heard.modality is Modality.SPEECH:
                hits.update(self._inside(spoken_spans(heard)))
        kept = sorted({near for hit in hits for near in self._around(hit)})[:MAX_WORDS]
        return tuple(self._quoted(index, index in hits) for index in kept)

    def _quoted(self, index: int, hit: bool) -> ContextWord:
        word = self._words[index]
        return ContextWord(printable(word.text.strip()), round(word.start_s, 3), round(word.end_s, 3), hit)

    def _around(self, index: int) -> range:
        """Up to ``CONTEXT_WORDS`` on each side, as long as nobody pauses."""
        first = last = index
        while first > max(0, index - CONTEXT_WORDS) and not self._pause_before(first):
            first -= 1
        while last < min(len(self._words) - 1, index + CONTEXT_WORDS) and not self._pause_before(last + 1):
            last += 1
        return range(first, last + 1)

    def _pause_before(self, index: int) -> bool:
        return self._words[index].start_s - self._words[index - 1].end_s > PAUSE_S

    def _inside(self, spans: Iterable[Span]) -> Iterable[int]:
        for span in spans:
            yield from range(bisect_left(self._middles, span.start_s), bisect_right(self._middles, span.end_s))


def spoken_spans(heard: Observation) -> tuple[Span, ...]:
    """When exactly it was said: the words' times, else the whole span."""
    return tuple(Span(word.start_s, word.end_s) for word in heard.words) or (heard.span,)
