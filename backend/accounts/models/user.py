"""People."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is here for. Senior operators and auditors are operators with one of ``User.Meta.permissions``."""

    CLIENT = "CLIENT", _("Client")
    OPERATOR = "OPERATOR", _("Operator")
    ADMINISTRATOR = "ADMINISTRATOR", _("Administrator")


class Theme(models.TextChoices):
    SYSTEM = "system", _("As in the system")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class PeopleManager(UserManager["User"]):
    """Django's; ``manage.py createsuperuser`` makes an administrator."""

    use_in_migrations = False

    def create_superuser(self, *args: Any, **fields: Any) -> User:
        return super().create_superuser(*args, **{"role": Role.ADMINISTRATOR, **fields})


class User(AbstractUser):  # type: ignore[django-manager-missing]  # knox's tokens have no types
    """A person who signs in, by e-mail or user name.

    ``role`` is set by an administrator only: no form or serializer that its owner reaches has the field.
    ``must_change_password`` is true while the password is one that somebody else has seen (printed by ``up``).
    """

    role = models.CharField(_("role"), max_length=16, choices=Role.choices, default=Role.CLIENT)
    language = models.CharField(
        _("language"), max_length=8, choices=[("ru", "Русский"), ("en", "English")], default="ru"
    )
    theme = models.CharField(_("theme"), max_length=8, choices=Theme.choices, default=Theme.SYSTEM)
    must_change_password = models.BooleanField(default=False)

    objects: ClassVar[PeopleManager] = PeopleManager()

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="one_account_per_email"),
        ]
        permissions = [
            ("supervise_review", _("Senior operator: supervises the review of others")),
            ("read_audit", _("Auditor: reads everything, changes nothing")),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email or self.username
