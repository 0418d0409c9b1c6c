"""Addresses of a report, the same behind both doors: ``/reports/<id>/…`` and, for share links, ``/r/<token>/…``."""

from __future__ import annotations

from django.urls import URLPattern, path

from web.report import report_page
from web.report_data import evidence, findings, frame, matches, media, timeline, transcript, transcript_page, waveform
from web.report_doors import for_link_holders, for_members
from web.report_exports import report_export
from web.report_sharing import report_share, report_share_revoke

READ = (
    ("", report_page, "report"),
    ("findings.json", findings, "report-findings"),
    ("matches.json", matches, "report-matches"),
    ("findings/<int:number>", evidence, "report-evidence"),
    ("timeline.json", timeline, "report-timeline"),
    ("transcript.json", transcript, "report-transcript-data"),
    ("transcript", transcript_page, "report-transcript"),
    ("waveform", waveform, "report-waveform"),
    ("frames/<int:moment_ms>.jpg", frame, "report-frame"),
    ("media.json", media, "report-media"),
    ("export.<str:format_name>", report_export, "report-export"),
)

report_urlpatterns: list[URLPattern] = [
    *(path(f"reports/<uuid:report_id>/{tail}", for_members(view), name=name) for tail, view, name in READ),
    path("reports/<uuid:report_id>/share", for_members(report_share), name="report-share"),
    path(
        "reports/<uuid:report_id>/share/<uuid:link_id>/revoke",
        for_members(report_share_revoke),
        name="report-share-revoke",
    ),
    *(path(f"r/<str:token>/{tail}", for_link_holders(view), name=f"shared-{name}") for tail, view, name in READ),
]
