"""Addresses at which the video of a report and its pictures can be fetched for an hour."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.lookups import visible
from api.problems import Problem
from api.reports import visible_reports
from api.resource import Resource
from reports.playback import playable_artifact
from reports.stored_parts import frame_at
from storage.base import ObjectMissing, StorageFailed
from videos.file_urls import file_url
from videos.models import ArtifactKind

EXPIRES_S = 3600


class FileAddressSerializer(serializers.Serializer):  # type: ignore[type-arg]
    url = serializers.CharField(help_text="Works without signing in until `expires_at`; supports ranges")
    media_type = serializers.CharField()
    expires_at = serializers.DateTimeField()


class PlaybackSerializer(FileAddressSerializer):
    made_for_browsers = serializers.BooleanField(help_text="Whether it is a copy that browsers are known to play")


class FileAddressView(Resource):
    problem_statuses = {"GET": ("410", "503")}

    def address(self, request: Request, key: str, media_type: str) -> dict[str, object]:
        try:
            url = file_url(key, media_type, expires_s=EXPIRES_S)
        except StorageFailed as error:
            raise Problem("storage-unavailable", _("Try again in a minute.")) from error
        expires_at = timezone.now() + timedelta(seconds=EXPIRES_S)
        return {
            "url": request.build_absolute_uri(url),
            "media_type": media_type,
            "expires_at": serializers.DateTimeField().to_representation(expires_at),
        }


class PlaybackView(FileAddressView):
    @extend_schema(
        operation_id="get_playback",
        tags=["reports"],
        summary="Play the video of a report",
        description="The copy for browsers where there is one, else the original.",
        responses=PlaybackSerializer,
    )
    def get(self, request: Request, report_id: uuid.UUID) -> Response:
        report = visible(visible_reports(self.person), report_id)
        playable = playable_artifact(report)
        if playable is None:
            raise Problem("gone", _("There is nothing to play: no browser plays the file, or it is not kept any more."))
        address = self.address(request, playable.key, playable.media_type)
        return Response({**address, "made_for_browsers": playable.kind == ArtifactKind.PROXY})


class FindingFrameView(FileAddressView):
    @extend_schema(
        operation_id="get_finding_frame",
        tags=["reports"],
        summary="Frame of a finding",
        description="The picture that shows it best.",
        responses=FileAddressSerializer,
    )
    def get(self, request: Request, report_id: uuid.UUID, number: int) -> Response:
        report = visible(visible_reports(self.person), report_id)
        finding = report.findings.filter(number=number).first()
        if finding is None:
            raise Http404
        try:
            frame = frame_at(report, round(finding.frame_s * 1000))
        except ObjectMissing as error:
            raise Problem("gone", _("No picture of this finding is kept.")) from error
        return Response(self.address(request, frame.key, frame.media_type))
