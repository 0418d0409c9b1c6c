"""The report as one web page that needs nothing else."""

from __future__ import annotations

from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from reports.exports.export_format import ExportFormat, StoredDocument
from reports.html_export import export_html


def write(document: StoredDocument, target: BinaryIO) -> None:
    target.write(export_html(document.report).encode("utf-8"))


FORMAT = ExportFormat("html", "text/html", _("Web page (HTML)"), write)
