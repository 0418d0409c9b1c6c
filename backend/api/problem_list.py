"""What the addresses in ``type`` of a problem lead to."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from api.problem_types import PROBLEM_TYPES, ProblemType
from api.problems import TYPE_PREFIX, default_detail
from api.resource import Resource


class ProblemTypeSerializer(serializers.Serializer):  # type: ignore[type-arg]
    type = serializers.CharField()
    code = serializers.CharField()
    status = serializers.IntegerField()
    title = serializers.CharField()
    what_to_do = serializers.CharField()


class ProblemListView(Resource):
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="list_problem_types",
        tags=["problems"],
        summary="Kinds of problems",
        description="Every `code` that an error of this API can have.",
        responses=ProblemTypeSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response([as_json(kind) for kind in PROBLEM_TYPES.values()])


class ProblemView(Resource):
    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="get_problem_type",
        tags=["problems"],
        summary="One kind of problem",
        description="What the address in `type` of a problem leads to.",
        responses=ProblemTypeSerializer,
    )
    def get(self, request: Request, code: str) -> Response:
        if code not in PROBLEM_TYPES:
            raise Http404
        return Response(as_json(PROBLEM_TYPES[code]))


def as_json(kind: ProblemType) -> dict[str, object]:
    return {
        "type": TYPE_PREFIX + kind.code,
        "code": kind.code,
        "status": kind.status,
        "title": str(kind.title),
        "what_to_do": default_detail(kind),
    }
