"""Links to reports: who made them, whether they are used, and taking them back."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from operations.support_page import SupportPage
from reports.models import ShareLink
from reports.sharing import revoke_link


@admin.register(ShareLink)
class ShareLinks(SupportPage):
    list_display = (
        *("created_at", "video_of", "created_by", "note", "with_video", "expires_at", "revoked_at"),
        *("opened_count", "opened_at"),
    )
    list_filter = ("created_at", "expires_at", ("revoked_at", admin.EmptyFieldListFilter))
    list_select_related = ("report__video", "created_by")
    search_fields = ("id", "note", "created_by__email", "report__video__name")
    fields = ("id", *list_display)
    actions = ("revoke",)

    @admin.display(description=_("video"))
    def video_of(self, link: ShareLink) -> str:
        return link.report.video.name

    @admin.action(description=_("Revoke: they open nothing from now on"), permissions=["act"])
    def revoke(self, request: HttpRequest, links: QuerySet[ShareLink]) -> None:
        for link in links.filter(revoked_at=None):
            revoke_link(link)
            self.note(request, link, "Revoked")
        self.message_user(request, _("Done."))
