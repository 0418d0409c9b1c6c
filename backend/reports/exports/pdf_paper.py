"""The report on A4, set by typst from ``report.typ``: tagged (PDF/UA-1), in the report's language, with its own fonts.

What comes from outside travels as data: typst reads ``data.json`` and pictures from a folder of their own, and nothing
of a report is ever part of the template's source.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from base64 import b64decode
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from reports.exports.export_format import ExportFormat, StoredDocument
from reports.exports.pdf_content import paper_content
from reports.page import Page, lay_out

HERE = Path(__file__).parent
TIME_LIMIT_S = 120
"""5,000 findings take 4 s on one core; a machine that needs longer than this has other troubles."""


def write(document: StoredDocument, target: BinaryIO) -> None:
    """Raises ``subprocess.CalledProcessError`` or ``TimeoutExpired`` when typst cannot set it."""
    with TemporaryDirectory(prefix="report-pdf-") as name, translation.override(document.language):
        folder = Path(name)
        page = lay_out(document.report)
        content = paper_content(page, _store_pictures(page, folder))
        (folder / "data.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        shutil.copyfile(HERE / "report.typ", folder / "report.typ")
        created_s = int(document.report.created_at.timestamp())
        subprocess.run(
            [sys.executable, "-I", HERE / "typesetting.py", folder, str(created_s)],
            check=True,
            capture_output=True,
            timeout=TIME_LIMIT_S,
        )
        with (folder / "report.pdf").open("rb") as pdf:
            shutil.copyfileobj(pdf, target)


def _store_pictures(page: Page, folder: Path) -> dict[int, str]:
    """The JPEG files of findings that own a picture, by finding number."""
    names = {}
    for article in page.articles:
        if article.picture is not None and article.picture.first == article.number:
            name = f"{article.number}.jpg"
            (folder / name).write_bytes(b64decode(article.picture.data_uri.partition(",")[2]))
            names[article.number] = name
    return names


FORMAT = ExportFormat("pdf", "application/pdf", _("Document (PDF)"), write)
