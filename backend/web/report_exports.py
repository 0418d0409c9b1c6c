"""Reports as files."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.rate_limits import seconds_to_wait
from reports.exports import UnknownFormat, export
from storage.base import ObjectMissing
from web.errors import too_many_requests
from web.report_doors import OpenedReport, report_language


@require_safe
def report_export(request: HttpRequest, opened: OpenedReport, format_name: str) -> HttpResponseBase:
    """``?language=ru`` or ``en``; without it the page's language.

    Setting a large PDF takes seconds, so there is a limit by address: a low one for whoever came by a link, as they may
    be anybody.
    """
    wait_s = seconds_to_wait("exports" if opened.link is None else "shared-exports", request)
    if wait_s is not None:
        return too_many_requests(request, wait_s=wait_s)
    asked = request.GET.get("language")
    language = "ru" if asked == "ru" else "en" if asked == "en" else report_language()
    try:
        file = export(opened.report, format_name, language)
    except (UnknownFormat, ObjectMissing) as error:
        raise Http404 from error
    return FileResponse(file.content, as_attachment=True, filename=file.name, content_type=file.media_type)
