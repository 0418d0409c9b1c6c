"""A forgotten password is reset by mail. No answer tells whether an address is known."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.views import PasswordResetConfirmView, PasswordResetDoneView, PasswordResetView
from django.core.mail import EmailMultiAlternatives
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.outgoing_mail import send_soon
from web.limits import limited
from web.new_password import NewPasswordForm


class ResetByMailForm(PasswordResetForm):
    """Django's, written in the language of the person who gets it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.label = gettext_lazy("E-mail")
        email.widget.attrs.update(autocomplete="username", autofocus=True, autocapitalize="none", spellcheck="false")

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],
        from_email: str | None,
        to_email: str,
        html_email_template_name: str | None = None,
    ) -> None:
        with translation.override(context["user"].language):
            subject = _("A new password for AI Compliance Agent")
            message = EmailMultiAlternatives(
                subject, render_to_string(email_template_name, context), from_email, [to_email]
            )
            html = render_to_string("web/mail/password_reset.html", {**context, "subject": subject})
        message.attach_alternative(html, "text/html")
        send_soon(message)


@method_decorator(require_http_methods(["GET", "HEAD", "POST"]), name="dispatch")
@method_decorator(limited("password-reset"), name="dispatch")
class PasswordReset(PasswordResetView):
    template_name = "web/signing/reset.html"
    form_class = ResetByMailForm
    email_template_name = "web/mail/password_reset.txt"
    success_url = reverse_lazy("password-reset-sent")


class PasswordResetSent(PasswordResetDoneView):
    template_name = "web/signing/reset_sent.html"


@method_decorator(require_http_methods(["GET", "HEAD", "POST"]), name="dispatch")
class PasswordResetConfirm(PasswordResetConfirmView):
    """Behind the link of the mail; the token moves from the address into the session at once."""

    template_name = "web/signing/reset_confirm.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("sign-in")

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        messages.success(self.request, _("The password is changed. Sign in with the new one."))
        return super().form_valid(form)
