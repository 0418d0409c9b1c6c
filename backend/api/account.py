"""The account of whoever asks."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Theme, User
from accounts.profile import Profile, change_profile
from api.resource import Resource
from api.serializing import StrictSerializer

LANGUAGES = [("ru", "Русский"), ("en", "English")]


class AccountSerializer(serializers.ModelSerializer[User]):
    class Meta:
        model = User
        fields = ("username", "email", "first_name", "last_name", "role", "language", "theme", "date_joined")


class AccountChangesSerializer(StrictSerializer):
    first_name = serializers.CharField(max_length=150, allow_blank=True, required=False)
    last_name = serializers.CharField(max_length=150, allow_blank=True, required=False)
    language = serializers.ChoiceField(LANGUAGES, required=False)
    theme = serializers.ChoiceField(Theme.choices, required=False)


class AccountView(Resource):
    @extend_schema(
        operation_id="get_account",
        tags=["account"],
        summary="Your account",
        description="Who the token or the session belongs to.",
        responses=AccountSerializer,
    )
    def get(self, request: Request) -> Response:
        return Response(AccountSerializer(self.person).data)

    @extend_schema(
        operation_id="change_account",
        tags=["account"],
        summary="Change your account",
        description="Name, language and theme. The role and the minutes are changed by administrators only.",
        request=AccountChangesSerializer,
        responses=AccountSerializer,
    )
    def patch(self, request: Request) -> Response:
        changes = self.read_body(AccountChangesSerializer)
        now = {name: getattr(self.person, name) for name in ("first_name", "last_name", "language", "theme")}
        change_profile(self.person, Profile(**{**now, **changes}))
        return Response(AccountSerializer(self.person).data)
