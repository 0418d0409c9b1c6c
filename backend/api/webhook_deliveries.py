"""What was sent to webhooks, and sending it again."""

from __future__ import annotations

import uuid

import django_filters
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.lookups import visible
from api.problems import Problem
from api.resource import ListResource, Resource
from api.serializing import EmptyBody
from webhooks.announcing import replay
from webhooks.delivery_log import deliveries_visible_to
from webhooks.endpoints import endpoints_of
from webhooks.models import Delivery, DeliveryStatus, Event


class DeliverySerializer(serializers.ModelSerializer[Delivery]):
    """``error`` is a stable code when no answer came."""

    webhook = serializers.UUIDField(source="endpoint_id", read_only=True)
    payload = serializers.DictField(read_only=True, help_text="The message as it is sent")

    class Meta:
        model = Delivery
        fields = (
            "id",
            "webhook",
            "event",
            "subject_id",
            "payload",
            "status",
            "attempts",
            "next_attempt_at",
            "response_status",
            "error",
            "replay_of",
            "created_at",
            "delivered_at",
        )
        read_only_fields = fields


class DeliveryFilters(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(choices=DeliveryStatus.choices)
    event = django_filters.ChoiceFilter(choices=Event.choices)


class WebhookDeliveriesView(ListResource):
    filterset_class = DeliveryFilters

    @extend_schema(
        operation_id="list_webhook_deliveries",
        tags=["webhooks"],
        summary="Log of deliveries",
        description="Newest first.",
        responses=DeliverySerializer(many=True),
    )
    def get(self, request: Request, webhook_id: uuid.UUID) -> Response:
        endpoint = visible(endpoints_of(self.person), webhook_id)
        return self.page_of(deliveries_visible_to(self.person).filter(endpoint=endpoint), DeliverySerializer)


class DeliveryView(Resource):
    @extend_schema(
        operation_id="get_webhook_delivery",
        tags=["webhooks"],
        summary="One delivery",
        description="With the message and how the last attempt ended.",
        responses=DeliverySerializer,
    )
    def get(self, request: Request, delivery_id: uuid.UUID) -> Response:
        return Response(DeliverySerializer(visible(deliveries_visible_to(self.person), delivery_id)).data)


class DeliveryReplayView(Resource):
    @extend_schema(
        operation_id="replay_webhook_delivery",
        tags=["webhooks"],
        summary="Send again",
        description="Sends the same message once more, as a delivery of its own.",
        request=EmptyBody,
        responses={202: DeliverySerializer},
    )
    def post(self, request: Request, delivery_id: uuid.UUID) -> Response:
        delivery = visible(deliveries_visible_to(self.person).select_related("endpoint"), delivery_id)
        self.read_body(EmptyBody)
        if not delivery.endpoint.active:
            raise Problem("conflict", _("The webhook is switched off. Switch it on first."))
        return Response(DeliverySerializer(replay(delivery)).data, status=202)
