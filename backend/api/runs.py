"""Checks of a video: started, followed, cancelled, and their history."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Scope, User
from api.etags import answer_unless_known
from api.lookups import changeable, visible
from api.problems import Problem
from api.resource import ListResource, Resource
from api.run_serializers import RunProgressSerializer, RunSerializer, StartSerializer
from api.serializing import EmptyBody
from pipeline.cancelling import cancel_run
from pipeline.models import PipelineRun, RunStatus
from pipeline.run_view import RunView, view_of_run
from pipeline.starting import CheckUnderWay, start_run
from videos.access import changeable_videos, visible_videos

CLOCKS = ("eta_s", "elapsed_s")
"""What changes by itself from second to second does not make a new state."""


def visible_runs(person: User) -> QuerySet[PipelineRun]:
    runs = PipelineRun.objects.filter(video__in=visible_videos(person))
    return runs.select_related("settings_version", "video")


class RunFilters(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(choices=RunStatus.choices)
    video = django_filters.UUIDFilter(field_name="video_id")
    project = django_filters.UUIDFilter(field_name="video__project_id")


class RunsView(ListResource):
    filterset_class = RunFilters

    @extend_schema(
        operation_id="list_runs",
        tags=["runs"],
        summary="Checks",
        description="Of all videos that you see, newest first; `video` gives the history of one.",
        responses=RunSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        return self.page_of(visible_runs(self.person), RunSerializer)


class VideoRunsView(Resource):
    write_scope = Scope.UPLOAD

    @extend_schema(
        operation_id="start_run",
        tags=["runs"],
        summary="Check a video",
        description=(
            "Puts the video in line. Its minutes are set aside, charged when the check succeeds and given back when "
            "it does not. Checking again is a new run; history is kept."
        ),
        request=StartSerializer,
        responses={201: RunSerializer},
        examples=[OpenApiExample("In Russian", value={"language": "ru"}, request_only=True)],
    )
    def post(self, request: Request, video_id: uuid.UUID) -> Response:
        video = changeable(visible_videos(self.person), changeable_videos(self.person), video_id)
        language = self.read_body(StartSerializer).get("language", self.person.language)
        try:
            run = start_run(video, self.person, language)
        except CheckUnderWay as error:
            raise Problem("check-under-way", _("Wait until the check under way is over, or cancel it.")) from error
        return Response(RunSerializer(run).data, status=201)


class RunDetailView(Resource):
    @extend_schema(
        operation_id="get_run",
        tags=["runs"],
        summary="Follow a check",
        description=(
            "Steps, progress and the first findings while it works. Ask every few seconds with `If-None-Match`: "
            "304 means that nothing happened."
        ),
        parameters=[
            OpenApiParameter(
                "If-None-Match", str, OpenApiParameter.HEADER, description="`ETag` of the state that you have"
            )
        ],
        responses={200: RunProgressSerializer, 304: OpenApiResponse(description="Nothing happened.")},
    )
    def get(self, request: Request, run_id: uuid.UUID) -> Response:
        run = visible(visible_runs(self.person), run_id)
        view = view_of_run(run)
        data = {**RunSerializer(run).data, "error": view.error, "progress": progress_of(view)}
        return answer_unless_known(request, data, without_clocks(data))


class RunCancelView(Resource):
    write_scope = Scope.UPLOAD

    @extend_schema(
        operation_id="cancel_run",
        tags=["runs"],
        summary="Cancel a check",
        description="At once while it waits, within seconds while it works. Its minutes are given back.",
        request=EmptyBody,
        responses={202: RunSerializer},
    )
    def post(self, request: Request, run_id: uuid.UUID) -> Response:
        mine = PipelineRun.objects.filter(video__in=changeable_videos(self.person))
        run = changeable(visible_runs(self.person), mine, run_id)
        self.read_body(EmptyBody)
        if not cancel_run(run):
            raise Problem("conflict", _("The check is over already."))
        run.refresh_from_db()
        return Response(RunSerializer(run).data, status=202)


def progress_of(view: RunView) -> dict[str, Any]:
    plain = asdict(view)
    return {name: plain[name] for name in RunProgressSerializer().fields["progress"].fields}


def without_clocks(data: dict[str, Any]) -> dict[str, Any]:
    progress = {name: value for name, value in data["progress"].items() if name not in CLOCKS}
    progress["steps"] = [{**step, "seconds": None} for step in progress["steps"]]
    return {**data, "progress": progress}
