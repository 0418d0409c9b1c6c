"""The storage that this installation is configured for. The only place of this package that reads settings."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from storage.attempts import Attempts
from storage.b2 import B2Storage, Bucket
from storage.base import Storage
from storage.local import LocalStorage


def open_storage() -> Storage:
    """One storage per process and configuration."""
    if settings.STORAGE_BACKEND == "local":
        return _local(settings.DATA_DIR / "objects")
    return _b2(_bucket(), Attempts(settings.B2_MAX_RETRIES, settings.B2_RETRY_BACKOFF, settings.B2_RETRY_BACKOFF_MAX))


def _bucket() -> Bucket:
    return Bucket(
        endpoint_url=_needed("BACKBLAZE_ENDPOINT_URL"),
        name=_needed("BACKBLAZE_BUCKET_NAME"),
        key_id=_needed("BACKBLAZE_APPLICATION_KEY_ID"),
        application_key=_needed("BACKBLAZE_APPLICATION_KEY"),
    )


def _needed(name: str) -> str:
    value: str | None = getattr(settings, name)
    if not value:
        raise ImproperlyConfigured(f"STORAGE_BACKEND=b2 needs {name}")
    return value


@lru_cache(maxsize=4)
def _local(folder: Path) -> LocalStorage:
    return LocalStorage(folder)


@lru_cache(maxsize=4)
def _b2(bucket: Bucket, attempts: Attempts) -> B2Storage:
    return B2Storage(bucket, attempts)
