"""Reports as files."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from reports.exports import UnknownFormat, export
from storage.base import ObjectMissing
from web.report_doors import OpenedReport, report_language


@require_safe
def report_export(request: HttpRequest, opened: OpenedReport, format_name: str) -> FileResponse:
    """``?language=ru`` or ``en``; without it the page's language."""
    asked = request.GET.get("language")
    language = "ru" if asked == "ru" else "en" if asked == "en" else report_language()
    try:
        file = export(opened.report, format_name, language)
    except (UnknownFormat, ObjectMissing) as error:
        raise Http404 from error
    return FileResponse(file.content, as_attachment=True, filename=file.name, content_type=file.media_type)
