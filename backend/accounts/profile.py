"""What people say about themselves, and how they like to see the site."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User


@dataclass(frozen=True, slots=True)
class Profile:
    """``language`` and ``theme`` are values of the fields of ``User``."""

    first_name: str
    last_name: str
    language: str
    theme: str


def change_profile(user: User, profile: Profile) -> None:
    """Raises ValidationError with sentences per field."""
    user.first_name = profile.first_name
    user.last_name = profile.last_name
    user.language = profile.language
    user.theme = profile.theme
    user.clean_fields(exclude=_OTHER_FIELDS)
    user.save(update_fields=list(_OWN_FIELDS))


_OWN_FIELDS = frozenset({"first_name", "last_name", "language", "theme"})
_OTHER_FIELDS = frozenset(field.name for field in User._meta.fields) - _OWN_FIELDS
