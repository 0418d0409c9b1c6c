"""People and what lets them in."""

from accounts.models.api_token import ApiToken, Scope
from accounts.models.session import Session
from accounts.models.user import Role, Theme, User

__all__ = ["ApiToken", "Role", "Scope", "Session", "Theme", "User"]
