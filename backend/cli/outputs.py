"""Writing what was asked for: whole files or nothing, and refusal before the work when the place is impossible."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from django.utils.translation import gettext as _

from cli.command import Refused
from cli.exit_codes import ExitCode

STDOUT = "-"


def require_writable(target: str, video: Path | None) -> None:
    """Raises ``Refused`` when a file cannot be written at ``target``, or it is the video itself.

    Better now than after an hour of work.
    """
    if target == STDOUT:
        return
    path = Path(target).absolute()
    try:
        overwrites_video = video is not None and path.exists() and video.exists() and path.samefile(video)
    except OSError as error:
        raise _unwritable(target, error) from error
    if overwrites_video:
        raise Refused(ExitCode.MISCONFIGURED, _("The report would overwrite the video. Name another file."))
    if path.is_dir():
        raise Refused(ExitCode.MISCONFIGURED, _("“%(path)s” is a folder; name a file to write to.") % {"path": target})
    if not path.parent.is_dir():
        said = _("The folder of “%(path)s” does not exist: make it first, or name another file.")
        raise Refused(ExitCode.MISCONFIGURED, said % {"path": target})
    if not os.access(path.parent, os.W_OK):
        said = _("You may not write to the folder of “%(path)s”: name a file elsewhere.")
        raise Refused(ExitCode.MISCONFIGURED, said % {"path": target})


def write_output(target: str, text: str) -> None:
    """All or nothing. Raises ``Refused`` when the disk says no."""
    if target == STDOUT:
        sys.stdout.write(text)
        return
    path = Path(target).absolute()
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        if path.exists() and not path.is_file():  # a device or a pipe is written to, never replaced
            path.write_text(text, encoding="utf-8")
            return
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise _unwritable(target, error) from error


def _unwritable(target: str, error: OSError) -> Refused:
    said = _("“%(path)s” could not be written: %(reason)s.") % {"path": target, "reason": error.strerror}
    return Refused(ExitCode.MISCONFIGURED, said)
