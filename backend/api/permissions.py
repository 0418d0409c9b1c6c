"""What a token may do. What a person may do is decided by the predicates of ``accounts.permissions``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import SAFE_METHODS, BasePermission

from accounts.models import ApiToken, Scope

if TYPE_CHECKING:  # at run time the framework's views import this module through the settings
    from rest_framework.request import Request
    from rest_framework.views import APIView


class TokenHasScope(BasePermission):
    """A view names the scope of its writing verbs as ``write_scope``; reading needs ``read``. People have no scopes."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        token = request.auth
        if not isinstance(token, ApiToken):
            return True
        needed = Scope.READ if request.method in SAFE_METHODS else getattr(view, "write_scope", Scope.MANAGE)
        return needed in token.scopes
