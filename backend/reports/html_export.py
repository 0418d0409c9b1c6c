"""The report as one HTML file: no requests, no script, readable and printable anywhere."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import PurePath
from urllib.parse import quote

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from reports.document import ReportDocument
from reports.page import lay_out


def export_html(report: ReportDocument, video_path: PurePath | None = None) -> str:
    """The page in the report's language.

    ``video_path`` is where the video lies relative to the page: a click on a time then opens the video at that second
    (a media fragment, ``#t=``); without it a time leads to its place on the timeline.
    """
    style = render_to_string("reports/report.css")
    with translation.override(report.language):
        return render_to_string(
            "reports/report.html",
            {
                "page": lay_out(report),
                "report": report,
                # Our own file with nothing from outside in it; the page's policy admits only the style of this hash.
                "style": mark_safe(style),  # noqa: S308
                "style_hash": b64encode(sha256(style.encode()).digest()).decode(),
                "video_url": None if video_path is None else _relative_url(video_path),
            },
        )


def _relative_url(path: PurePath) -> str:
    """Percent-encoded, so that no name can be read as a scheme, a query or a fragment.

    Raises ``ValueError`` for an absolute path: the page must survive being moved together with its video.
    """
    if path.is_absolute():
        raise ValueError("the video's path is relative to the page")
    return "/".join(quote(part, safe="", errors="surrogateescape") for part in path.parts)
