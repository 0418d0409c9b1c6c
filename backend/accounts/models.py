"""The product's own user model, so that fields can be added later without replacing Django's."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A person who signs in; for now exactly Django's user."""
