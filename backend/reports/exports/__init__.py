"""A report as a file: PDF, HTML, JSON, CSV, XLSX. A format is one file in this folder, named in ``EXPORTS``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import SEEK_END, BytesIO
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from reports.document import Language
from reports.exports import csv_table, html_page, json_file, pdf_paper, xlsx_workbook
from reports.exports.export_format import ExportFormat, StoredDocument, file_name
from reports.models import Report
from reports.stored_parts import StoredParts
from storage.registry import open_storage

__all__ = ["EXPORTS", "ExportFile", "ExportFormat", "StoredDocument", "UnknownFormat", "export"]

IN_MEMORY_BYTES = 4 * 1024 * 1024
"""A larger file waits on disk while it is sent."""

EXPORTS: Mapping[str, ExportFormat] = {
    one.name: one
    for one in (pdf_paper.FORMAT, html_page.FORMAT, xlsx_workbook.FORMAT, csv_table.FORMAT, json_file.FORMAT)
}


class UnknownFormat(ValueError):
    """``EXPORTS`` has no such format."""


@dataclass(frozen=True, slots=True)
class ExportFile:
    """``name`` is what a browser saves it as; ``content`` stands at its beginning and is closed by whoever sends it."""

    name: str
    media_type: str
    content: BinaryIO


def export(report: Report, format_name: str, language: Language) -> ExportFile:
    """The report as a file. Raises ``UnknownFormat``, and ``ObjectMissing`` when its document is not kept."""
    wanted = EXPORTS.get(format_name)
    if wanted is None:
        raise UnknownFormat(format_name)
    text = b"".join(StoredParts(report, open_storage()).document(language))
    content = _written(wanted, StoredDocument(text, language))
    return ExportFile(file_name(report.video.name, wanted.name), wanted.media_type, content)


def _written(wanted: ExportFormat, document: StoredDocument) -> BinaryIO:
    """A small file is handed on as bytes, which nobody has to close: its reader may go away before the end."""
    content = cast(BinaryIO, SpooledTemporaryFile(max_size=IN_MEMORY_BYTES))  # noqa: SIM115 - closed by its reader
    try:
        wanted.write(document, content)
        size_bytes = content.seek(0, SEEK_END)
        content.seek(0)
        if size_bytes > IN_MEMORY_BYTES:
            return content
        small = BytesIO(content.read())
    except BaseException:
        content.close()
        raise
    content.close()
    return small
