"""People, for administrators."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db import transaction
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Role, Scope, User
from accounts.roles import LastAdministrator, set_active, set_role
from api.minutes import LedgerEntrySerializer, MinutesSerializer
from api.permissions import IsAdministrator, TokenHasScope
from api.problems import Problem
from api.resource import ListResource, Resource
from api.serializing import StrictSerializer
from billing.minutes import balance_of, grant
from billing.unlimited import set_unlimited

LARGEST_GRANT_S = 1_000_000 * 60


class PersonSerializer(serializers.ModelSerializer[User]):
    class Meta:
        model = User
        fields = (
            "id",
            "username",
            "email",
            "first_name",
            "last_name",
            "role",
            "is_active",
            "language",
            "date_joined",
            "last_login",
        )
        read_only_fields = fields


class PersonChangesSerializer(StrictSerializer):
    role = serializers.ChoiceField(Role.choices, required=False)
    is_active = serializers.BooleanField(required=False, help_text="false closes the account")


class GrantSerializer(StrictSerializer):
    seconds = serializers.IntegerField(min_value=1, max_value=LARGEST_GRANT_S)
    note = serializers.CharField(max_length=255, allow_blank=True, default="")


class UnlimitedSerializer(StrictSerializer):
    unlimited = serializers.BooleanField()


class PeopleFilters(django_filters.FilterSet):
    role = django_filters.ChoiceFilter(choices=Role.choices)
    is_active = django_filters.BooleanFilter()
    search = django_filters.CharFilter(method="search_people", label="Part of the name or e-mail", max_length=100)

    def search_people(self, people: QuerySet[User], _name: str, text: str) -> QuerySet[User]:
        anywhere = ("username", "email", "first_name", "last_name")
        wanted = Q()
        for field in anywhere:
            wanted |= Q(**{f"{field}__icontains": text})
        return people.filter(wanted)


class ForAdministrators:
    read_scope = Scope.ADMIN
    write_scope = Scope.ADMIN
    permission_classes: Any = (IsAuthenticated, TokenHasScope, IsAdministrator)


class PeopleView(ForAdministrators, ListResource):
    filterset_class = PeopleFilters
    ordering = ("-date_joined", "id")

    @extend_schema(
        operation_id="list_people",
        tags=["people"],
        summary="People",
        description="Newest first.",
        responses=PersonSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        return self.page_of(User.objects.all(), PersonSerializer)


class PersonView(ForAdministrators, Resource):
    problem_statuses = {"PATCH": ("409",)}

    @extend_schema(
        operation_id="get_person",
        tags=["people"],
        summary="One person",
        description="Account, role and when they last signed in.",
        responses=PersonSerializer,
    )
    def get(self, request: Request, person_id: int) -> Response:
        return Response(PersonSerializer(get_object_or_404(User, pk=person_id)).data)

    @extend_schema(
        operation_id="change_person",
        tags=["people"],
        summary="Give a role, close or open an account",
        description="The last administrator stays one.",
        request=PersonChangesSerializer,
        responses=PersonSerializer,
    )
    def patch(self, request: Request, person_id: int) -> Response:
        person = get_object_or_404(User, pk=person_id)
        changes = self.read_body(PersonChangesSerializer)
        try:
            with transaction.atomic():
                if "role" in changes:
                    set_role(person, Role(changes["role"]), self.person)
                if "is_active" in changes:
                    set_active(person, changes["is_active"], self.person)
        except LastAdministrator as error:
            raise Problem(
                "conflict", _("Somebody has to administer. Make another person administrator first.")
            ) from error
        return Response(PersonSerializer(person).data)


class PersonMinutesView(ForAdministrators, Resource):
    @extend_schema(
        operation_id="get_minutes_of_person",
        tags=["people"],
        summary="Minutes of a person",
        description="In seconds of video.",
        responses=MinutesSerializer,
    )
    def get(self, request: Request, person_id: int) -> Response:
        return Response(MinutesSerializer(balance_of(get_object_or_404(User, pk=person_id))).data)

    @extend_schema(
        operation_id="set_unlimited_minutes",
        tags=["people"],
        summary="Lift the limit, or bring it back",
        description="Checks of whoever is unlimited are counted, but never refused.",
        request=UnlimitedSerializer,
        responses=MinutesSerializer,
    )
    def put(self, request: Request, person_id: int) -> Response:
        person = get_object_or_404(User, pk=person_id)
        set_unlimited(person, self.read_body(UnlimitedSerializer)["unlimited"], self.person)
        return Response(MinutesSerializer(balance_of(person)).data)

    @extend_schema(
        operation_id="grant_minutes",
        tags=["people"],
        summary="Grant minutes",
        description="Adds to what is available; the ledger says who granted it.",
        request=GrantSerializer,
        responses={201: LedgerEntrySerializer},
        examples=[OpenApiExample("An hour", value={"seconds": 3600, "note": "Pilot"}, request_only=True)],
    )
    def post(self, request: Request, person_id: int) -> Response:
        person = get_object_or_404(User, pk=person_id)
        body = self.read_body(GrantSerializer)
        entry = grant(person, body["seconds"], self.person, body["note"])
        return Response(LedgerEntrySerializer(entry).data, status=201)
