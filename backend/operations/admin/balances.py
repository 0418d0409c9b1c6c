"""Minutes that people have left, and granting more."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from billing.minutes import grant
from billing.models import Balance
from billing.unlimited import set_unlimited
from operations.support_page import SupportPage

MOST_MINUTES = 100_000
"""More at once is a slip of the keyboard."""


class GrantForm(forms.ModelForm):  # type: ignore[type-arg]
    """Adds to a balance; the balance itself is nowhere typed in."""

    minutes = forms.IntegerField(label=_("Grant minutes"), min_value=1, max_value=MOST_MINUTES)
    reason = forms.CharField(label=_("Why"), max_length=255, help_text=_("The owner reads it in the ledger"))

    class Meta:
        model = Balance
        fields = ()


@admin.register(Balance)
class Balances(SupportPage):
    list_display = ("owner", "available", "reserved", "unlimited")
    list_filter = ("unlimited",)
    list_select_related = ("owner",)
    search_fields = ("owner__email", "owner__username")
    ordering = ("owner__email",)
    form = GrantForm
    readonly_fields = ("owner_of", "available", "reserved", "never_refused")
    fields = (*readonly_fields, "minutes", "reason")
    actions = ("lift_limit", "bring_back_limit")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_act_permission(request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_fields(request, obj) if self.has_change_permission(request) else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: Balance, form: Any, change: bool) -> None:
        grant(obj.owner, form.cleaned_data["minutes"] * 60, request.user, form.cleaned_data["reason"])

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        return f"Granted {form.cleaned_data['minutes']} min: {form.cleaned_data['reason']}"

    @admin.display(description=_("owner"))
    def owner_of(self, balance: Balance) -> User:
        return balance.owner

    @admin.display(description=_("never refused"), boolean=True)
    def never_refused(self, balance: Balance) -> bool:
        return balance.unlimited

    @admin.display(description=_("minutes left"), ordering="available_s")
    def available(self, balance: Balance) -> str:
        return _minutes(balance.available_s)

    @admin.display(description=_("minutes set aside"), ordering="reserved_s")
    def reserved(self, balance: Balance) -> str:
        return _minutes(balance.reserved_s)

    @admin.action(description=_("Never refuse: checks are only counted"), permissions=["act"])
    def lift_limit(self, request: HttpRequest, balances: QuerySet[Balance]) -> None:
        self._set_unlimited(request, balances, True)

    @admin.action(description=_("Refuse when no minutes are left"), permissions=["act"])
    def bring_back_limit(self, request: HttpRequest, balances: QuerySet[Balance]) -> None:
        self._set_unlimited(request, balances, False)

    def _set_unlimited(self, request: HttpRequest, balances: QuerySet[Balance], unlimited: bool) -> None:
        if not isinstance(request.user, User):
            raise PermissionDenied
        for balance in balances.select_related("owner"):
            set_unlimited(balance.owner, unlimited, request.user)
            self.note(request, balance, "Limit lifted" if unlimited else "Limit brought back")
        self.message_user(request, _("Done."))


def _minutes(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"
