"""Every export format keeps the same promises: it opens, says what the report says, in its language, harmlessly."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
import zlib
from xml.etree import ElementTree

import pytest
from django.utils import translation
from tests.reports import sample_report
from tests.reports.stored_report import person, store_report

from reports.document import ReportDocument
from reports.document_parsing import DocumentBroken, parse_report
from reports.exports import EXPORTS, StoredDocument, UnknownFormat, export
from reports.exports.csv_table import harmless
from reports.exports.export_format import file_name
from reports.html_export import export_html
from reports.json_export import export_json
from reports.models import Report
from storage.base import ObjectMissing
from videos.models import Artifact, ArtifactKind, Project

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NASTY = '=HYPERLINK("http://evil.example","x") \U0001f600 漢字 #set $x$ <b>&amp; \\u{41}'


def written(name: str, report: ReportDocument) -> bytes:
    target = io.BytesIO()
    EXPORTS[name].write(StoredDocument(export_json(report).encode(), report.language), target)
    return target.getvalue()


@pytest.fixture(scope="module")
def report() -> ReportDocument:
    return sample_report.build()


@pytest.fixture(params=list(EXPORTS))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def texts_of_sheet(book: zipfile.ZipFile, number: int) -> list[list[str]]:
    tree = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314 - our own file
    return [
        ["".join(cell.itertext()) for cell in row.iter(f"{SHEET}c")] for row in tree.iter(f"{SHEET}row")
    ]  # fmt: skip


def streams_of_pdf(pdf: bytes) -> list[bytes]:
    streams = []
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            streams.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    return streams


def pages_of_pdf(pdf: bytes) -> int:
    everything = b"\n".join([pdf, *streams_of_pdf(pdf)])
    return max(int(count) for count in re.findall(rb"/Type\s*/Pages.*?/Count\s+(\d+)", everything, re.DOTALL))


def test_a_format_writes_the_same_bytes_twice(name: str, report: ReportDocument) -> None:
    assert written(name, report) == written(name, report)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_format_speaks_the_language_of_the_document_whatever_the_page_speaks(name: str, language: str) -> None:
    document = sample_report.build(language)
    with translation.override("en" if language == "ru" else "ru"):
        content = written(name, document)
    assert content == written(name, document)


def test_a_format_takes_a_report_without_findings_and_with_gaps(name: str) -> None:
    assert written(name, sample_report.build_clean(gaps=True))


def test_a_format_takes_any_words(name: str) -> None:
    assert written(name, sample_report.build(file_name=NASTY + "\ud800" + "я" * 300))


def test_json_is_the_stored_document(report: ReportDocument) -> None:
    assert written("json", report) == export_json(report).encode()


def test_a_stored_document_is_read_back_as_it_was(report: ReportDocument) -> None:
    assert parse_report(export_json(report)) == report


@pytest.mark.parametrize("text", ["", "[]", "{}", "not json", '{"version": "compliance-report/2"}'])
def test_what_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(DocumentBroken):
        parse_report(text)


def test_html_is_the_page_that_the_command_line_writes(report: ReportDocument) -> None:
    assert written("html", report).decode() == export_html(report)


def test_csv_opens_by_a_double_click(report: ReportDocument) -> None:
    content = written("csv", report)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == len(report.findings)
    assert rows[0]["Находка"] == "Мат в речи"
    assert rows[0]["С"] == "0:02:04.3"
    assert rows[0]["Уверенность"].count(",") == 1
    assert rows[0]["№"] == "1"
    english = written("csv", sample_report.build("en")).decode("utf-8-sig")
    assert next(iter(csv.DictReader(io.StringIO(english))))["Confidence"].count(".") == 1


@pytest.mark.parametrize("text", ["=1+1", "+7 900", "-1", "@SUM(A1)", "\tx", "|calc"])
def test_no_cell_of_a_table_is_run_as_a_formula(text: str) -> None:
    assert harmless(text) == "'" + text
    assert harmless("слово " + text) == "слово " + text


def test_xlsx_has_numbers_times_filters_and_no_formula(report: ReportDocument) -> None:
    with zipfile.ZipFile(io.BytesIO(written("xlsx", report))) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 4
        findings = book.read("xl/worksheets/sheet2.xml").decode()
        rows = texts_of_sheet(book, 2)
        transcript = texts_of_sheet(book, 3)
        assert not any("<f>" in book.read(sheet).decode() for sheet in sheets)
    assert "<autoFilter " in findings
    assert 'state="frozen"' in findings
    assert len(rows) == 1 + len(report.findings)
    assert float(rows[1][1]) * 86_400 == pytest.approx(report.findings[0].start_s)
    assert float(rows[1][10]) == pytest.approx(report.findings[0].score)
    assert len(transcript) == 1 + len(report.transcript.segments)


def test_xlsx_keeps_a_text_that_is_longer_than_a_cell() -> None:
    name = "=" + "я" * 40_000
    with zipfile.ZipFile(io.BytesIO(written("xlsx", sample_report.build(file_name=name)))) as book:
        assert texts_of_sheet(book, 1)[0][0] == name[:32_767]


def test_pdf_is_tagged_titled_and_has_pages(report: ReportDocument) -> None:
    pdf = written("pdf", report)
    assert pdf.startswith(b"%PDF-1.")
    assert pdf.rstrip().endswith(b"%%EOF")
    everything = b"\n".join([pdf, *streams_of_pdf(pdf)])
    assert b"/MarkInfo" in everything
    assert b"/StructTreeRoot" in everything
    assert b"pdfuaid:part" in everything
    assert re.search(rb"/Lang\s*\(ru", everything)
    assert 2 <= pages_of_pdf(pdf) <= 8


def test_pdf_of_very_many_findings_shows_the_gravest_and_lists_the_others() -> None:
    few, many = (pages_of_pdf(written("pdf", sample_report.build_large(count))) for count in (300, 900))
    assert few < many < few + 30


def test_pdf_shows_words_of_a_video_as_words_not_as_typesetting() -> None:
    plain = pages_of_pdf(written("pdf", sample_report.build(file_name="x.mp4")))
    hostile = '#pagebreak() #read("/etc/passwd") $ * _ ` @ref <label> = heading'
    assert pages_of_pdf(written("pdf", sample_report.build(file_name=hostile))) == plain


@pytest.mark.parametrize(
    ("video", "saved"),
    [
        ("Обзор кроссовок.mp4", "Обзор кроссовок.pdf"),
        ("../../etc/passwd", "_.._etc_passwd.pdf"),
        ('a<b>:"c|?*.mov', "a_b___c___.pdf"),
        (".mp4", "report.pdf"),
        ("...", "report.pdf"),
        ("я" * 200 + ".mp4", "я" * 80 + ".pdf"),
    ],
)
def test_a_file_is_named_after_the_video_safely(video: str, saved: str) -> None:
    assert file_name(video, "pdf") == saved


@pytest.fixture
def stored(db: None) -> Report:
    project = Project.objects.create(owner=person(), name="Кроссовки")
    return store_report({"ru": sample_report.build(), "en": sample_report.build("en")}, project)


def test_a_stored_report_is_exported_in_either_language(name: str, stored: Report) -> None:
    russian, english = (export(stored, name, language) for language in ("ru", "en"))
    assert russian.name == f"Обзор кроссовок.{name}"
    assert russian.media_type == EXPORTS[name].media_type
    with russian.content, english.content:
        assert russian.content.read() != english.content.read()


def test_a_report_without_its_document_and_an_unknown_format_are_said(stored: Report) -> None:
    with pytest.raises(UnknownFormat):
        export(stored, "docx", "ru")
    Artifact.objects.filter(kind=ArtifactKind.REPORT).delete()
    with pytest.raises(ObjectMissing):
        export(stored, "json", "ru")


def test_the_json_export_is_what_is_stored(stored: Report) -> None:
    with export(stored, "json", "en").content as content:
        assert json.load(content)["language"] == "en"
