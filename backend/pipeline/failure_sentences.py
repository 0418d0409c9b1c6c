"""One clear sentence for every failure code, in the reader's language, with what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from media.rejection import RejectionReason, VideoRejected
from pipeline import failures
from reports import wording
from videos.rejection_messages import rejection_sentence

Details = Mapping[str, Any]


def failure_sentence(code: str, details: Details, step: str) -> str:
    """Why a run failed, or why it waits. Nothing internal is in it: the log of steps has the rest."""
    sentence = _SENTENCES.get(code)
    return _unforeseen(step) if sentence is None else sentence(details)


def _unforeseen(step: str) -> str:
    return _("The step “%(step)s” failed on our side; the log says why. Start the check again.") % {
        "step": wording.step_title(step)
    }


def _rejected(details: Details) -> str:
    return rejection_sentence(VideoRejected(RejectionReason(details["reason"]), **details["details"]))


def _not_enough_minutes(details: Details) -> str:
    said = _("The video is %(needed)s long, and %(available)s are left. Ask your administrator for more minutes.")
    return said % {
        "needed": wording.duration(details["needed_s"]),
        "available": wording.duration(details["available_s"]),
    }


_SENTENCES: dict[str, Callable[[Details], str]] = {
    failures.REJECTED: _rejected,
    failures.NOT_ENOUGH_MINUTES: _not_enough_minutes,
    failures.STORAGE: lambda details: _(
        "There is no room for working files. The check waits and goes on by itself when there is; nothing is lost."
    ),
    failures.FILE_MISSING: lambda details: _("The file of the video is not in the storage any more. Upload it again."),
    failures.STORAGE_SILENT: lambda details: _(
        "The storage does not answer. The check waits and goes on by itself when it does; nothing is lost."
    ),
    failures.DICTIONARY_INVALID: lambda details: _(
        "A dictionary of the project cannot be used. Correct it in the project's settings and start the check again."
    ),
    failures.PACK_UNUSABLE: lambda details: _(
        "A chosen policy pack is not installed any more or cannot be used. Choose packs in the project's settings."
    ),
    failures.TIME_LIMIT: lambda details: _(
        "The check took longer than is allowed. Start it again; if that does not help, cut the video into parts."
    ),
    failures.WORKER_LOST: lambda details: _(
        "The program that checks videos was ended again and again. Start the check once more."
    ),
}
