"""API tokens: whose, for what, until when. The tokens themselves are known to nobody."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.api_tokens import revoke_token
from accounts.models import ApiToken
from operations.support_page import SupportPage


@admin.register(ApiToken)
class ApiTokens(SupportPage):
    list_display = ("name", "beginning", "user", "allowed", "created", "expiry", "used_at")
    list_display_links = None  # the row's own address would hold the hash
    list_filter = ("created", "expiry")
    list_select_related = ("user",)
    search_fields = ("name", "token_key", "user__email")
    fields = ("name", "beginning", "user", "allowed", "created", "expiry", "used_at")
    actions = ("revoke",)

    @admin.display(description=_("begins with"), ordering="token_key")
    def beginning(self, token: ApiToken) -> str:
        return f"{token.token_key}…"

    @admin.display(description=_("may"))
    def allowed(self, token: ApiToken) -> str:
        return ", ".join(token.scopes)

    @admin.action(description=_("Revoke: they stop working at once"), permissions=["act"])
    def revoke(self, request: HttpRequest, tokens: QuerySet[ApiToken]) -> None:
        for token in tokens:
            self.note(request, token.user, f"API token revoked: {token.name}")
            revoke_token(token.user, token.digest)
        self.message_user(request, _("Done."))
