"""The account: profile and password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.profile import Profile, change_profile
from web.appearance import remember_appearance
from web.limits import limited
from web.new_password import NewPasswordForm
from web.people import PersonRequest


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("first_name", "last_name", "language", "theme")
        labels = {
            "first_name": gettext_lazy("First name"),
            "last_name": gettext_lazy("Last name"),
            "language": gettext_lazy("Language of the pages"),
            "theme": gettext_lazy("Theme"),
        }
        help_texts = {"language": gettext_lazy("Mails and new reports are written in it too.")}
        widgets = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
        }


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: PersonRequest) -> HttpResponse:
    # A copy: what is typed wrong must not show in the bar on top.
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        profile = Profile(**form.cleaned_data)
        change_profile(request.user, profile)
        with translation.override(profile.language):
            messages.success(request, _("Saved."))
        response = redirect("account")
        remember_appearance(request, response, profile.language, profile.theme)
        return response
    return render(request, "web/account/profile.html", {"form": form, "tab": "profile"})


class ChangePasswordForm(NewPasswordForm):
    """The old password is asked for: an open browser alone must not be enough. Programs keep their tokens."""

    revokes_tokens = False
    old_password = forms.CharField(
        label=gettext_lazy("Current password"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    field_order = ("old_password", "new_password")

    def clean_old_password(self) -> str:
        password = str(self.cleaned_data["old_password"])
        if not self.user.check_password(password):
            raise ValidationError(_("This is not your current password."))
        return password

    def clean(self) -> dict[str, Any]:
        old, new = self.cleaned_data.get("old_password"), self.cleaned_data.get("new_password")
        if old is not None and old == new:
            self.add_error("new_password", _("This is the password that you have now. Choose another one."))
        return self.cleaned_data


@never_cache
@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("sign-in")
def account_password(request: PersonRequest) -> HttpResponse:
    """The new password keeps this browser signed in and signs the others out."""
    form = ChangePasswordForm(request.user, request.POST or None)
    first = request.user.must_change_password
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, request.user)
        messages.success(request, _("The password is changed; other browsers are signed out."))
        return redirect("home" if first else "account")
    return render(request, "web/account/password.html", {"form": form, "first": first, "tab": "password"})
