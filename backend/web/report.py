"""The page of a report: verdicts, player with timeline, findings, evidence, transcript."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from reports.coverage import Coverage
from reports.document import Language
from reports.document_parsing import parse_part
from reports.exports import EXPORTS
from reports.models import Finding, Report
from reports.reading import count_findings, page_of, verdict_cards, verdicts_of
from reports.sharing import open_link
from reports.spoken_passages import PassagePage, passages_of
from reports.stored_parts import StoredParts, frame_moments
from reports.timeline_data import lanes
from reports.verdict_cards import named_detectors
from storage.base import ObjectMissing
from storage.registry import open_storage
from videos.project_settings import current_settings, values_of
from web.finding_view import FindingView, FindingViews
from web.report_choices import filter_choices
from web.report_doors import OpenedReport, report_language
from web.report_filters import asked_filter, asked_number
from web.report_player import player_data
from web.report_words import page_data

ROWS_PER_PAGE = 40
PASSAGES_SHOWN = 12
"""Passages of the transcript that come with the page: what its panel shows before anything is fetched."""

SPEEDS = (0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4)


@gzip_page
@require_safe
def report_page(request: HttpRequest, opened: OpenedReport) -> HttpResponse:
    if opened.link is not None and request.method == "GET" and not request.htmx:  # type: ignore[attr-defined]
        open_link(str(request.resolver_match.kwargs["token"]))  # type: ignore[union-attr]
    return render(request, "web/report/report.html", _context(request, opened))


def _context(request: HttpRequest, opened: OpenedReport) -> dict[str, Any]:
    report = opened.report
    language = report_language()
    wanted = asked_filter(request.GET)
    counts = count_findings(report, wanted, language)
    verdicts = verdicts_of(report, language)
    reader = ReportReader(report, language)
    page = page_of(
        report,
        wanted,
        language,
        after=asked_number(request.GET, "after"),
        before=asked_number(request.GET, "before"),
        limit=ROWS_PER_PAGE,
    )
    rows = [reader.views.of(row) for row in page.findings]
    player = player_data(opened, reader.parts, reader.visual)
    summary = report.summary[language]
    coverage = parse_part(Coverage, summary["coverage"])
    return {
        "opened": opened,
        "report": report,
        "video": report.video,
        "cards": verdict_cards(report, verdicts, language),
        "coverage": coverage,
        "not_checked": named_detectors(detector.name for detector in coverage.gaps),
        "checked": named_detectors(one.name for one in coverage.detectors if not one.status.leaves_a_gap),
        "never_checked": summary["never_checked"],
        "disclaimer": summary["disclaimer"],
        "wanted": wanted,
        "counts": counts,
        "choices": filter_choices(counts, wanted, reader.pack_titles),
        "page": page,
        "rows": rows,
        "chosen": reader.chosen(asked_number(request.GET, "finding"), rows),
        "passages": reader.passages(),
        "picture": picture_size(report),
        "groups": lanes(Finding.objects.filter(report=report).order_by().values_list("group", flat=True).distinct()),
        "player": player,
        "speeds": SPEEDS,
        "page_data": page_data(report, player),
        "formats": EXPORTS.values(),
        "language": language,
    }


@dataclass(frozen=True, slots=True)
class PictureSize:
    """SVG coordinates of a frame: the video's proportions, whatever the picture's pixels are."""

    width: int
    height: int


def picture_size(report: Report) -> PictureSize:
    scale = 480 / max(report.width, report.height, 1)
    return PictureSize(max(1, round(report.width * scale)), max(1, round(report.height * scale)))


class ReportReader:
    """What several views of one report need, each part read once."""

    def __init__(self, report: Report, language: Language) -> None:
        self._report = report
        self.parts = StoredParts(report, open_storage())
        project = report.video.project
        assert project is not None, "reports of the site belong to projects"  # noqa: S101 - its doors see to it
        self.visual = values_of(current_settings(project)).visual
        self.pack_titles = {verdict.pack: verdict.title for verdict in verdicts_of(report, language)}
        self.views = FindingViews(language, self.pack_titles, frame_moments(report), frozenset(self.visual.blurred))

    def chosen(self, number: int | None, rows: list[FindingView]) -> FindingView | None:
        """The finding whose evidence is shown: the asked one, else the first of the list."""
        if number is None:
            return rows[0] if rows else None
        row = Finding.objects.filter(report=self._report, number=number).first()
        return None if row is None else self.views.of(row)

    def passages(self) -> PassagePage | None:
        """The first passages; ``None`` when nobody speaks or the transcript is not kept."""
        try:
            transcript = self.parts.transcript(PASSAGES_SHOWN)
        except ObjectMissing:
            return None
        return passages_of(self._report, transcript, 1, PASSAGES_SHOWN) if transcript.segments else None
