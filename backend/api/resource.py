"""The base of every resource: language, scopes, known parameters, keys that make POST repeatable."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import translation
from rest_framework.exceptions import NotAuthenticated
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from accounts.models import ApiToken, Scope, User
from api.filtering import StrictFilterBackend, refuse_unknown_parameters
from api.idempotency import Claim, claim_key, free, settle
from api.paging import KeysetPagination


class AnswerKnown(Exception):
    """The request was answered before; ``response`` is that answer."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


class Resource(GenericAPIView):
    """A view names the scopes that a token needs for reading and writing.

    ``query_parameters`` are those of its own, beside filters and pages.
    ``answers_with_secret``: what a POST answers is never stored.
    """

    read_scope: str = Scope.READ
    write_scope: str = Scope.MANAGE
    query_parameters: frozenset[str] = frozenset()
    answers_with_secret = False
    pagination_class: Any = None
    filter_backends: Any = ()
    queryset: Any = User.objects.none()  # the framework wants one; each verb reads its own
    claim: Claim | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        choose_language(request)
        super().initial(request, *args, **kwargs)
        refuse_unknown_parameters(request, self.known_parameters())
        if request.method == "POST" and isinstance(request.user, User):
            held = claim_key(request, request.user, keeps_body=not self.answers_with_secret)
            if isinstance(held, Response):
                raise AnswerKnown(held)
            self.claim = held

    def known_parameters(self) -> set[str]:
        return set(self.query_parameters)

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, AnswerKnown):
            return exc.response
        try:
            return super().handle_exception(exc)
        except Exception:
            if self.claim is not None:
                free(self.claim)
            raise

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        if self.claim is not None:
            settle(self.claim, response)
            self.claim = None
        return super().finalize_response(request, response, *args, **kwargs)

    @property
    def person(self) -> User:
        """Who asks; the permission classes have let nobody else in."""
        if not isinstance(self.request.user, User):
            raise NotAuthenticated
        return self.request.user

    def read_body(self, serializer: type[Serializer[Any]], **options: Any) -> dict[str, Any]:
        """The validated body; raises ``ValidationError``."""
        reading = serializer(data=self.request.data, context=self.get_serializer_context(), **options)
        reading.is_valid(raise_exception=True)
        return dict(reading.validated_data)


class ListResource(Resource):
    """GET answers a page of entries: ``filterset_class`` lists its filters, ``ordering`` is by what it is paged."""

    pagination_class = KeysetPagination
    filter_backends = (StrictFilterBackend,)
    filterset_class: Any = None
    ordering: tuple[str, ...] = ("-created_at", "id")

    def known_parameters(self) -> set[str]:
        if self.request.method not in {"GET", "HEAD"}:
            return super().known_parameters()
        filters = set(self.filterset_class.base_filters) if self.filterset_class else set()
        return super().known_parameters() | filters | {"limit", "cursor"}

    def page_of(self, rows: QuerySet[Any], serializer: type[Serializer[Any]]) -> Response:
        page = self.paginate_queryset(self.filter_queryset(rows))
        shown = serializer(page, many=True, context=self.get_serializer_context())
        return self.get_paginated_response(shown.data)


def choose_language(request: Request) -> None:
    """A program says its language by ``Accept-Language``; else, and on the site, the person's own language counts."""
    user, token = request.user, request.auth
    wanted = request.headers.get("Accept-Language")
    if isinstance(user, User) and not (isinstance(token, ApiToken) and wanted):
        translation.activate(user.language)
        request._request.LANGUAGE_CODE = translation.get_language()
