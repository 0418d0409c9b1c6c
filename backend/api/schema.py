"""What the description of the API (OpenAPI 3.1) says beside what the views state themselves."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.permissions import AllowAny

from api.idempotency import HEADER, REPLAYED_HEADER
from api.permissions import needed_scope
from api.problems import MEDIA_TYPE

DESCRIPTION = """
Everything that the site can do. A walk-through with `curl` is in `docs/API.md`, a typed client for Python in
`clients/python`.

**Signing in.** `Authorization: Bearer <token>`; tokens are named, have scopes and expire. What you may not see does not
exist (404); what you see but may not change answers 403.

**Errors** are problem documents (RFC 9457): branch on `code`, show `detail`. Their language follows `Accept-Language`
(`ru`, `en`).

**Repeating a POST is safe** with the header `Idempotency-Key`: for 24 hours the same key and body get the first answer.

**Lists** come in pages: follow `next`; how rows change meanwhile does not matter.

**Times** are ISO 8601 in UTC, durations are seconds, ids are UUIDs.
"""

TAGS = [
    {"name": "account", "description": "Whoever asks: account, minutes, sessions, tokens."},
    {"name": "projects", "description": "Videos that are judged alike, and by what."},
    {"name": "uploads", "description": "Bringing videos in: resumable parts, or an address to fetch."},
    {"name": "videos", "description": "The library."},
    {"name": "runs", "description": "Checks of a video: start, follow, cancel, history."},
    {"name": "reports", "description": "What was found, exports, playback, links to share."},
    {"name": "webhooks", "description": "Being told when a check ends."},
    {"name": "people", "description": "For administrators."},
    {"name": "problems", "description": "Kinds of errors."},
]

SUCCESS_DESCRIPTIONS = {"200": "Done.", "201": "Made.", "202": "Accepted; it happens soon."}

PROBLEM_DESCRIPTIONS = {
    "400": "Wrong values; `errors` points at each.",
    "401": "No valid token or session.",
    "403": "The scope of the token or the role does not allow it.",
    "404": "It does not exist for you.",
    "409": "It does not fit the present state.",
    "410": "It existed once.",
    "411": "`Content-Length` is missing.",
    "413": "The body is too large.",
    "415": "The body is not `application/json`.",
    "422": "The request can be read but not carried out.",
    "429": "Too many requests; wait for `Retry-After`.",
    "503": "Something behind us does not answer; try again.",
    "507": "There is no room left.",
}


class FieldProblemSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """One wrong value."""

    pointer = serializers.CharField(required=False, help_text="JSON pointer into the body: `#/name`")
    parameter = serializers.CharField(required=False, help_text="Name of a parameter of the address or a header")
    detail = serializers.CharField()
    code = serializers.CharField()


class ProblemSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """An error (RFC 9457)."""

    type = serializers.CharField(help_text="Address that explains this kind of problem")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What to do, in the reader's language")
    code = serializers.CharField(help_text="Stable; branch on this")
    request_id = serializers.CharField(help_text="Quote it when you ask for help")
    errors = FieldProblemSerializer(many=True, required=False)


class BearerToken(OpenApiAuthenticationExtension):
    target_class = "api.authentication.ApiTokenAuthentication"
    name = "bearerToken"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "Token of the API. Every operation names the scope that it needs.",
        }

    def get_security_requirement(self, auto_schema: AutoSchema) -> dict[str, list[str]]:
        return {self.name: [needed_scope(auto_schema.view, auto_schema.method)]}


class BrowserSession(OpenApiAuthenticationExtension):
    target_class = "rest_framework.authentication.SessionAuthentication"
    name = "browserSession"
    priority = 1

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "The site's own scripts; writing needs the header `X-CSRFToken`.",
        }


class ApiSchema(AutoSchema):
    """Adds problems, idempotency keys and scopes to every operation.

    A view may list further statuses as ``problem_statuses`` (``{"POST": ("409",)}``).
    """

    def is_public(self) -> bool:
        return all(isinstance(one, AllowAny) for one in self.view.get_permissions())

    def get_auth(self) -> list[dict[str, list[str]]]:
        found = super().get_auth()
        return [{}] if self.is_public() else [one for one in found if one]

    def get_override_parameters(self) -> list[Any]:
        if self.method != "POST" or self.is_public():
            return []
        return [
            OpenApiParameter(
                HEADER,
                {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"},
                OpenApiParameter.HEADER,
                description="Makes repeating this request safe for 24 hours.",
            )
        ]

    def problem_statuses(self) -> list[str]:
        statuses = {"400", "401", "429"}
        if not self.is_public():
            statuses.add("403")
        if "{" in self.path:
            statuses.add("404")
        if self.method == "POST" and not self.is_public():
            statuses |= {"409", "422"}
        if self.method in {"POST", "PUT", "PATCH"}:
            statuses |= {"413", "415"}
        return sorted(statuses | set(getattr(self.view, "problem_statuses", {}).get(self.method, ())))

    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        if direction != "response":
            return bodies
        for status, body in bodies.items():
            body["description"] = body.get("description") or SUCCESS_DESCRIPTIONS.get(status, "")
        component = self.resolve_serializer(ProblemSerializer, direction)
        for status in self.problem_statuses():
            answer: dict[str, Any] = {
                "description": PROBLEM_DESCRIPTIONS[status],
                "content": {MEDIA_TYPE: {"schema": component.ref}},
            }
            if status == "429":
                answer["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds."}}
            bodies.setdefault(status, answer)
        if self.method == "POST" and not self.is_public():
            for status, body in bodies.items():
                if status.startswith("2"):
                    body.setdefault("headers", {})[REPLAYED_HEADER] = {
                        "schema": {"type": "string", "enum": ["true"]},
                        "description": "Present when this is the stored answer to an earlier request.",
                    }
        return dict(sorted(bodies.items()))


def describe(result: dict[str, Any], generator: object, request: object, public: bool) -> dict[str, Any]:
    """The framework's hook after everything: what the whole description says of itself."""
    result["info"]["description"] = DESCRIPTION.strip()
    result["info"]["license"] = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
    result["tags"] = TAGS
    return result
