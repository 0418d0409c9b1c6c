"""From this installation's settings to what a run needs."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.conf import settings

from detectors.protocol import DetectorSettings
from media.limits import Limits
from pipeline.run_directory import RunDirectory, working_root


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
