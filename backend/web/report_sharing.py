"""Making, listing and revoking share links of a report."""

from __future__ import annotations

import uuid
from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from reports.models import ShareLink
from reports.sharing import (
    DEFAULT_DAYS,
    LONGEST_DAYS,
    MAX_NOTE,
    MAX_OPEN_LINKS,
    SHORTEST_DAYS,
    LinkInvalid,
    address_token,
    create_link,
    revoke_link,
)
from web.report_doors import OpenedReport

LISTED = 50


class ShareForm(forms.Form):
    note = forms.CharField(max_length=MAX_NOTE, required=False, label=gettext_lazy("For whom"))
    lifetime_days = forms.IntegerField(
        min_value=SHORTEST_DAYS, max_value=LONGEST_DAYS, initial=DEFAULT_DAYS, label=gettext_lazy("Works for, days")
    )
    with_video = forms.BooleanField(required=False, initial=True, label=gettext_lazy("Show the video as well"))


@require_http_methods(["GET", "HEAD", "POST"])
def report_share(request: HttpRequest, opened: OpenedReport) -> HttpResponse:
    """The links of a report; a POST makes one. Inside the page of the report this is a dialog, else a page."""
    _only_who_may(opened)
    form = ShareForm(request.POST if request.method == "POST" else None)
    made: ShareLink | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = create_link(opened.report, cast(User, request.user), **form.cleaned_data)
        except LinkInvalid:
            # The form has checked the rest; what is left is that there are too many.
            words = gettext("This report already has %(count)d working links. Revoke one first.")
            form.add_error(None, words % {"count": MAX_OPEN_LINKS})
        else:
            form = ShareForm()
    return _answer(request, opened, form, made)


@require_POST
def report_share_revoke(request: HttpRequest, opened: OpenedReport, link_id: uuid.UUID) -> HttpResponse:
    _only_who_may(opened)
    link = opened.report.share_links.filter(pk=link_id).first()
    if link is None:
        raise Http404
    revoke_link(link)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("report-share", report_id=opened.report.pk)
    return _answer(request, opened, ShareForm(), None)


def _only_who_may(opened: OpenedReport) -> None:
    if not opened.may_share:
        raise Http404


def _answer(request: HttpRequest, opened: OpenedReport, form: ShareForm, made: ShareLink | None) -> HttpResponse:
    context: dict[str, Any] = {
        "opened": opened,
        "report": opened.report,
        "video": opened.report.video,
        "form": form,
        "made": None if made is None else made.pk,
        "links": [_Listed(request, link) for link in opened.report.share_links.order_by("-created_at")[:LISTED]],
    }
    inside = request.htmx  # type: ignore[attr-defined]
    template = "web/report/_share.html" if inside else "web/report/share.html"
    return render(request, template, context, status=422 if form.errors else 200)


class _Listed:
    """A link as the list shows it."""

    def __init__(self, request: HttpRequest, link: ShareLink) -> None:
        self.link = link
        self.url = request.build_absolute_uri(reverse("shared-report", args=[address_token(link)]))
        self.works = link.revoked_at is None and link.is_in_time
