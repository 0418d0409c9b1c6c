"""Policy packs of this installation."""

from __future__ import annotations

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.resource import Resource
from policy.loading import available_packs, load_packs
from policy.pack import Pack
from videos.installed_packs import default_packs, pack_dirs


class OutcomeSerializer(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.CharField()
    title = serializers.CharField()


class PackSerializer(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.CharField()
    version = serializers.CharField()
    title = serializers.CharField()
    checked_on = serializers.DateField(help_text="When a person last compared it with its source")
    used_by_default = serializers.BooleanField()
    outcomes = OutcomeSerializer(many=True, help_text="From best to worst")


class PacksView(Resource):
    @extend_schema(
        operation_id="list_packs",
        tags=["projects"],
        summary="Policy packs",
        description="What a project can be judged by.",
        responses=PackSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        folders = pack_dirs()
        packs = load_packs(tuple(available_packs(folders)), folders)
        return Response([as_json(pack, get_language() or "ru") for pack in packs])


def as_json(pack: Pack, language: str) -> dict[str, object]:
    return {
        "id": pack.id,
        "version": pack.version,
        "title": pack.title.in_language(language),
        "checked_on": pack.checked_on.isoformat(),
        "used_by_default": pack.id in default_packs(),
        "outcomes": [{"id": one.id, "title": one.title.in_language(language)} for one in pack.outcomes],
    }
