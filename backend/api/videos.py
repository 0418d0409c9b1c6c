"""The library of videos."""

from __future__ import annotations

import uuid
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Scope
from api.lookups import changeable, visible
from api.resource import ListResource, Resource
from api.serializing import EmptyBody
from pipeline.withdrawing import withdraw_video
from videos.access import changeable_projects, changeable_videos, visible_projects, visible_videos
from videos.library import GRAVITY, LibraryQuery, Order, find_videos
from videos.models import Video, VideoStatus
from videos.removing import restore_video

TONES = [(tone, tone) for tone in GRAVITY]


class VerdictInShortSerializer(serializers.Serializer):  # type: ignore[type-arg]
    pack = serializers.CharField()
    outcome = serializers.CharField()
    title = serializers.CharField()
    tone = serializers.CharField()


class VideoSerializer(serializers.ModelSerializer[Video]):
    """From `duration_s` on, what the newest report says."""

    tone = serializers.CharField(
        read_only=True, help_text="Gravest severity that needs action; `gap`, `clear`; empty before the first report"
    )
    source_url = serializers.CharField(read_only=True, help_text="Empty for a file that was uploaded")
    verdicts = serializers.SerializerMethodField()

    class Meta:
        model = Video
        fields = (
            "id",
            "project",
            "name",
            "status",
            "size_bytes",
            "sha256",
            "source_url",
            "created_at",
            "duration_s",
            "tone",
            "verdicts",
            "findings_count",
            "action_count",
        )
        read_only_fields = fields

    @extend_schema_field(VerdictInShortSerializer(many=True))
    def get_verdicts(self, video: Video) -> list[dict[str, Any]]:
        language = get_language() or "ru"
        return [{**verdict, "title": verdict["title"].get(language, "")} for verdict in video.verdicts]


class VideoFilters(django_filters.FilterSet):
    search = django_filters.CharFilter(label="Words of the name", max_length=200)
    project = django_filters.UUIDFilter()
    status = django_filters.ChoiceFilter(choices=VideoStatus.choices)
    tone = django_filters.ChoiceFilter(choices=TONES, label="What the newest report says")
    order = django_filters.ChoiceFilter(
        choices=[(order.value, order.value) for order in Order], label="`newest` unless said otherwise"
    )

    def filter_queryset(self, queryset: QuerySet[Video]) -> QuerySet[Video]:
        values = self.form.cleaned_data
        wanted = values["project"]
        project = visible_projects(self.request.user).filter(pk=wanted).first() if wanted else None
        query = LibraryQuery(
            search=values["search"],
            project=project,
            status=VideoStatus(values["status"]) if values["status"] else None,
            tone=values["tone"],
            order=order_from(values["order"]),
        )
        found = find_videos(self.request.user, query)
        return found.none() if wanted and project is None else found


class VideosView(ListResource):
    filterset_class = VideoFilters

    def get_ordering(self) -> tuple[str, ...]:
        return order_from(self.request.query_params.get("order", "")).columns

    @extend_schema(
        operation_id="list_videos",
        tags=["videos"],
        summary="Videos",
        description="Those of your projects; all of them for operators, auditors and administrators.",
        responses=VideoSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        return self.page_of(visible_videos(self.person), VideoSerializer)


class VideoView(Resource):
    write_scope = Scope.UPLOAD

    @extend_schema(
        operation_id="get_video",
        tags=["videos"],
        summary="One video",
        description="With the outcomes of its newest report.",
        responses=VideoSerializer,
    )
    def get(self, request: Request, video_id: uuid.UUID) -> Response:
        return Response(VideoSerializer(visible(visible_videos(self.person), video_id)).data)

    @extend_schema(
        operation_id="delete_video",
        tags=["videos"],
        summary="Delete a video",
        description="With its reports; a check under way is stopped.",
        responses={204: OpenApiResponse(description="Deleted.")},
    )
    def delete(self, request: Request, video_id: uuid.UUID) -> Response:
        video = changeable(visible_videos(self.person), changeable_videos(self.person), video_id)
        withdraw_video(video, self.person)
        return Response(status=204)


class VideoRestoreView(Resource):
    write_scope = Scope.UPLOAD

    @extend_schema(
        operation_id="restore_video",
        tags=["videos"],
        summary="Take a deletion back",
        description="The video and its reports are there again; a check that the deletion stopped is not.",
        request=EmptyBody,
        responses={200: VideoSerializer},
    )
    def post(self, request: Request, video_id: uuid.UUID) -> Response:
        video = visible(Video.objects.filter(project__in=changeable_projects(self.person)), video_id)
        self.read_body(EmptyBody)
        restore_video(video)
        video.refresh_from_db()
        return Response(VideoSerializer(video).data)


def order_from(text: str) -> Order:
    return Order(text) if text in set(Order) else Order.NEWEST
