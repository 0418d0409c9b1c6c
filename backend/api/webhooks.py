"""Webhooks of a project: who is told when a check ends."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.lookups import changeable, visible
from api.problems import FieldError, Problem
from api.resource import ListResource, Resource
from api.serializing import EmptyBody, StrictSerializer
from api.webhook_deliveries import DeliverySerializer
from videos.access import changeable_projects, visible_projects
from webhooks.addresses import URL_LENGTH_MAX, AddressInvalid
from webhooks.announcing import ping
from webhooks.endpoints import (
    PER_PROJECT,
    TooManyEndpoints,
    change_endpoint,
    create_endpoint,
    endpoints_of,
    remove_endpoint,
    rotate_secret,
)
from webhooks.models import SUBSCRIBABLE, Endpoint, Event

EVENTS = [(event.value, event.label) for event in SUBSCRIBABLE]


class WebhookSerializer(serializers.ModelSerializer[Endpoint]):
    events = serializers.ListField(child=serializers.ChoiceField(EVENTS))

    class Meta:
        model = Endpoint
        fields = ("id", "project", "url", "events", "active", "created_at")
        read_only_fields = fields


class WebhookWithSecretSerializer(WebhookSerializer):
    """Shown once: when the webhook is made, and when its secret is rotated."""

    class Meta(WebhookSerializer.Meta):
        fields = (*WebhookSerializer.Meta.fields, "secret")
        read_only_fields = fields


class NewWebhookSerializer(StrictSerializer):
    url = serializers.CharField(max_length=URL_LENGTH_MAX, help_text="http or https, without name and password")
    events = serializers.ListField(
        child=serializers.ChoiceField(EVENTS),
        min_length=1,
        max_length=len(EVENTS),
        required=False,
        help_text="All of them when left out",
    )


class WebhookChangesSerializer(StrictSerializer):
    url = serializers.CharField(max_length=URL_LENGTH_MAX, required=False)
    events = serializers.ListField(
        child=serializers.ChoiceField(EVENTS), min_length=1, max_length=len(EVENTS), required=False
    )
    active = serializers.BooleanField(required=False)


EXAMPLE = OpenApiExample(
    "A webhook",
    value={"url": "https://example.org/compliance", "events": [Event.RUN_FINISHED.value]},
    request_only=True,
)


class ProjectWebhooksView(ListResource):
    answers_with_secret = True

    @extend_schema(
        operation_id="list_webhooks",
        tags=["webhooks"],
        summary="Webhooks of a project",
        description="Only for whoever may change the project; secrets are not shown again.",
        responses=WebhookSerializer(many=True),
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = changeable(visible_projects(self.person), changeable_projects(self.person), project_id)
        return self.page_of(endpoints_of(self.person).filter(project=project), WebhookSerializer)

    @extend_schema(
        operation_id="create_webhook",
        tags=["webhooks"],
        summary="Add a webhook",
        description="Answers the secret that signs messages. It is shown this once.",
        request=NewWebhookSerializer,
        responses={201: WebhookWithSecretSerializer},
        examples=[EXAMPLE],
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project = changeable(visible_projects(self.person), changeable_projects(self.person), project_id)
        body = self.read_body(NewWebhookSerializer)
        try:
            endpoint = create_endpoint(project, self.person, body["url"], body.get("events", SUBSCRIBABLE))
        except AddressInvalid as error:
            raise wrong_address(error) from error
        except TooManyEndpoints as error:
            text = _("A project has at most %(count)s webhooks. Remove one first.") % {"count": PER_PROJECT}
            raise Problem("conflict", text) from error
        return Response(WebhookWithSecretSerializer(endpoint).data, status=201)


class WebhookView(Resource):
    @extend_schema(
        operation_id="get_webhook",
        tags=["webhooks"],
        summary="One webhook",
        description="Without its secret.",
        responses=WebhookSerializer,
    )
    def get(self, request: Request, webhook_id: uuid.UUID) -> Response:
        return Response(WebhookSerializer(visible(endpoints_of(self.person), webhook_id)).data)

    @extend_schema(
        operation_id="change_webhook",
        tags=["webhooks"],
        summary="Change a webhook",
        description="What is left out stays. `active: true` switches a webhook on again that answered 410.",
        request=WebhookChangesSerializer,
        responses=WebhookSerializer,
    )
    def patch(self, request: Request, webhook_id: uuid.UUID) -> Response:
        endpoint = visible(endpoints_of(self.person), webhook_id)
        changes: Mapping[str, Any] = self.read_body(WebhookChangesSerializer)
        try:
            return Response(WebhookSerializer(change_endpoint(endpoint, **changes)).data)
        except AddressInvalid as error:
            raise wrong_address(error) from error

    @extend_schema(
        operation_id="delete_webhook",
        tags=["webhooks"],
        summary="Remove a webhook",
        description="Nothing is sent to it any more.",
        responses={204: OpenApiResponse(description="Removed.")},
    )
    def delete(self, request: Request, webhook_id: uuid.UUID) -> Response:
        remove_endpoint(visible(endpoints_of(self.person), webhook_id))
        return Response(status=204)


class WebhookSecretView(Resource):
    answers_with_secret = True

    @extend_schema(
        operation_id="rotate_webhook_secret",
        tags=["webhooks"],
        summary="New secret",
        description="Shown this once. For 24 hours messages carry signatures of the old and the new secret.",
        request=EmptyBody,
        responses={200: WebhookWithSecretSerializer},
    )
    def post(self, request: Request, webhook_id: uuid.UUID) -> Response:
        endpoint = visible(endpoints_of(self.person), webhook_id)
        self.read_body(EmptyBody)
        return Response(WebhookWithSecretSerializer(rotate_secret(endpoint)).data)


class WebhookPingView(Resource):
    @extend_schema(
        operation_id="ping_webhook",
        tags=["webhooks"],
        summary="Send a test",
        description="Sends an event `ping` within seconds; look for it in the log of deliveries.",
        request=EmptyBody,
        responses={202: DeliverySerializer},
    )
    def post(self, request: Request, webhook_id: uuid.UUID) -> Response:
        endpoint = visible(endpoints_of(self.person), webhook_id)
        self.read_body(EmptyBody)
        if not endpoint.active:
            raise Problem("conflict", _("The webhook is switched off. Switch it on first."))
        return Response(DeliverySerializer(ping(endpoint)).data, status=202)


def wrong_address(error: AddressInvalid) -> Problem:
    sentence = str(error.sentence)
    return Problem("invalid-input", sentence, errors=[FieldError(sentence, "invalid-address", pointer="#/url")])
