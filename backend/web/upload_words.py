"""What the upload's script says, in the reader's language; ``{…}`` are filled by the script."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from videos.access import changeable_uploads
from videos.models import Project, Upload, UploadSource, UploadStatus
from videos.uploading.acceptance import largest_file_bytes

UNFINISHED_SHOWN = 20


def upload_settings(person: User, project: Project | None) -> dict[str, object]:
    """Addresses, limits, words, and what the person left unfinished (in the project), for ``json_script``."""
    nobody = "00000000-0000-0000-0000-000000000000"
    return {
        "project": str(project.pk) if project else None,
        "unfinished": _unfinished(person, project),
        "formats": list(settings.ALLOWED_VIDEO_FORMATS),
        "largest": largest_file_bytes(),
        "video": reverse("video", args=(nobody,)).replace(nobody, "{id}"),
        "words": {
            "queued": _("In line"),
            "begins": _("Beginning …"),
            "sending": _("{done} of {size} · {speed}/s · {left} left"),
            "sendingSlowly": _("{done} of {size}"),
            "paused": _("Paused: {done} of {size}"),
            "offline": _("No connection. Goes on by itself: {done} of {size} are safe"),
            "finishing": _("Putting together and comparing the digest …"),
            "done": _("Uploaded, in line for a check"),
            "cancelled": _("Cancelled"),
            "resumable": _("Broke off at {done} of {size}. Choose the file again to go on"),
            "wrongFormat": _("This is not a video that is accepted here: {formats}"),
            "tooLarge": _("Larger than {limit}, which is the limit"),
            "empty": _("The file is empty"),
            "signIn": _("Sign in again in another tab, then go on"),
            "elsewhere": _("Another tab is uploading this file"),
            "broken": _("The upload did not succeed: {why}"),
            "unreadable": _("The file cannot be read any more; was it moved or changed?"),
            "duplicate": _("This file was already uploaded as “{name}” on {when}."),
            "announceDone": _("{name} is uploaded"),
            "announceFailed": _("{name} was not uploaded"),
            "announceAdded": _("Files in line: {count}"),
            "nothing": _("There are no videos among these files"),
            "total": _("{done} of {count}"),
            "bytes": [_("B"), _("KB"), _("MB"), _("GB"), _("TB")],
            "seconds": _("{n} s"),
            "minutes": _("{n} min"),
            "hours": _("{n} h {m} min"),
        },
    }


def _unfinished(person: User, project: Project | None) -> list[dict[str, object]]:
    """Only a fingerprint lets the file be known again."""
    mine = (
        changeable_uploads(person)
        .filter(created_by=person, source=UploadSource.PARTS, status=UploadStatus.OPEN)
        .exclude(fingerprint="")
    )
    if project is not None:
        mine = mine.filter(project=project)
    newest = mine.select_related("project").order_by("-created_at", "id")[:UNFINISHED_SHOWN]
    return [_as_json(upload) for upload in newest]


def _as_json(upload: Upload) -> dict[str, object]:
    return {
        "id": str(upload.pk),
        "project": str(upload.project_id),
        "project_name": upload.project.name,
        "name": upload.name,
        "size_bytes": upload.size_bytes,
        "received_bytes": upload.received_bytes,
        "fingerprint": upload.fingerprint,
    }
