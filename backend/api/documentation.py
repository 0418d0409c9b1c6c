"""The description of the API, and a page to read it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import translation
from drf_spectacular.renderers import OpenApiJsonRenderer2, OpenApiYamlRenderer
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response


class JsonOrYaml(DefaultContentNegotiation):
    """JSON for ``?format=json`` and for whoever accepts only that; else YAML."""

    def select_renderer(
        self, request: Request, renderers: Sequence[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        wanted = request.query_params.get("format") or request.headers.get("Accept", "")
        chosen = next((one for one in renderers if "json" in wanted and "json" in one.media_type), renderers[0])
        return chosen, chosen.media_type


class SchemaView(SpectacularAPIView):
    """YAML, or JSON with ``?format=json``; in English."""

    renderer_classes = (OpenApiYamlRenderer, OpenApiJsonRenderer2)
    content_negotiation_class = JsonOrYaml

    def _get_schema_response(self, request: Request) -> Response:
        with translation.override("en"):
            return super()._get_schema_response(request)


class DocumentationView(SpectacularSwaggerSplitView):
    template_name = "api/documentation.html"
    url_name = "api-schema"
