"""Titles of fields as support staff read them; in the code a field's own name is title enough."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField, Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Column = str | Callable[[Any], Any]

TITLES = {
    "action_count": _("need action"),
    "active": _("active"),
    "attempt": _("attempt"),
    "attempts": _("attempts"),
    "cancel_requested_at": _("asked to cancel at"),
    "complete": _("everything was checked"),
    "created": _("made at"),
    "created_at": _("made at"),
    "created_by": _("made by"),
    "deleted_at": _("deleted at"),
    "delivered_at": _("delivered at"),
    "duration_s": _("length, seconds"),
    "error": _("error"),
    "error_details": _("details of the error"),
    "event": _("event"),
    "events": _("events"),
    "expires_at": _("works until"),
    "expiry": _("works until"),
    "failures": _("failures"),
    "findings_count": _("findings"),
    "finished_at": _("finished at"),
    "fps": _("frames per second"),
    "granted_by": _("granted by"),
    "heartbeat_at": _("last sign of life"),
    "height": _("height, pixels"),
    "kind": _("kind"),
    "language": _("language"),
    "name": pgettext_lazy("of a thing", "name"),
    "next_attempt_at": _("next attempt at"),
    "note": _("note"),
    "number": _("number"),
    "opened_at": _("opened at"),
    "opened_count": _("times opened"),
    "owner": _("owner"),
    "packs": _("packs"),
    "part_size_bytes": _("part, bytes"),
    "payload": _("message"),
    "project": _("project"),
    "received_bytes": _("received, bytes"),
    "replay_of": _("repeats"),
    "response_status": _("answer"),
    "revoked_at": _("revoked at"),
    "run_id": _("run"),
    "seconds": _("seconds"),
    "settings_version": _("settings"),
    "size_bytes": _("size, bytes"),
    "source": _("from where"),
    "stage": _("stage"),
    "started_by": _("started by"),
    "status": _("status"),
    "subject_id": _("about"),
    "thresholds": _("thresholds"),
    "tone": _("gravest finding"),
    "touched_at": _("last touched at"),
    "unlimited": _("never refused"),
    "uploaded_by": _("uploaded by"),
    "used_at": _("last used at"),
    "user": _("person"),
    "video": _("video"),
    "video_name": _("video"),
    "width": _("width, pixels"),
    "with_video": _("with the video"),
}


def titled(model: type[Model], columns: Iterable[Column]) -> tuple[Column, ...]:
    """The columns, those that are fields without a title of their own replaced by ones with a title."""
    return tuple(_titled(model, column) for column in columns)


@cache  # Django compares columns
def _titled(model: type[Model], column: Column) -> Column:
    if not isinstance(column, str) or column not in TITLES:
        return column
    try:
        field = model._meta.get_field(column)
    except FieldDoesNotExist:
        return column

    @admin.display(description=TITLES[column], ordering=column, boolean=isinstance(field, BooleanField))
    def read(row: Any) -> Any:
        if getattr(field, "choices", None):
            return getattr(row, f"get_{column}_display")()
        value = getattr(row, column)
        return None if value == "" else value

    read.__name__ = column
    return read
