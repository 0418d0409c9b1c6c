"""Tokens of whoever asks."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api_tokens import LONGEST_LIFETIME_DAYS, NAME_CHARACTERS, create_token, revoke_token, tokens_of
from accounts.models import ApiToken, Scope
from api.problems import Problem
from api.resource import Resource
from api.serializing import StrictSerializer

ID_CHARACTERS = 32


def id_of(token: ApiToken) -> str:
    """Enough of the digest to tell a person's tokens apart."""
    return str(token.digest)[:ID_CHARACTERS]


class TokenSerializer(serializers.Serializer):  # type: ignore[type-arg]
    id = serializers.SerializerMethodField()
    name = serializers.CharField()
    scopes = serializers.ListField(child=serializers.ChoiceField(Scope.choices))
    begins_with = serializers.CharField(source="token_key", help_text="By which you recognise it")
    created_at = serializers.DateTimeField(source="created")
    expires_at = serializers.DateTimeField(source="expiry", allow_null=True)
    used_at = serializers.DateTimeField(allow_null=True, help_text="Exact to a minute")

    def get_id(self, token: ApiToken) -> str:
        return id_of(token)


class TokenWithSecretSerializer(TokenSerializer):
    """``secret`` is shown this once."""

    secret = serializers.SerializerMethodField()

    def get_secret(self, token: ApiToken) -> str:
        return str(self.context["secret"])


class NewTokenSerializer(StrictSerializer):
    name = serializers.CharField(max_length=NAME_CHARACTERS)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(Scope.choices), min_length=1, max_length=len(Scope.choices)
    )
    lifetime_days = serializers.IntegerField(min_value=1, max_value=LONGEST_LIFETIME_DAYS, default=90)


EXAMPLE = OpenApiExample(
    "For an editing program",
    value={"name": "Editing room", "scopes": ["read", "upload"], "lifetime_days": 90},
    request_only=True,
)


class TokensView(Resource):
    answers_with_secret = True

    @extend_schema(
        operation_id="list_tokens",
        tags=["account"],
        summary="Your tokens",
        description="Newest first, without their secrets.",
        responses=TokenSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(TokenSerializer(tokens_of(self.person), many=True).data)

    @extend_schema(
        operation_id="create_token",
        tags=["account"],
        summary="Create a token",
        description="Answers the secret, this once. A token can only pass on scopes that it has itself, and what it "
        "makes does not outlive it.",
        request=NewTokenSerializer,
        responses={201: TokenWithSecretSerializer},
        examples=[EXAMPLE],
    )
    def post(self, request: Request) -> Response:
        body = self.read_body(NewTokenSerializer)
        self.check_scopes(request, body["scopes"])
        made_with = request.auth if isinstance(request.auth, ApiToken) else None
        new = create_token(self.person, body["name"], body["scopes"], body["lifetime_days"], made_with)
        return Response(TokenWithSecretSerializer(new.token, context={"secret": new.secret}).data, status=201)

    def check_scopes(self, request: Request, wanted: list[str]) -> None:
        if isinstance(request.auth, ApiToken):
            missing = sorted(set(wanted) - set(request.auth.scopes))
            if missing:
                raise Problem(
                    "insufficient-scope",
                    gettext("This token does not have the scope «%(scope)s» itself.") % {"scope": missing[0]},
                )


class TokenView(Resource):
    @extend_schema(
        operation_id="revoke_token",
        tags=["account"],
        summary="Revoke a token",
        description="It stops working at once.",
        responses={204: OpenApiResponse(description="Revoked.")},
    )
    def delete(self, request: Request, token_id: str) -> Response:
        token = next((one for one in tokens_of(self.person) if id_of(one) == token_id), None)
        if token is None or not revoke_token(self.person, token.digest):
            raise Http404
        return Response(status=204)
