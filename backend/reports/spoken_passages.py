"""The transcript of a report with the words of its findings marked, in pages or as compact data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from reports.document import Transcript, TranscriptSegment
from reports.models import Finding, Report

SEGMENTS_PER_PAGE = 100

Owners = Mapping[tuple[float, float], int]
"""Which finding a word belongs to, by the word's start and end."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring words; ``finding`` is the number of the finding that they belong to, if any."""

    text: str
    finding: int | None


@dataclass(frozen=True, slots=True)
class Passage:
    number: int
    start_s: float
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class PassagePage:
    passages: tuple[Passage, ...]
    page: int
    pages: int


def word_owners(report: Report) -> Owners:
    """The first finding that owns a word wins. One query."""
    owners: dict[tuple[float, float], int] = {}
    rows = (
        Finding.objects.filter(report=report).order_by("number").values_list("number", "evidence__words").iterator(2000)
    )
    for number, words in rows:
        for word in words or ():
            if word["hit"]:
                owners.setdefault((word["start_s"], word["end_s"]), number)
    return owners


def passages_of(transcript: Transcript, owners: Owners, page: int) -> PassagePage:
    """Page ``page`` (from 1) of the transcript; a page beyond the last one is the last one."""
    pages = max(1, -(-len(transcript.segments) // SEGMENTS_PER_PAGE))
    page = max(1, min(page, pages))
    first = (page - 1) * SEGMENTS_PER_PAGE
    return PassagePage(
        tuple(
            Passage(number, segment.start_s, tuple(_stretches(segment, owners)))
            for number, segment in enumerate(transcript.segments[first : first + SEGMENTS_PER_PAGE], first + 1)
        ),
        page,
        pages,
    )


def compact_passages(transcript: Transcript, owners: Owners) -> dict[str, Any]:
    """``segments``: ``[start, end, [word, …], [word's start after the segment's, …], {position of a word: finding}]``;
    times are tenths of a second. A segment without word times is one long word."""
    return {"language": transcript.language or "", "segments": [_compact(one, owners) for one in transcript.segments]}


def _compact(segment: TranscriptSegment, owners: Owners) -> Sequence[Any]:
    begin = round(segment.start_s * 10)
    end = round(segment.end_s * 10)
    if not segment.words:
        return [begin, end, [segment.text], [0], {}]
    return [
        begin,
        end,
        [word.text for word in segment.words],
        [max(0, round(word.start_s * 10) - begin) for word in segment.words],
        {
            place: owners[word.start_s, word.end_s]
            for place, word in enumerate(segment.words)
            if (word.start_s, word.end_s) in owners
        },
    ]


def _stretches(segment: TranscriptSegment, owners: Owners) -> list[Stretch]:
    if not segment.words:
        return [Stretch(segment.text, None)]
    runs = groupby(segment.words, key=lambda word: owners.get((word.start_s, word.end_s)))
    return [Stretch(" ".join(word.text for word in run), owner) for owner, run in runs]
