"""The field for a password to be chosen, and the form around it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.passwords import replace_password


class NewPasswordField(forms.CharField):
    """Typed once: it can be looked at, and a wrong one is reset by mail."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Password"))
        super().__init__(
            strip=False,
            max_length=128,
            help_text=_("At least 8 characters; a few unrelated words are easy to remember and hard to guess."),
            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
            **kwargs,
        )


class NewPasswordForm(forms.Form):
    """Asks for a new password of one person. Whoever forgot theirs may have lost the account: tokens end too."""

    revokes_tokens = True
    new_password = NewPasswordField(label=_("New password"))

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new_password(self) -> str:
        password = str(self.cleaned_data["new_password"])
        validate_password(password, self.user)
        return password

    def save(self) -> User:
        replace_password(self.user, self.cleaned_data["new_password"], revoke_tokens=self.revokes_tokens)
        return self.user
