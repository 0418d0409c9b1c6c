"""Trouble with this installation's folders, as a refusal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from cli.command import Refused
from cli.exit_codes import ExitCode
from pipeline.run_directory import UnsafeWorkingFolder


def unwritable_folders(reason: str) -> str:
    return _("Working files cannot be written (%(reason)s). Check DATA_DIR, TEMP_DIR and the free space.") % {
        "reason": reason
    }


@contextmanager
def refusing_bad_folders() -> Iterator[None]:
    """Turn trouble with this installation's folders into a refusal."""
    try:
        yield
    except UnsafeWorkingFolder as error:
        raise Refused(
            ExitCode.MISCONFIGURED,
            _("The folder for temporary files belongs to somebody else. Set TEMP_DIR to a folder of your own."),
        ) from error
    except OSError as error:
        raise Refused(ExitCode.MISCONFIGURED, unwritable_folders(os.strerror(error.errno or 0))) from error
