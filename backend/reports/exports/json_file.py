"""The stored ``compliance-report/1`` itself, byte for byte."""

from __future__ import annotations

from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from reports.exports.export_format import ExportFormat, StoredDocument


def write(document: StoredDocument, target: BinaryIO) -> None:
    target.write(document.text)


FORMAT = ExportFormat("json", "application/json", _("JSON for programs"), write)
