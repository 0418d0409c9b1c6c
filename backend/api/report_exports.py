"""A report as a file."""

from __future__ import annotations

import uuid
from typing import cast

from django.http import FileResponse, Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request

from api.lookups import visible
from api.problems import InvalidParameters, Problem
from api.report_serializers import reader_language
from api.reports import visible_reports
from api.resource import Resource
from reports.document import Language
from reports.exports import EXPORTS, export
from storage.base import ObjectMissing, StorageFailed

LANGUAGES = ("ru", "en")
JSON = "application/json"
FILES = {
    (200, one.media_type): OpenApiResponse(
        OpenApiTypes.OBJECT if one.media_type == JSON else OpenApiTypes.BINARY, "The file."
    )
    for one in EXPORTS.values()
}


class ExportView(Resource):
    query_parameters = frozenset({"language"})
    throttle_scope = "exports"
    problem_statuses = {"GET": ("410", "503")}

    @extend_schema(
        operation_id="export_report",
        tags=["reports"],
        summary="Report as a file",
        description="PDF, HTML, JSON (`compliance-report/1`), CSV or XLSX.",
        parameters=[
            OpenApiParameter("format", str, OpenApiParameter.PATH, enum=list(EXPORTS)),
            OpenApiParameter("language", str, enum=list(LANGUAGES), description="Yours when left out"),
        ],
        responses=FILES,
    )
    def get(self, request: Request, report_id: uuid.UUID, format: str) -> FileResponse:  # noqa: A002 - as in the address
        report = visible(visible_reports(self.person), report_id)
        if format not in EXPORTS:
            raise Http404
        try:
            file = export(report, format, self.wanted_language(request))
        except ObjectMissing as error:
            raise Problem("gone", _("This part of the report is not kept any more. Check the video again.")) from error
        except StorageFailed as error:
            raise Problem("storage-unavailable", _("Try again in a minute.")) from error
        return FileResponse(file.content, as_attachment=True, filename=file.name, content_type=file.media_type)

    def wanted_language(self, request: Request) -> Language:
        language = request.query_params.get("language", reader_language())
        if language not in LANGUAGES:
            raise InvalidParameters({"language": ("invalid-choice", "ru, en")})
        return cast(Language, language)
