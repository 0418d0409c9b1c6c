"""Links that show one report to whoever has them."""

from __future__ import annotations

import uuid

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from api.lookups import changeable, visible
from api.problems import Problem
from api.reports import visible_reports
from api.resource import ListResource, Resource
from api.serializing import StrictSerializer
from reports.models import Report, ShareLink
from reports.sharing import (
    DEFAULT_DAYS,
    LONGEST_DAYS,
    MAX_NOTE,
    SHORTEST_DAYS,
    LinkInvalid,
    address_token,
    create_link,
    revoke_link,
)
from videos.access import changeable_videos


def own_reports(person: User) -> QuerySet[Report]:
    return Report.objects.filter(video__in=changeable_videos(person))


def own_links(person: User) -> QuerySet[ShareLink]:
    return ShareLink.objects.filter(report__in=own_reports(person))


class ShareLinkSerializer(serializers.ModelSerializer[ShareLink]):
    url = serializers.SerializerMethodField(help_text="Opens the report without signing in")

    class Meta:
        model = ShareLink
        fields = (
            "id",
            "report",
            "url",
            "note",
            "with_video",
            "created_at",
            "expires_at",
            "revoked_at",
            "opened_count",
            "opened_at",
        )
        read_only_fields = fields

    def get_url(self, link: ShareLink) -> str:
        path = reverse("shared-report", args=(address_token(link),))
        return str(self.context["request"].build_absolute_uri(path))


class NewShareLinkSerializer(StrictSerializer):
    lifetime_days = serializers.IntegerField(min_value=SHORTEST_DAYS, max_value=LONGEST_DAYS, default=DEFAULT_DAYS)
    note = serializers.CharField(max_length=MAX_NOTE, allow_blank=True, default="", help_text="For whom")
    with_video = serializers.BooleanField(default=True, help_text="Whether the video can be played")


EXAMPLE = OpenApiExample(
    "For the client", value={"lifetime_days": 14, "note": "For the client", "with_video": False}, request_only=True
)


class ReportShareLinksView(ListResource):
    @extend_schema(
        operation_id="list_share_links",
        tags=["reports"],
        summary="Share links of a report",
        description="Only for whoever may change the project.",
        responses=ShareLinkSerializer(many=True),
    )
    def get(self, request: Request, report_id: uuid.UUID) -> Response:
        report = changeable(visible_reports(self.person), own_reports(self.person), report_id)
        return self.page_of(ShareLink.objects.filter(report=report), ShareLinkSerializer)

    @extend_schema(
        operation_id="create_share_link",
        tags=["reports"],
        summary="Share a report",
        description="Makes a link that works without signing in until it expires or is revoked.",
        request=NewShareLinkSerializer,
        responses={201: ShareLinkSerializer},
        examples=[EXAMPLE],
    )
    def post(self, request: Request, report_id: uuid.UUID) -> Response:
        report = changeable(visible_reports(self.person), own_reports(self.person), report_id)
        body = self.read_body(NewShareLinkSerializer)
        try:
            link = create_link(report, self.person, body["lifetime_days"], body["note"], body["with_video"])
        except LinkInvalid as error:
            raise Problem("conflict", _("Too many links work at once. Revoke some first.")) from error
        return Response(ShareLinkSerializer(link, context=self.get_serializer_context()).data, status=201)


class ShareLinkView(Resource):
    @extend_schema(
        operation_id="revoke_share_link",
        tags=["reports"],
        summary="Revoke a share link",
        description="It opens nothing any more.",
        responses={204: OpenApiResponse(description="Revoked.")},
    )
    def delete(self, request: Request, link_id: uuid.UUID) -> Response:
        revoke_link(visible(own_links(self.person), link_id))
        return Response(status=204)
