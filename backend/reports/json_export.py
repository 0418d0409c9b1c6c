"""The report as JSON text, as ``docs/compliance-report-1.schema.json`` describes it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

from reports.document import ReportDocument


def export_json(report: ReportDocument) -> str:
    """UTF-8-ready text with a final newline; fields in the order of the document, so equal reports are equal bytes."""
    return json.dumps(asdict(report), ensure_ascii=False, allow_nan=False, indent=2, default=_iso) + "\n"


def _iso(value: object) -> str:
    if isinstance(value, date):  # ``datetime`` is one as well
        return value.isoformat()
    raise TypeError(f"not a JSON value: {type(value).__name__}")
