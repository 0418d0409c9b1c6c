"""The report as a workbook: verdicts, findings, transcript, what was checked."""

from __future__ import annotations

from dataclasses import astuple
from datetime import UTC
from typing import Any, BinaryIO

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reports import wording
from reports.document import ReportDocument
from reports.exports.export_format import ExportFormat, StoredDocument
from reports.exports.finding_row import COLUMNS, column_titles, finding_rows

DAY_S = 86_400
"""A spreadsheet counts time in days."""

MAX_CELL = 32_767
"""Characters that a cell holds; XlsxWriter drops a longer text whole."""

WIDTHS = {
    "number": 6, "start_s": 11, "end_s": 11, "severity": 12, "category": 22, "title": 34, "quote": 46, "reason": 60,
    "outcome": 26, "action_needed": 10, "score": 9, "source": 22, "act": 46, "url": 28, "fixes": 28, "question": 34,
    "pack": 30, "rule": 24,
}  # fmt: skip


def write(document: StoredDocument, target: BinaryIO) -> None:
    report = document.report
    options = {
        "constant_memory": True,  # rows go to disk as they come
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": True,
    }
    with translation.override(document.language), xlsxwriter.Workbook(target, options) as workbook:
        workbook.set_properties(
            {
                "title": f"{report.video.name} – {gettext('Compliance report')}",
                "company": report.product.name,
                "created": report.created_at.astimezone(UTC).replace(tzinfo=None),
            }
        )
        sheets = _Sheets(workbook)
        sheets.verdicts(report)
        sheets.findings(report)
        sheets.transcript(report)
        sheets.coverage(report)


class _Sheets:
    """One method a sheet. Rows are written in order, as ``constant_memory`` asks."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        base = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
        self._plain = workbook.add_format(base)
        self._wrapped = workbook.add_format({**base, "text_wrap": True})
        self._head = workbook.add_format(
            {**base, "bold": True, "bg_color": "#EEF0F3", "bottom": 1, "bottom_color": "#D9DCE2", "text_wrap": True}
        )
        self._title = workbook.add_format({**base, "bold": True, "font_size": 16})
        self._time = workbook.add_format({**base, "num_format": "[h]:mm:ss.0", "align": "left"})
        self._score = workbook.add_format({**base, "num_format": "0.00"})
        self._day = workbook.add_format({**base, "num_format": "yyyy-mm-dd", "align": "left"})

    def verdicts(self, report: ReportDocument) -> None:
        sheet = self._sheet(gettext("Verdicts"), (36, 34, 14, 18, 44, 44))
        self._text(sheet, 0, 0, report.video.name, self._title)
        length, size = wording.duration(report.video.duration_s), wording.size(report.video.size_bytes)
        self._text(sheet, 1, 0, f"{length} · {report.video.width} × {report.video.height} · {size}")
        self._text(sheet, 2, 0, wording.moment(report.created_at))
        self._heads(
            sheet,
            4,
            (
                gettext("Pack"),
                gettext("Outcome"),
                gettext("Version"),
                gettext("Rules checked"),
                gettext("What would change it"),
                gettext("Not checked"),
            ),
        )
        for row, verdict in enumerate(report.verdicts, start=5):
            other = verdict.alternative
            self._text(sheet, row, 0, verdict.title, self._wrapped)
            self._text(sheet, row, 1, verdict.outcome_title, self._wrapped)
            self._text(sheet, row, 2, verdict.version)
            sheet.write_datetime(row, 3, verdict.checked_on, self._day)
            if other:
                words = wording.without_scenes(other.scenes, other.duration_s, other.outcome_title)
                self._text(sheet, row, 4, words, self._wrapped)
            self._text(sheet, row, 5, ", ".join(map(wording.detector_title, verdict.blind_to)), self._wrapped)
        self._text(sheet, 6 + len(report.verdicts), 0, report.disclaimer)

    def findings(self, report: ReportDocument) -> None:
        sheet = self._sheet(gettext("Findings"), [WIDTHS[name] for name in COLUMNS])
        self._heads(sheet, 0, column_titles())
        sheet.freeze_panes(1, 3)
        row = 0
        for row, finding in enumerate(finding_rows(report), start=1):
            for column, (name, value) in enumerate(zip(COLUMNS, astuple(finding), strict=True)):
                if name in ("start_s", "end_s"):
                    sheet.write_number(row, column, value / DAY_S, self._time)
                elif isinstance(value, int | float):
                    sheet.write_number(row, column, value, self._score if name == "score" else self._plain)
                else:
                    self._text(sheet, row, column, value, self._wrapped)
        sheet.autofilter(0, 0, max(row, 1), len(COLUMNS) - 1)

    def transcript(self, report: ReportDocument) -> None:
        sheet = self._sheet(gettext("Transcript"), (11, 11, 100))
        self._heads(sheet, 0, (gettext("From"), gettext("Until"), gettext("Words")))
        sheet.freeze_panes(1, 0)
        for row, segment in enumerate(report.transcript.segments, start=1):
            sheet.write_number(row, 0, segment.start_s / DAY_S, self._time)
            sheet.write_number(row, 1, segment.end_s / DAY_S, self._time)
            self._text(sheet, row, 2, segment.text, self._wrapped)

    def coverage(self, report: ReportDocument) -> None:
        sheet = self._sheet(gettext("What was checked"), (30, 40, 40))
        self._heads(sheet, 0, (gettext("Detector"), gettext("State"), gettext("Model")))
        row = 0
        for row, detector in enumerate(report.coverage.detectors, start=1):
            self._text(sheet, row, 0, wording.detector_title(detector.name))
            self._text(sheet, row, 1, wording.detector_status_title(detector.status))
            self._text(sheet, row, 2, detector.model)
        self._heads(sheet, row + 2, (gettext("What this check cannot tell"),))
        for place, words in enumerate(report.never_checked, start=row + 3):
            self._text(sheet, place, 0, words)

    def _sheet(self, name: str, widths: tuple[int, ...] | list[int]) -> Any:
        sheet = self._workbook.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def _heads(self, sheet: Any, row: int, titles: tuple[Any, ...]) -> None:
        for column, words in enumerate(titles):
            self._text(sheet, row, column, str(words), self._head)

    def _text(self, sheet: Any, row: int, column: int, text: str, style: Any = None) -> None:
        """Always as text, so that nothing from a video becomes a formula or a link."""
        sheet.write_string(row, column, text[:MAX_CELL], style or self._plain)


FORMAT = ExportFormat(
    "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _("Workbook (XLSX)"), write
)
