"""Wrong passwords, and letting somebody in again before the lockout ends by itself."""

from __future__ import annotations

from datetime import datetime

from axes.models import AccessAttempt
from axes.utils import reset as lift_lockout
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.browser_names import browser_in_words
from operations.support_page import SupportPage


@admin.register(AccessAttempt)
class SignInAttempts(SupportPage):
    list_display = ("when", "typed_name", "address", "wrong_passwords", "browser")
    list_filter = ("attempt_time",)
    search_fields = ("username", "ip_address")
    fields = list_display  # what was typed in is nobody's business
    actions = ("unlock",)

    @admin.display(description=_("when"), ordering="attempt_time")
    def when(self, attempt: AccessAttempt) -> datetime:
        return attempt.attempt_time

    @admin.display(description=_("name that was typed in"), ordering="username")
    def typed_name(self, attempt: AccessAttempt) -> str:
        return attempt.username or "—"

    @admin.display(description=_("address"), ordering="ip_address")
    def address(self, attempt: AccessAttempt) -> str:
        return attempt.ip_address or "—"

    @admin.display(description=_("wrong passwords"), ordering="failures_since_start")
    def wrong_passwords(self, attempt: AccessAttempt) -> int:
        return attempt.failures_since_start

    @admin.display(description=_("browser"))
    def browser(self, attempt: AccessAttempt) -> str:
        return browser_in_words(attempt.user_agent)

    @admin.action(description=_("Let them try again"), permissions=["act"])
    def unlock(self, request: HttpRequest, attempts: QuerySet[AccessAttempt]) -> None:
        for attempt in attempts:
            self.note(request, attempt, f"Lockout lifted: {attempt.username}")
            lift_lockout(username=attempt.username, ip=attempt.ip_address)
        self.message_user(request, _("Done."))
