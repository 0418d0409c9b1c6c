"""Minutes: what is left, and where the rest went."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from billing.balances import SIGN_UP, balance_of
from billing.ledger import ledger_page
from billing.models import LedgerEntry
from web.people import PersonRequest


@never_cache
@login_required
@require_safe
def account_minutes(request: PersonRequest) -> HttpResponse:
    balance = balance_of(request.user)  # first: it may write the first entry
    page = ledger_page(request.user, _after(request.GET.get("after", "")))
    context = {
        "balance": balance,
        "entries": [(entry, _about(entry)) for entry in page.entries],
        "next_after": page.next_after,
        "later": "after" in request.GET,
        "tab": "minutes",
    }
    return render(request, "web/account/minutes.html", context)


def _after(text: str) -> UUID | None:
    """An address that somebody changed by hand shows the newest page."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _about(entry: LedgerEntry) -> str:
    return _(SIGN_UP) if entry.note == SIGN_UP else entry.note or entry.video_name
