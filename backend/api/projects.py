"""Projects."""

from __future__ import annotations

import uuid

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.predicates import is_administrator
from api.lookups import changeable, visible
from api.problem_answers import invalid_fields
from api.resource import ListResource, Resource
from api.serializing import EmptyBody, StrictSerializer
from pipeline.withdrawing import withdraw_project
from videos.access import changeable_projects, visible_projects
from videos.models import Project
from videos.projects import NAME_LENGTH_MAX, ProjectNameInvalid, create_project, rename_project, restore_project


class ProjectSerializer(serializers.ModelSerializer[Project]):
    owner = serializers.CharField(source="owner.username", read_only=True)
    yours = serializers.SerializerMethodField(help_text="Whether you are its owner")

    class Meta:
        model = Project
        fields = ("id", "name", "owner", "yours", "created_at")
        read_only_fields = fields

    def get_yours(self, project: Project) -> bool:
        return project.owner_id == self.context["request"].user.pk


class ProjectNameSerializer(StrictSerializer):
    name = serializers.CharField(max_length=NAME_LENGTH_MAX)


class ProjectFilters(django_filters.FilterSet):
    search = django_filters.CharFilter(
        field_name="name", lookup_expr="icontains", label="Part of the name", max_length=100
    )
    yours = django_filters.BooleanFilter(method="only_yours", label="Only those that you own, or only others'")

    def only_yours(self, projects: QuerySet[Project], _name: str, yours: bool) -> QuerySet[Project]:
        mine = {"owner": self.request.user}
        return projects.filter(**mine) if yours else projects.exclude(**mine)


EXAMPLE = OpenApiExample("A channel", value={"name": "Evening show"}, request_only=True)


class ProjectsView(ListResource):
    filterset_class = ProjectFilters

    @extend_schema(
        operation_id="list_projects",
        tags=["projects"],
        summary="Projects",
        description="Your own, newest first; all of them for operators, auditors and administrators.",
        responses=ProjectSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        return self.page_of(visible_projects(self.person).select_related("owner"), ProjectSerializer)

    @extend_schema(
        operation_id="create_project",
        tags=["projects"],
        summary="Create a project",
        description="It begins with the settings of the installation.",
        request=ProjectNameSerializer,
        responses={201: ProjectSerializer},
        examples=[EXAMPLE],
    )
    def post(self, request: Request) -> Response:
        name = self.read_body(ProjectNameSerializer)["name"]
        try:
            project = create_project(self.person, name)
        except ProjectNameInvalid as error:
            raise invalid_fields({"name": [error.sentence]}) from error
        return Response(ProjectSerializer(project, context=self.get_serializer_context()).data, status=201)


class ProjectView(Resource):
    @extend_schema(
        operation_id="get_project",
        tags=["projects"],
        summary="One project",
        description="Its name and owner. Its settings have an address of their own.",
        responses=ProjectSerializer,
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = visible(visible_projects(self.person).select_related("owner"), project_id)
        return Response(ProjectSerializer(project, context=self.get_serializer_context()).data)

    @extend_schema(
        operation_id="rename_project",
        tags=["projects"],
        summary="Rename a project",
        description="Only for its owner and administrators.",
        request=ProjectNameSerializer,
        responses=ProjectSerializer,
    )
    def patch(self, request: Request, project_id: uuid.UUID) -> Response:
        project = changeable(visible_projects(self.person), changeable_projects(self.person), project_id)
        name = self.read_body(ProjectNameSerializer)["name"]
        try:
            rename_project(project, name)
        except ProjectNameInvalid as error:
            raise invalid_fields({"name": [error.sentence]}) from error
        return Response(ProjectSerializer(project, context=self.get_serializer_context()).data)

    @extend_schema(
        operation_id="delete_project",
        tags=["projects"],
        summary="Delete a project",
        description="With its videos and reports; checks under way are stopped.",
        responses={204: OpenApiResponse(description="Deleted.")},
    )
    def delete(self, request: Request, project_id: uuid.UUID) -> Response:
        withdraw_project(changeable(visible_projects(self.person), changeable_projects(self.person), project_id))
        return Response(status=204)


class ProjectRestoreView(Resource):
    @extend_schema(
        operation_id="restore_project",
        tags=["projects"],
        summary="Take a deletion back",
        description="The project is there again with all its videos; checks that the deletion stopped are not.",
        request=EmptyBody,
        responses={200: ProjectSerializer},
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        everything = Project.objects.select_related("owner")
        mine = everything if is_administrator(self.person) else everything.filter(owner=self.person)
        project = visible(mine, project_id)
        self.read_body(EmptyBody)
        restore_project(project)
        return Response(ProjectSerializer(project, context=self.get_serializer_context()).data)
