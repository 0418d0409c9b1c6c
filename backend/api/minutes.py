"""Minutes of video that whoever asks may still have checked, and how they came and went."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.resource import ListResource, Resource
from billing.minutes import balance_of
from billing.models import EntryKind, LedgerEntry


class MinutesSerializer(serializers.Serializer):  # type: ignore[type-arg]
    available_s = serializers.IntegerField(min_value=0)
    reserved_s = serializers.IntegerField(min_value=0, help_text="Set aside for checks at work")
    unlimited = serializers.BooleanField(help_text="Checks are counted, but never refused")


class LedgerEntrySerializer(serializers.ModelSerializer[LedgerEntry]):
    note = serializers.SerializerMethodField()

    class Meta:
        model = LedgerEntry
        fields = ("id", "kind", "seconds", "available_change_s", "run_id", "video_name", "note", "created_at")
        read_only_fields = fields

    def get_note(self, entry: LedgerEntry) -> str:
        return gettext(entry.note) if entry.note else ""


class LedgerFilters(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(choices=EntryKind.choices)
    run_id = django_filters.UUIDFilter()


class MinutesView(Resource):
    @extend_schema(
        operation_id="get_minutes",
        tags=["account"],
        summary="Minutes left",
        description="In seconds of video.",
        responses=MinutesSerializer,
    )
    def get(self, request: Request) -> Response:
        return Response(MinutesSerializer(balance_of(self.person)).data)


class LedgerView(ListResource):
    filterset_class = LedgerFilters

    @extend_schema(
        operation_id="list_ledger",
        tags=["account"],
        summary="How minutes came and went",
        description="Newest first. `available_change_s` of all entries sums up to what is available.",
        responses=LedgerEntrySerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        return self.page_of(LedgerEntry.objects.filter(owner=self.person), LedgerEntrySerializer)
