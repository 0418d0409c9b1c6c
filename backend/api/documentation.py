"""The description of the API, and pages to read it."""

from __future__ import annotations

from django.utils import translation
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response


class SchemaView(SpectacularAPIView):
    """YAML, or JSON with ``?format=json`` or ``Accept: application/json``; in English."""

    def _get_schema_response(self, request: Request) -> Response:
        with translation.override("en"):
            return super()._get_schema_response(request)


class DocumentationView(SpectacularSwaggerSplitView):
    template_name = "api/documentation.html"
    url_name = "api-schema"
