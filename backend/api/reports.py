"""Reports: what a check found."""

from __future__ import annotations

import uuid
from dataclasses import asdict

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from api.lookups import visible
from api.problems import Problem
from api.report_serializers import (
    FindingSerializer,
    ReportSerializer,
    TimelineSerializer,
    TranscriptSerializer,
    WholeReportSerializer,
    reader_language,
)
from api.resource import ListResource, Resource
from evidence import Category, Severity
from reports.models import Finding, Report, ReportStage
from reports.reading import MAX_SEARCH_LENGTH, FindingFilter, find
from reports.stored_parts import StoredParts
from reports.timeline_data import compact_timeline
from storage.base import ObjectMissing, StorageFailed
from storage.registry import open_storage
from videos.access import visible_videos

GROUPS = dict.fromkeys(category.group for category in Category)
CATEGORIES = [(name, name) for name in (*GROUPS, *(category.value for category in Category)) if name]


def visible_reports(person: User) -> QuerySet[Report]:
    return Report.objects.filter(video__in=visible_videos(person)).select_related("video")


class ReportFilters(django_filters.FilterSet):
    video = django_filters.UUIDFilter(field_name="video_id")
    project = django_filters.UUIDFilter(field_name="video__project_id")
    run_id = django_filters.UUIDFilter()
    stage = django_filters.ChoiceFilter(choices=ReportStage.choices)


class NamesFilter(django_filters.BaseInFilter, django_filters.CharFilter):
    """Names with commas between them."""


class FindingFilters(django_filters.FilterSet):
    """Several values of one filter are alternatives, filters narrow each other."""

    category = django_filters.MultipleChoiceFilter(choices=CATEGORIES, label="Groups (`ad`) or categories (`ad.brand`)")
    severity = django_filters.MultipleChoiceFilter(choices=[(one.value, one.value) for one in Severity])
    pack = NamesFilter(label="Ids of packs")
    action_needed = django_filters.BooleanFilter(label="true: only what needs action")
    search = django_filters.CharFilter(max_length=MAX_SEARCH_LENGTH, label="In quote, title and reason")
    start_s = django_filters.NumberFilter(label="What ends at or after this moment", min_value=0, max_value=10**6)
    end_s = django_filters.NumberFilter(label="What begins at or before this moment", min_value=0, max_value=10**6)

    def filter_queryset(self, queryset: QuerySet[Finding]) -> QuerySet[Finding]:
        values = self.form.cleaned_data
        moments = {name: float(values[name]) for name in ("start_s", "end_s") if values[name] is not None}
        wanted = FindingFilter(
            categories=tuple(values["category"]),
            severities=tuple(values["severity"]),
            packs=tuple(values["pack"] or ()),
            only_action=bool(values["action_needed"]),
            search=values["search"],
            **moments,
        )
        return find(self.request.parser_context["view"].report, wanted, reader_language())


class ReportsView(ListResource):
    filterset_class = ReportFilters

    @extend_schema(
        operation_id="list_reports",
        tags=["reports"],
        summary="Reports",
        description="Of all videos that you see, newest first.",
        responses=ReportSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        return self.page_of(visible_reports(self.person), ReportSerializer)


class ReportView(Resource):
    @extend_schema(
        operation_id="get_report",
        tags=["reports"],
        summary="One report",
        description="Verdicts and coverage, in your language. Its findings have an address of their own.",
        responses=WholeReportSerializer,
    )
    def get(self, request: Request, report_id: uuid.UUID) -> Response:
        return Response(WholeReportSerializer(visible(visible_reports(self.person), report_id)).data)


class FindingsView(ListResource):
    filterset_class = FindingFilters
    ordering = ("number", "id")
    report: Report

    @extend_schema(
        operation_id="list_findings",
        tags=["reports"],
        summary="Findings of a report",
        description="In time order. What to do first: `?action_needed=true&severity=critical&severity=high`.",
        responses=FindingSerializer(many=True),
    )
    def get(self, request: Request, report_id: uuid.UUID) -> Response:
        self.report = visible(visible_reports(self.person), report_id)
        return self.page_of(Finding.objects.filter(report=self.report), FindingSerializer)


class TranscriptView(Resource):
    problem_statuses = {"GET": ("410", "503")}

    @extend_schema(
        operation_id="get_transcript",
        tags=["reports"],
        summary="What was said",
        description="Segments and words with their times.",
        responses=TranscriptSerializer,
    )
    def get(self, request: Request, report_id: uuid.UUID) -> Response:
        report = visible(visible_reports(self.person), report_id)
        try:
            transcript = StoredParts(report, open_storage()).transcript()
        except ObjectMissing as error:
            raise Problem("gone", _("This part of the report is not kept any more. Check the video again.")) from error
        except StorageFailed as error:
            raise Problem("storage-unavailable", _("Try again in a minute.")) from error
        return Response(asdict(transcript))


class TimelineView(Resource):
    @extend_schema(
        operation_id="get_timeline",
        tags=["reports"],
        summary="Timeline of a report",
        description="Every finding in about 20 bytes, for drawing.",
        responses=TimelineSerializer,
        examples=[
            OpenApiExample(
                "One finding",
                value={
                    "duration": 786,
                    "start": [178],
                    "length": [3],
                    "category": [0],
                    "severity": [2],
                    "pack": [0],
                    "title": [0],
                    "action": [1],
                    "categories": [["language.rude", "language"]],
                    "packs": ["ru-436fz"],
                    "titles": ["Rude word"],
                    "severities": ["info", "low", "medium", "high", "critical"],
                    "groups": [["language", "Language"]],
                    "shots": [0, 120],
                },
                response_only=True,
            )
        ],
    )
    def get(self, request: Request, report_id: uuid.UUID) -> Response:
        report = visible(visible_reports(self.person), report_id)
        return Response(compact_timeline(report, reader_language()))
