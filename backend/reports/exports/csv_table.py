"""The findings as a table that spreadsheets open by a double click."""

from __future__ import annotations

import csv
from dataclasses import astuple
from io import TextIOWrapper
from typing import BinaryIO

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from reports.exports.export_format import ExportFormat, StoredDocument
from reports.exports.finding_row import COLUMNS, column_titles, finding_rows
from reports.wording import clock

DELIMITERS = {"ru": ";", "en": ","}
"""A Russian spreadsheet takes the comma for a decimal point, so it expects semicolons."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|")  # fmt: skip
"""A cell that begins so may be run as a formula; words from a video must not be."""


def write(document: StoredDocument, target: BinaryIO) -> None:
    """UTF-8 with a byte order mark (else spreadsheets guess the encoding), CRLF, a header line."""
    text = TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    table = csv.writer(text, delimiter=DELIMITERS[document.language])
    with translation.override(document.language):
        table.writerow(column_titles())
        for row in finding_rows(document.report):
            table.writerow(
                [_cell(name, value, document.language) for name, value in zip(COLUMNS, astuple(row), strict=True)]
            )
    text.detach()


def _cell(name: str, value: object, language: str) -> object:
    if name in ("start_s", "end_s"):
        return clock_with_hours(float(str(value)))
    if isinstance(value, float):
        number = f"{value:.4f}"
        return number.replace(".", ",") if language == "ru" else number
    if isinstance(value, str):
        return harmless(value)
    return value


def harmless(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would run."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def clock_with_hours(seconds: float) -> str:
    """``0:12:05.4``: always with hours, else ``12:05`` is read as five past twelve."""
    words = clock(seconds)
    return words if words.count(":") == 2 else f"0:{words}"


FORMAT = ExportFormat("csv", "text/csv", _("Table (CSV)"), write)
