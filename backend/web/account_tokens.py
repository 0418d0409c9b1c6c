"""API tokens: made, listed, revoked. The secret is on one answer only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.api_tokens import NAME_CHARACTERS, NewToken, available_scopes, create_token, revoke_token, tokens_of
from accounts.models import ApiToken, Scope, User
from web.people import PersonRequest

LIFETIMES_DAYS = (30, 90, 180, 365)


def _lifetimes() -> list[tuple[int, str]]:
    return [(days, ngettext("%(count)d day", "%(count)d days", days) % {"count": days}) for days in LIFETIMES_DAYS]


class TokenForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=NAME_CHARACTERS,
        help_text=gettext_lazy("Where it is used: so that you know later which one to revoke."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"),
        widget=forms.CheckboxSelectMultiple,
        initial=[Scope.READ],
        error_messages={"required": gettext_lazy("Choose at least one thing that the token may do.")},
    )
    lifetime_days = forms.TypedChoiceField(label=gettext_lazy("Works for"), coerce=int, choices=_lifetimes, initial=90)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["scopes"].choices = [(scope.value, scope.label) for scope in available_scopes(user)]

    def create(self) -> NewToken | None:
        """The new token, or None with the errors beside their fields."""
        try:
            return create_token(self.user, **self.cleaned_data)
        except ValidationError as refusal:
            self.add_error(None, refusal)
            return None


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account_tokens(request: PersonRequest) -> HttpResponse:
    form = TokenForm(request.user, request.POST or None)
    made = form.create() if request.method == "POST" and form.is_valid() else None
    context = {
        "form": TokenForm(request.user) if made else form,
        "made": made,
        "tokens": [_row(token) for token in tokens_of(request.user)],
        "tab": "tokens",
    }
    return render(request, "web/account/tokens.html", context)


@login_required
@require_POST
def account_token_revoke(request: PersonRequest, digest: str) -> HttpResponse:
    if not revoke_token(request.user, digest):
        raise Http404
    messages.success(request, _("The token is revoked: it works no more."))
    return redirect("account-tokens")


def _row(token: ApiToken) -> dict[str, Any]:
    """What one row of the table shows."""
    titles = [str(Scope(value).label) for value in token.scopes if value in Scope.values]
    expired = token.expiry is not None and token.expiry <= timezone.now()
    return {"token": token, "scopes": titles, "expired": expired}
