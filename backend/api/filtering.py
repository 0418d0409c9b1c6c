"""Filters of lists: an unknown one is refused, never ignored."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request

from api.problems import InvalidParameters


class StrictFilterBackend(DjangoFilterBackend):
    """Values that a filter cannot read are a problem about the query, not about a body."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        filterset = self.get_filterset(request, queryset, view)
        if filterset is None:
            return queryset
        if not filterset.is_valid():
            raise InvalidParameters({name: ("invalid", str(errors[0])) for name, errors in filterset.errors.items()})
        return filterset.qs


def refuse_unknown_parameters(request: Request, known: set[str]) -> None:
    unknown = sorted(set(request.query_params) - known)
    if unknown:
        text = _("There is no such parameter. Remove it.")
        raise InvalidParameters(dict.fromkeys(unknown, ("unknown-parameter", text)))
