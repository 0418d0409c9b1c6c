"""The transcript of a report with the words of its findings marked, in pages or as compact data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from reports.document import Transcript, TranscriptSegment
from reports.models import Finding, Report

SEGMENTS_PER_PAGE = 100

SLACK_S = 1.0
"""A finding's words may begin a little before and end a little after the finding itself."""

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


def word_owners(report: Report, passages: Sequence[TranscriptSegment]) -> Owners:
    """Whose the words of ``passages`` (in time order) are; the first finding that owns a word wins. One query."""
    if not passages:
        return {}
    owners: dict[tuple[float, float], int] = {}
    findings = Finding.objects.filter(
        report=report, start_s__lte=passages[-1].end_s + SLACK_S, end_s__gte=passages[0].start_s - SLACK_S
    )
    rows = findings.order_by("number").values_list("number", "evidence__words").iterator(2000)
    for number, words in rows:
        for word in words or ():
            if word["hit"]:
                owners.setdefault((word["start_s"], word["end_s"]), number)
    return owners


def passages_of(report: Report, transcript: Transcript, page: int, size: int = SEGMENTS_PER_PAGE) -> PassagePage:
    """Page ``page`` (from 1) of the transcript; a page beyond the last one is the last one. One query."""
    pages = max(1, -(-len(transcript.segments) // size))
    page = max(1, min(page, pages))
    first = (page - 1) * size
    segments = transcript.segments[first : first + size]
    owners = word_owners(report, segments)
    return PassagePage(
        tuple(
            Passage(number, segment.start_s, tuple(_stretches(segment, owners)))
            for number, segment in enumerate(segments, first + 1)
        ),
        page,
        pages,
    )


def compact_passages(report: Report, transcript: Transcript) -> dict[str, Any]:
    """``segments``: ``[start, end, [word, …], [word's start after the segment's, …], {position of a word: finding}]``;
    times are tenths of a second. A segment without word times is one long word."""
    owners = word_owners(report, transcript.segments)
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
