"""From the installation's settings to what a run needs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from cli.command import Refused
from cli.exit_codes import ExitCode
from detectors.protocol import DetectorSettings
from media.limits import Limits
from pipeline.run_directory import RunDirectory, UnsafeWorkingFolder, working_root


def limits_from_settings() -> Limits:
    return Limits(
        max_size_bytes=settings.MAX_VIDEO_FILE_SIZE,
        max_duration_s=settings.MAX_VIDEO_DURATION,
        allowed_formats=settings.ALLOWED_VIDEO_FORMATS,
        sample_fps=settings.FRAME_EXTRACTION_FPS,
    )


def detector_settings() -> DetectorSettings:
    return DetectorSettings(
        models_dir=settings.MODELS_DIR,
        cache_dir=settings.DATA_DIR / "models",
        profanity_dict=settings.PROFANITY_DICT_PATH,
        brand_dict=settings.BRAND_DICT_PATH,
        stopwords_dict=settings.STOPWORDS_DICT_PATH,
    )


def run_directory(run_id: UUID) -> RunDirectory:
    return RunDirectory.of(str(run_id), data_dir=settings.DATA_DIR, temp_dir=settings.TEMP_DIR)


def working_folder() -> Path:
    return working_root(settings.TEMP_DIR, settings.DATA_DIR)


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
