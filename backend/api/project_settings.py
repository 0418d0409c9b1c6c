"""How the videos of a project are judged: versions of its settings, and the packs to choose from."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.lookups import changeable, visible
from api.problem_answers import invalid_fields
from api.problems import Problem
from api.resource import ListResource, Resource
from api.serializing import StrictSerializer
from lexicon import DictionaryKind
from videos.access import changeable_projects, visible_projects
from videos.models import ProjectSettings
from videos.project_settings import (
    CATEGORY_GROUPS,
    SettingsChanged,
    SettingsInvalid,
    SettingsValues,
    VisualDefaults,
    current_settings,
    save_settings,
)

DICTIONARY_CHARACTERS = 500_000
NUMBERS = 2**31


class VisualSerializer(StrictSerializer):
    blurred = serializers.ListField(
        child=serializers.ChoiceField([(group, group) for group in CATEGORY_GROUPS]),
        max_length=len(CATEGORY_GROUPS),
        default=list,
        help_text="Category groups whose frames are blurred at first",
    )
    grayscale = serializers.BooleanField(default=False)
    muted = serializers.BooleanField(default=False)


class DictionariesSerializer(StrictSerializer):
    """Texts that replace the dictionaries of the installation; what is left out is not replaced."""

    profanity = serializers.CharField(max_length=DICTIONARY_CHARACTERS, allow_blank=True, required=False)
    brands = serializers.CharField(max_length=DICTIONARY_CHARACTERS, allow_blank=True, required=False)
    stopwords = serializers.CharField(max_length=DICTIONARY_CHARACTERS, allow_blank=True, required=False)


class SettingsSerializer(serializers.ModelSerializer[ProjectSettings]):
    packs = serializers.ListField(child=serializers.CharField())
    thresholds = serializers.DictField(child=serializers.FloatField(), help_text="Least score by category group")
    dictionaries = DictionariesSerializer()
    mailed = serializers.ListField(child=serializers.CharField())
    visual = VisualSerializer()

    class Meta:
        model = ProjectSettings
        fields = ("number", "packs", "thresholds", "dictionaries", "mailed", "visual", "created_at")
        read_only_fields = fields


class NewSettingsSerializer(StrictSerializer):
    """The whole of the new version: what is left out takes its default."""

    packs = serializers.ListField(child=serializers.CharField(max_length=64), min_length=1, max_length=50)
    thresholds = serializers.DictField(
        child=serializers.FloatField(min_value=0, max_value=1),
        default=dict,
        help_text=f"Least score, 0..1, by category group ({', '.join(CATEGORY_GROUPS)})",
    )
    dictionaries = DictionariesSerializer(default=dict)
    mailed = serializers.ListField(
        child=serializers.CharField(max_length=254), max_length=20, default=list, help_text="Beside the owner"
    )
    visual = VisualSerializer(default=dict)
    based_on = serializers.IntegerField(
        min_value=1,
        max_value=NUMBERS,
        required=False,
        help_text="Number of the version that you changed: 409 when there is a newer one",
    )


EXAMPLE = OpenApiExample(
    "Two packs, careful with advertising",
    value={
        "packs": ["ru-436fz", "ru-ads"],
        "thresholds": {"ad": 0.3},
        "mailed": ["editor@example.org"],
        "visual": {"blurred": ["nudity"], "grayscale": False, "muted": False},
        "based_on": 1,
    },
    request_only=True,
)


class ProjectSettingsView(Resource):
    problem_statuses = {"PUT": ("409",)}

    @extend_schema(
        operation_id="get_project_settings",
        tags=["projects"],
        summary="Settings in force",
        description="The newest version: it judges the next check.",
        responses=SettingsSerializer,
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        return Response(SettingsSerializer(current_settings(visible(visible_projects(self.person), project_id))).data)

    @extend_schema(
        operation_id="save_project_settings",
        tags=["projects"],
        summary="Save settings",
        description="A change is a new version; earlier checks keep theirs. Saving the same again makes none.",
        request=NewSettingsSerializer,
        responses=SettingsSerializer,
        examples=[EXAMPLE],
    )
    def put(self, request: Request, project_id: uuid.UUID) -> Response:
        project = changeable(visible_projects(self.person), changeable_projects(self.person), project_id)
        body = self.read_body(NewSettingsSerializer)
        try:
            saved = save_settings(project, values_from(body), self.person, body.get("based_on"))
        except SettingsInvalid as error:
            raise invalid_fields(error.problems) from error
        except SettingsChanged as error:
            raise Problem("conflict", _("Somebody saved a newer version. Read it and change that one.")) from error
        return Response(SettingsSerializer(saved).data)


class SettingsVersionsView(ListResource):
    ordering = ("-number", "id")

    @extend_schema(
        operation_id="list_project_settings_versions",
        tags=["projects"],
        summary="Versions of the settings",
        description="Newest first. Every check names the version that it was judged by.",
        responses=SettingsSerializer(many=True),
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = visible(visible_projects(self.person), project_id)
        return self.page_of(ProjectSettings.objects.filter(project=project), SettingsSerializer)


def values_from(body: dict[str, Any]) -> SettingsValues:
    visual = body["visual"]
    return SettingsValues(
        packs=tuple(body["packs"]),
        thresholds=body["thresholds"],
        dictionaries={DictionaryKind(kind): text for kind, text in body["dictionaries"].items()},
        mailed=tuple(body["mailed"]),
        visual=VisualDefaults(
            blurred=tuple(visual.get("blurred", ())),
            grayscale=visual.get("grayscale", False),
            muted=visual.get("muted", False),
        ),
    )
