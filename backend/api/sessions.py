"""Browsers in which whoever asks is signed in."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.open_sessions import end_other_sessions, end_session, open_sessions
from api.resource import Resource


class SessionSerializer(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.CharField()
    browser = serializers.CharField()
    ip_address = serializers.CharField(allow_null=True)
    signed_in_at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField(help_text="Exact to some minutes")
    current = serializers.BooleanField(help_text="Whether this request came with it")


class SessionsView(Resource):
    @extend_schema(
        operation_id="list_sessions",
        tags=["account"],
        summary="Where you are signed in",
        description="Browsers, the one in use first.",
        responses=SessionSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        sessions = open_sessions(self.person, current_key(request))
        return Response(SessionSerializer(sessions, many=True).data)

    @extend_schema(
        operation_id="end_other_sessions",
        tags=["account"],
        summary="Sign out everywhere else",
        description="Every browser but the one that asks. Tokens keep working.",
        responses={204: OpenApiResponse(description="Signed out.")},
    )
    def delete(self, request: Request) -> Response:
        end_other_sessions(self.person, current_key(request))
        return Response(status=204)


class SessionView(Resource):
    @extend_schema(
        operation_id="end_session",
        tags=["account"],
        summary="Sign one browser out",
        description="The browser has to sign in again.",
        responses={204: OpenApiResponse(description="Signed out.")},
    )
    def delete(self, request: Request, session_id: str) -> Response:
        if not end_session(self.person, session_id):
            raise Http404
        return Response(status=204)


def current_key(request: Request) -> str | None:
    """A program with a token has no session."""
    return None if request.auth is not None else request.session.session_key
