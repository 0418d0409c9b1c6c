"""What a token may do. What a person may do is decided by ``accounts.predicates`` and ``videos.access``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from rest_framework.permissions import SAFE_METHODS, BasePermission

from accounts.models import ApiToken, Scope, User
from accounts.predicates import is_administrator
from api.problems import Problem

if TYPE_CHECKING:  # at run time the framework's views import this module through the settings
    from rest_framework.request import Request
    from rest_framework.views import APIView


def needed_scope(view: object, method: str) -> str:
    """A view names the scopes of reading and of writing; the usual ones are ``read`` and ``manage``."""
    if method in SAFE_METHODS:
        return str(getattr(view, "read_scope", Scope.READ))
    return str(getattr(view, "write_scope", Scope.MANAGE))


class TokenHasScope(BasePermission):
    """People who signed in have no scopes: they may do what their role allows."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        token = request.auth
        if not isinstance(token, ApiToken):
            return True
        needed = needed_scope(view, request.method or "GET")
        if needed not in token.scopes:
            raise Problem(
                "insufficient-scope",
                gettext("Create a token with the scope «%(scope)s».") % {"scope": needed},
                headers={"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{needed}"'},
            )
        return True


class IsAdministrator(BasePermission):
    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(request.user, User) and is_administrator(request.user)
