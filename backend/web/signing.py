"""Signing in, signing up, signing out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView, RedirectURLMixin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django.views.generic import FormView

from accounts.models import User
from accounts.signing_up import EMAIL_CHARACTERS, EmailTaken, sign_up
from web.limits import limited
from web.new_password import NewPasswordField

ADDRESS_ATTRIBUTES = {"autocapitalize": "none", "spellcheck": "false", "autofocus": True}


class SignInForm(AuthenticationForm):
    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": gettext_lazy("The name or the password is wrong. Check the keyboard layout and Caps Lock."),
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        name, password = self.fields["username"], self.fields["password"]
        name.label = gettext_lazy("E-mail or user name")
        name.max_length = 254
        name.widget.attrs.update(ADDRESS_ATTRIBUTES, maxlength="254", autocomplete="username")
        password.label = gettext_lazy("Password")


class SignUpForm(forms.Form):
    """An address and a password, and nothing else: what else is sent is not read."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=EMAIL_CHARACTERS,
        help_text=gettext_lazy("You sign in with it, and reports can be sent there."),
        widget=forms.EmailInput(attrs={**ADDRESS_ATTRIBUTES, "autocomplete": "username"}),
    )
    password = NewPasswordField()

    def create(self) -> User | None:
        """The new client, or None with the errors beside their fields."""
        try:
            return sign_up(self.cleaned_data["email"], self.cleaned_data["password"], get_language() or "ru")
        except EmailTaken:
            self.add_error("email", _taken())
        except ValidationError as refusal:
            self.add_error(None, refusal)
        return None


def _taken() -> ValidationError:
    sentence = _("There is an account with this address already.")
    ways = (reverse("sign-in"), _("Sign in"), reverse("password-reset"), _("Reset the password"))
    return ValidationError(format_html('{} <a href="{}">{}</a> · <a href="{}">{}</a>', sentence, *ways))


class _NextAddress(RedirectURLMixin):
    """Where to go afterwards: ``next`` when it is ours and not a page for strangers, else the first page."""

    request: HttpRequest

    def get_redirect_url(self) -> str:
        wanted = str(super().get_redirect_url())
        return "" if wanted.split("?")[0] in (reverse("sign-in"), reverse("sign-up")) else wanted

    def get_default_redirect_url(self) -> str:
        return resolve_url(settings.LOGIN_REDIRECT_URL)


@method_decorator(require_http_methods(["GET", "HEAD", "POST"]), name="dispatch")
@method_decorator(limited("sign-in"), name="dispatch")
class SignIn(_NextAddress, LoginView):
    template_name = "web/signing/in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


@method_decorator(require_http_methods(["GET", "HEAD", "POST"]), name="dispatch")
@method_decorator(limited("sign-up"), name="dispatch")
@method_decorator(sensitive_post_parameters("password"), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class SignUp(_NextAddress, FormView):
    template_name = "web/signing/up.html"
    form_class = SignUpForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return HttpResponseRedirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: SignUpForm) -> HttpResponse:
        user = form.create()
        if user is None:
            return self.form_invalid(form)
        login(self.request, user, backend="accounts.authentication.EmailOrUsernameBackend")
        return HttpResponseRedirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(next=self.get_redirect_url(), gift=settings.SIGNUP_MINUTES, **kwargs)


class SignOut(LogoutView):
    """By POST only, so that no foreign page can do it with a picture's address."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        messages.success(request, _("You are signed out."))
        return response
