"""How bodies are read: a field that nobody knows is an error, not a wish that is silently ignored."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.fields import empty


class StrictSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """Base of everything that is read from a body."""

    default_error_messages = {"unknown_field": _("There is no such field. Remove it.")}

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            writable = {name for name, field in self.fields.items() if not field.read_only}
            unknown = [name for name in data if name not in writable]
            if unknown:
                message = str(self.error_messages["unknown_field"])
                raise serializers.ValidationError(
                    {name: [serializers.ErrorDetail(message, code="unknown-field")] for name in unknown}
                )
        return super().to_internal_value(data)


class EmptyBody(StrictSerializer):
    """For verbs that need no words: ``{}`` or nothing."""

    def run_validation(self, data: Any = empty) -> Any:
        return super().run_validation({} if data is empty or data is None else data)
