"""What the HTML page shows, worked out from the document: cards, articles, the transcript and their links."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from evidence import Modality, Span
from reports.document import Finding, ReportDocument, StepTiming, TranscriptSegment, Verdict
from reports.exhibits import MAX_PICTURES, PAUSE_S
from reports.thumbnail_size import LONGEST_SIDE
from reports.timeline import Timeline, draw_timeline
from reports.verdict_cards import Deciding, VerdictCard, named_detectors, verdict_card


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of quoted text; ``finding`` is the number of the finding it belongs to, if it is a hit."""

    text: str
    hit: bool
    finding: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    modality: Modality
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A frame in the SVG coordinates of the video. Its pixels stand in the article of finding ``first``."""

    first: int
    data_uri: str
    box: tuple[str, str, str, str] | None
    """Left, top, width, height in percent."""


@dataclass(frozen=True, slots=True)
class Article:
    number: int
    finding: Finding
    pack_title: str
    picture: Picture | None
    quotes: tuple[Quote, ...]
    segment: int | None
    """Number of the transcript segment in which it is said."""


@dataclass(frozen=True, slots=True)
class Spoken:
    number: int
    segment: TranscriptSegment
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Page:
    report: ReportDocument
    cards: tuple[VerdictCard, ...]
    timeline: Timeline
    articles: tuple[Article, ...]
    spoken: tuple[Spoken, ...]
    picture_width: int
    picture_height: int
    checked: tuple[str, ...]
    """Titles of the detectors that leave no gap."""
    not_checked: tuple[str, ...]
    action_count: int
    steps: tuple[StepTiming, ...]
    """Without the detectors, which have a table of their own."""
    pictures_shown: int | None
    """Set when not every finding has one."""


def lay_out(report: ReportDocument) -> Page:
    """Everything the templates need; call it with the report's language active."""
    numbers = {finding.id: number for number, finding in enumerate(report.findings, start=1)}
    pack_titles = {verdict.pack: verdict.title for verdict in report.verdicts}
    pictures = _pictures(report.findings)
    starts = [segment.start_s for segment in report.transcript.segments]
    scale = LONGEST_SIDE / max(report.video.width, report.video.height)
    articles = tuple(
        Article(
            number=number,
            finding=finding,
            pack_title=pack_titles.get(finding.pack, finding.pack),
            picture=pictures.get(number),
            quotes=tuple(quotes_of(finding)),
            segment=_segment_of(finding, starts),
        )
        for number, finding in enumerate(report.findings, start=1)
    )
    return Page(
        report=report,
        cards=tuple(_card(verdict, report.findings, numbers) for verdict in report.verdicts),
        timeline=draw_timeline(report.findings, report.transcript, report.video.duration_s),
        articles=articles,
        spoken=_spoken(report),
        picture_width=max(1, round(report.video.width * scale)),
        picture_height=max(1, round(report.video.height * scale)),
        checked=named_detectors(
            detector.name for detector in report.coverage.detectors if not detector.status.leaves_a_gap
        ),
        not_checked=named_detectors(detector.name for detector in report.coverage.gaps),
        steps=tuple(step for step in report.timing.steps if not step.name.startswith("detect:")),
        action_count=sum(finding.action_needed for finding in report.findings),
        pictures_shown=MAX_PICTURES if len(report.findings) > MAX_PICTURES else None,
    )


def _card(verdict: Verdict, findings: Sequence[Finding], numbers: dict[str, int]) -> VerdictCard:
    deciding = [findings[numbers[name] - 1] for name in verdict.because if name in numbers]
    return verdict_card(
        verdict,
        [
            Deciding(numbers[finding.id], finding.title, finding.severity, Span(finding.start_s, finding.end_s))
            for finding in deciding
        ],
    )


def _pictures(findings: Sequence[Finding]) -> dict[int, Picture]:
    """Pictures by finding number; findings that show the same moment share its pixels."""
    first: dict[float, tuple[int, str]] = {}
    for number, finding in enumerate(findings, start=1):
        if finding.evidence.thumbnail is not None:
            first.setdefault(finding.evidence.frame_s, (number, finding.evidence.thumbnail))
    pictures = {}
    for number, finding in enumerate(findings, start=1):
        if finding.evidence.frame_s in first:
            owner, uri = first[finding.evidence.frame_s]
            pictures[number] = Picture(owner, uri, _box(finding))
    return pictures


def _box(finding: Finding) -> tuple[str, str, str, str] | None:
    box = finding.evidence.box
    if box is None:
        return None
    left, top, width, height = (f"{100 * side:.2f}%" for side in (box.left, box.top, box.width, box.height))
    return left, top, width, height


def quotes_of(finding: Finding) -> Iterable[Quote]:
    """The spoken passage, and the line that was read on screen."""
    evidence = finding.evidence
    if evidence.words:
        yield Quote(Modality.SPEECH, tuple(_passage(finding)))
    read = any(signal.modality is Modality.TEXT and signal.text == evidence.text for signal in evidence.signals)
    if evidence.text is not None and (read or not evidence.words):
        yield Quote(Modality.TEXT if read else Modality.SPEECH, _line(evidence.text, evidence.context or evidence.text))


def _line(hit: str, line: str) -> tuple[Piece, ...]:
    place = line.find(hit)
    if place < 0:
        return (Piece(hit, hit=True),)
    end = place + len(hit)
    parts = (Piece(line[:place], hit=False), Piece(hit, hit=True), Piece(line[end:], hit=False))
    return tuple(part for part in parts if part.text)


def _passage(finding: Finding) -> Iterable[Piece]:
    """Neighbouring words of a kind become one piece; an ellipsis stands where the passage jumps."""
    words = finding.evidence.words
    jumps = [0, *(index for index in range(1, len(words)) if words[index].start_s - words[index - 1].end_s > PAUSE_S)]
    for part, start in enumerate(jumps):
        end = jumps[part + 1] if part + 1 < len(jumps) else len(words)
        if part:
            yield Piece(" … ", hit=False)
        runs = [(hit, list(run)) for hit, run in groupby(words[start:end], key=lambda word: word.hit)]
        for place, (hit, run) in enumerate(runs):
            if place:
                yield Piece(" ", hit=False)
            yield Piece(" ".join(word.text for word in run), hit)


def _segment_of(finding: Finding, starts: Sequence[float]) -> int | None:
    """The last segment that starts no later than the first hit; ``starts`` are all segments' in order."""
    said = next((word.start_s for word in finding.evidence.words if word.hit), None)
    return None if said is None else bisect_right(starts, said) or None


def _spoken(report: ReportDocument) -> tuple[Spoken, ...]:
    """The transcript with the words of findings marked; the first finding that owns a word is linked."""
    owners: dict[tuple[float, float], int] = {}
    for number, finding in enumerate(report.findings, start=1):
        for word in finding.evidence.words:
            if word.hit:
                owners.setdefault((word.start_s, word.end_s), number)
    return tuple(
        Spoken(number, segment, tuple(_segment_pieces(segment, owners)))
        for number, segment in enumerate(report.transcript.segments, start=1)
    )


def _segment_pieces(segment: TranscriptSegment, owners: dict[tuple[float, float], int]) -> Iterable[Piece]:
    if not segment.words:
        yield Piece(segment.text, hit=False)
        return
    runs = groupby(segment.words, key=lambda word: owners.get((word.start_s, word.end_s)))
    for place, (owner, run) in enumerate(runs):
        text = " ".join(word.text for word in run)
        if place:
            yield Piece(" ", hit=False)
        yield Piece(text, owner is not None, owner)
