"""What the page of a report fetches after it is there: rows, evidence, timeline, transcript, loudness, frames."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe

from reports.document import Transcript
from reports.models import Finding
from reports.product import VERSION
from reports.reading import by_numbers, matching_numbers, page_of
from reports.spoken_passages import compact_passages, passages_of
from reports.stored_parts import Speech, StoredParts, frame_at
from reports.timeline_data import compact_timeline, speech_stretches
from storage.base import ObjectMissing
from storage.registry import open_storage
from web.report import ReportReader, picture_size
from web.report_doors import OpenedReport, report_language
from web.report_filters import asked_filter, asked_number, asked_numbers
from web.report_player import player_data

FRAME_CACHED_S = 3600


def _unchanged(request: HttpRequest, opened: OpenedReport) -> str:
    """A report never changes: whoever may still see it and has its data needs them no second time."""
    return f'"{VERSION}-{opened.report.pk}-{report_language()}"'


@require_safe
def findings(request: HttpRequest, opened: OpenedReport) -> JsonResponse:
    """``?numbers=1,2,3`` answers these rows; else a page of what the filters leave, on from ``after`` or ``before``."""
    reader = ReportReader(opened.report, report_language())
    if "numbers" in request.GET:
        rows = by_numbers(opened.report, asked_numbers(request.GET["numbers"]))
        return JsonResponse({"findings": [reader.views.row_of(row) for row in rows]})
    page = page_of(
        opened.report,
        asked_filter(request.GET),
        report_language(),
        after=asked_number(request.GET, "after"),
        before=asked_number(request.GET, "before"),
    )
    rows = page.findings
    return JsonResponse(
        {"findings": [reader.views.row_of(row) for row in rows], "before": page.before, "after": page.after}
    )


@require_safe
def matches(request: HttpRequest, opened: OpenedReport) -> JsonResponse:
    """Numbers of the findings in which ``?search=`` occurs."""
    search = asked_filter(request.GET).search
    return JsonResponse({"numbers": matching_numbers(opened.report, search, report_language())})


@require_safe
def evidence(request: HttpRequest, opened: OpenedReport, number: int) -> HttpResponse:
    """The card of one finding, as a piece of the page."""
    row = Finding.objects.filter(report=opened.report, number=number).first()
    if row is None:
        raise Http404
    reader = ReportReader(opened.report, report_language())
    context = {"chosen": reader.views.of(row), "picture": picture_size(opened.report), "opened": opened}
    return render(request, "web/report/_evidence.html", context)


@gzip_page
@require_safe
@cache_control(private=True, no_cache=True)
@condition(etag_func=_unchanged)
def timeline(request: HttpRequest, opened: OpenedReport) -> JsonResponse:
    speech = speech_stretches(_speech(opened))
    return _compact({**compact_timeline(opened.report, report_language()), "speech": speech})


@gzip_page
@require_safe
@cache_control(private=True, no_cache=True)
@condition(etag_func=_unchanged)
def transcript(request: HttpRequest, opened: OpenedReport) -> JsonResponse:
    return _compact(compact_passages(opened.report, _transcript(opened)))


@require_safe
def transcript_page(request: HttpRequest, opened: OpenedReport) -> HttpResponse:
    """The whole transcript in pages, for reading without a script and for printing."""
    spoken = _transcript(opened)
    passages = passages_of(opened.report, spoken, asked_number(request.GET, "page") or 1)
    context = {"opened": opened, "report": opened.report, "video": opened.report.video, "passages": passages}
    return render(request, "web/report/transcript.html", {**context, "spoken_language": spoken.language})


@require_safe
def waveform(request: HttpRequest, opened: OpenedReport) -> HttpResponse:
    """Loudness, a byte for every ``X-Step`` seconds; empty when the video has no sound or it was not kept."""
    stored = StoredParts(opened.report, open_storage()).waveform()
    if stored is None:
        return HttpResponse(b"", content_type="application/octet-stream", headers={"X-Step": "1"})
    facts, loudness = stored
    return HttpResponse(loudness, content_type="application/octet-stream", headers={"X-Step": str(facts.step_s)})


@require_safe
def frame(request: HttpRequest, opened: OpenedReport, moment_ms: int) -> HttpResponseBase:
    """A finding's frame: from the bucket by a signed address, or from this machine."""
    storage = open_storage()
    try:
        stored = frame_at(opened.report, moment_ms)
        if storage.is_remote:
            url = storage.signed_url(
                stored.key, media_type=stored.media_type, file_name=None, expires_s=2 * FRAME_CACHED_S
            )
            response: HttpResponseBase = redirect(url)
        else:
            response = StreamingHttpResponse(storage.read(stored.key), content_type=stored.media_type)
    except ObjectMissing as error:
        raise Http404 from error
    patch_cache_control(response, private=True, max_age=FRAME_CACHED_S)
    return response


@require_safe
def media(request: HttpRequest, opened: OpenedReport) -> JsonResponse:
    """A fresh address to play, for a page that was open longer than its own lasts."""
    reader = ReportReader(opened.report, report_language())
    data = player_data(opened, reader.parts, reader.visual)
    return JsonResponse({"url": data.video_url, "thumbnails": data.thumbnails})


def _transcript(opened: OpenedReport) -> Transcript:
    try:
        return StoredParts(opened.report, open_storage()).transcript()
    except ObjectMissing:
        return Transcript(None, ())


def _speech(opened: OpenedReport) -> Speech:
    try:
        return StoredParts(opened.report, open_storage()).speech()
    except ObjectMissing:
        return Speech(())


def _compact(content: dict[str, Any]) -> JsonResponse:
    return JsonResponse(content, json_dumps_params={"separators": (",", ":"), "ensure_ascii": False})
