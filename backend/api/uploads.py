"""Bringing videos in: begin, send parts, finish; or an address that the product fetches."""

from __future__ import annotations

import uuid

import django_filters
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Scope
from api.lookups import changeable, visible
from api.problems import InvalidParameters
from api.resource import ListResource, Resource
from api.upload_problems import answering_upload_problems
from api.upload_serializers import (
    FinishSerializer,
    NewIngestSerializer,
    NewUploadSerializer,
    PartAddressSerializer,
    UploadSerializer,
    UploadWithPartsSerializer,
)
from api.videos import VideoSerializer
from storage.registry import open_storage
from videos.access import changeable_projects, changeable_uploads, visible_projects
from videos.models import Upload, UploadSource, UploadStatus
from videos.uploading import (
    abort_upload,
    arrived_parts,
    begin_upload,
    earlier_checks,
    finish_upload,
    part_url,
    plan_of,
)
from videos.url_ingest import begin_ingest


class UploadFilters(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(choices=UploadStatus.choices)
    source = django_filters.ChoiceFilter(choices=UploadSource.choices)
    project = django_filters.UUIDFilter(field_name="project_id")


BEGIN = OpenApiExample(
    "A file of 20 MB",
    value={"name": "episode-12.mp4", "size_bytes": 20_000_000, "fingerprint": "episode-12.mp4/20000000"},
    request_only=True,
)


class UploadsView(ListResource):
    filterset_class = UploadFilters

    @extend_schema(
        operation_id="list_uploads",
        tags=["uploads"],
        summary="Uploads",
        description="Of the projects that you may change, newest first.",
        responses=UploadSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        return self.page_of(changeable_uploads(self.person), UploadSerializer)


class ProjectUploadsView(Resource):
    write_scope = Scope.UPLOAD
    problem_statuses = {"POST": ("503", "507")}

    @extend_schema(
        operation_id="begin_upload",
        tags=["uploads"],
        summary="Begin an upload",
        description=(
            "Answers the size and number of parts, and which have arrived: an unfinished upload of the same "
            "`fingerprint` is continued. Nothing is stored when the file is too large or of the wrong format."
        ),
        request=NewUploadSerializer,
        responses={201: UploadWithPartsSerializer},
        examples=[BEGIN],
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project = changeable(visible_projects(self.person), changeable_projects(self.person), project_id)
        body = self.read_body(NewUploadSerializer)
        with answering_upload_problems():
            upload = begin_upload(project, self.person, **body)
            return Response(with_parts(upload), status=201)


class ProjectIngestsView(Resource):
    write_scope = Scope.UPLOAD
    problem_statuses = {"POST": ("503",)}

    @extend_schema(
        operation_id="begin_ingest",
        tags=["uploads"],
        summary="Fetch a video from an address",
        description="The product fetches it within limits of size and time; follow the upload that is answered.",
        request=NewIngestSerializer,
        responses={201: UploadSerializer},
        examples=[OpenApiExample("A file", value={"url": "https://example.org/episode-12.mp4"}, request_only=True)],
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project = changeable(visible_projects(self.person), changeable_projects(self.person), project_id)
        body = self.read_body(NewIngestSerializer)
        with answering_upload_problems():
            return Response(UploadSerializer(begin_ingest(project, self.person, body["url"])).data, status=201)


class UploadView(Resource):
    write_scope = Scope.UPLOAD
    problem_statuses = {"GET": ("503",), "DELETE": ("409", "503")}

    @extend_schema(
        operation_id="get_upload",
        tags=["uploads"],
        summary="One upload",
        description="With the parts that have arrived: after a break, send the others.",
        responses=UploadWithPartsSerializer,
    )
    def get(self, request: Request, upload_id: uuid.UUID) -> Response:
        upload = visible(changeable_uploads(self.person), upload_id)
        with answering_upload_problems():
            return Response(with_parts(upload))

    @extend_schema(
        operation_id="abort_upload",
        tags=["uploads"],
        summary="Abort an upload",
        description="What has arrived is thrown away.",
        responses={204: OpenApiResponse(description="Aborted.")},
    )
    def delete(self, request: Request, upload_id: uuid.UUID) -> Response:
        upload = visible(changeable_uploads(self.person), upload_id)
        with answering_upload_problems():
            abort_upload(upload)
        return Response(status=204)


class PartAddressView(Resource):
    read_scope = Scope.UPLOAD
    problem_statuses = {"GET": ("409", "503")}

    @extend_schema(
        operation_id="get_part_address",
        tags=["uploads"],
        summary="Where a part is sent",
        description="With a bucket, a signed address of the bucket itself, valid for an hour; else one of this server.",
        responses=PartAddressSerializer,
    )
    def get(self, request: Request, upload_id: uuid.UUID, number: int) -> Response:
        upload = visible(changeable_uploads(self.person), upload_id)
        with answering_upload_problems():
            url = part_url(upload, number)
        return Response(
            {
                "url": request.build_absolute_uri(url),
                "needs_authorization": not open_storage().is_remote,
                "size_bytes": plan_of(upload).length(number),
            }
        )


class UploadFinishView(Resource):
    write_scope = Scope.UPLOAD
    problem_statuses = {"POST": ("503",)}

    @extend_schema(
        operation_id="finish_upload",
        tags=["uploads"],
        summary="Finish an upload",
        description="Puts the parts together, checks the digest and answers the video. Safe to repeat.",
        request=FinishSerializer,
        responses={200: VideoSerializer},
    )
    def post(self, request: Request, upload_id: uuid.UUID) -> Response:
        upload = visible(changeable_uploads(self.person), upload_id)
        sha256 = self.read_body(FinishSerializer)["sha256"]
        with answering_upload_problems():
            return Response(VideoSerializer(finish_upload(upload, sha256)).data)


class EarlierChecksView(Resource):
    query_parameters = frozenset({"sha256", "size_bytes"})

    @extend_schema(
        operation_id="list_earlier_checks",
        tags=["uploads"],
        summary="Is this file here already?",
        description="Videos that you see with exactly these bytes, newest first.",
        parameters=[
            OpenApiParameter("sha256", str, required=True, description="Of the whole file, in hex"),
            OpenApiParameter("size_bytes", int, required=True),
        ],
        responses=VideoSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        size = request.query_params.get("size_bytes", "")
        if not (size.isascii() and size.isdigit() and len(size) < 19):
            raise InvalidParameters({"size_bytes": ("invalid", "0 …")})
        sha256 = request.query_params.get("sha256", "")
        if not sha256:
            raise InvalidParameters({"sha256": ("required", "0-9a-f, 64")})
        with answering_upload_problems():
            found = earlier_checks(self.person, sha256, int(size))
        return Response(VideoSerializer(found, many=True).data)


def with_parts(upload: Upload) -> dict[str, object]:
    parts = [
        {"number": one.number, "size_bytes": one.size_bytes, "sha256": one.sha256} for one in arrived_parts(upload)
    ]
    return {**UploadSerializer(upload).data, "parts": parts}
