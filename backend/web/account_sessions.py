"""Where a person is signed in, and signing out there."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.open_sessions import end_other_sessions, end_session, open_sessions
from web.people import PersonRequest


@never_cache
@login_required
@require_safe
def account_sessions(request: PersonRequest) -> HttpResponse:
    found = open_sessions(request.user, request.session.session_key)
    return render(request, "web/account/sessions.html", {"sessions": found, "tab": "sessions"})


@login_required
@require_POST
def account_session_end(request: PersonRequest, session_id: str) -> HttpResponse:
    if not end_session(request.user, session_id):
        raise Http404
    messages.success(request, _("That browser is signed out."))
    return redirect("account-sessions")


@login_required
@require_POST
def account_sessions_end_others(request: PersonRequest) -> HttpResponse:
    count = end_other_sessions(request.user, request.session.session_key)
    sentence = ngettext("%(count)d other browser is signed out.", "%(count)d other browsers are signed out.", count)
    messages.success(request, sentence % {"count": count})
    return redirect("account-sessions")
