"""What the HTML page shows, worked out from the document: cards, articles, the transcript and their links."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from evidence import Modality, Span
from policy.segments import Segment, merged_segments
from reports import wording
from reports.document import Finding, ReportDocument, StepTiming, TranscriptSegment, Verdict
from reports.exhibits import MAX_PICTURES, PAUSE_S
from reports.thumbnail_size import LONGEST_SIDE
from reports.timeline import Timeline, draw_timeline

MAX_SCENES_ON_A_CARD = 6
"""Deciding scenes linked from a verdict card; the others follow in the list."""


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
class Scene:
    """Deciding findings that overlap or touch; ``number`` is that of the first one."""

    number: int
    span: Span
    title: str


@dataclass(frozen=True, slots=True)
class VerdictCard:
    """``tone`` is the worst severity among the deciding findings, ``gap`` when nothing decides but something was not
    checked, ``clear`` otherwise. ``why`` pairs titles of deciding findings with how often they occur, unless
    they only repeat the outcome."""

    verdict: Verdict
    tone: str
    why: tuple[tuple[str, int], ...]
    scenes: tuple[Scene, ...]
    more_scenes: int
    scene_count: int
    seconds: float
    not_checked: tuple[str, ...]


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
            quotes=tuple(_quotes(finding)),
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
        checked=_named(detector.name for detector in report.coverage.detectors if not detector.status.leaves_a_gap),
        not_checked=_not_checked(report),
        steps=tuple(step for step in report.timing.steps if not step.name.startswith("detect:")),
        action_count=sum(finding.action_needed for finding in report.findings),
        pictures_shown=MAX_PICTURES if len(report.findings) > MAX_PICTURES else None,
    )


def _named(names: Iterable[str]) -> tuple[str, ...]:
    """Detectors as they are listed in a sentence."""
    return tuple(dict.fromkeys(wording.in_sentence(wording.detector_title(name)) for name in names))


def _not_checked(report: ReportDocument) -> tuple[str, ...]:
    return _named(detector.name for detector in report.coverage.gaps)


def _card(verdict: Verdict, findings: Sequence[Finding], numbers: dict[str, int]) -> VerdictCard:
    deciding = [findings[numbers[name] - 1] for name in verdict.because if name in numbers]
    scenes = _scenes(deciding, numbers)
    titles: dict[str, int] = {}
    for finding in sorted(deciding, key=lambda finding: (-finding.severity.rank, finding.start_s)):
        if finding.title != verdict.outcome_title:
            titles[finding.title] = titles.get(finding.title, 0) + 1
    worst = max((finding.severity for finding in deciding), key=lambda severity: severity.rank, default=None)
    tone = worst.value if worst else ("gap" if verdict.blind_to else "clear")
    return VerdictCard(
        verdict=verdict,
        tone=tone,
        why=tuple(titles.items()),
        scenes=scenes[:MAX_SCENES_ON_A_CARD],
        more_scenes=max(0, len(scenes) - MAX_SCENES_ON_A_CARD),
        scene_count=len(scenes),
        seconds=sum(scene.span.duration_s for scene in scenes),
        not_checked=_named(verdict.blind_to),
    )


def _scenes(deciding: Sequence[Finding], numbers: dict[str, int]) -> tuple[Scene, ...]:
    """Overlapping findings are one scene, as in the verdict's alternative."""
    merged = merged_segments(
        (Segment(Span(finding.start_s, finding.end_s), (numbers[finding.id],)) for finding in deciding), 0.0
    )
    titles = {numbers[finding.id]: finding.title for finding in deciding}
    return tuple(
        Scene(scene.hits[0], scene.span, "; ".join(dict.fromkeys(titles[number] for number in scene.hits)))
        for scene in merged
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


def _quotes(finding: Finding) -> Iterable[Quote]:
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
