"""What the product needs to do its work, each asked in one check. Names and answers hold no path and no address."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from detectors.registry import all_detectors
from detectors.weights import is_installed
from storage.base import ObjectMissing, Storage, StorageFailed
from storage.registry import open_storage

LEAST_FREE_BYTES = 1 << 30
"""Below it a check of a long video may not find room for its frames and sound."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the answer. ``detail`` says in English what is wrong, or how much there is."""

    name: str
    passed: bool
    detail: str


def checks() -> Iterator[Check]:
    """Every check, in the order of their cost; one that fails stops none of the others."""
    yield _database()
    yield _migrations()
    yield _storage()
    yield _free_space("data_space", settings.DATA_DIR)
    yield _free_space("temporary_space", settings.TEMP_DIR)
    yield _models()
    yield _static_files()


def _database() -> Check:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return Check("database", False, "does not answer")
    return Check("database", True, "answers")


def _migrations() -> Check:
    try:
        executor = MigrationExecutor(connection)
        pending = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return Check("migrations", False, "unknown: the database does not answer")
    return Check("migrations", not pending, f"{pending} not applied" if pending else "applied")


def _storage() -> Check:
    """A folder takes a small object; a bucket says that an object is not there, which costs no write."""
    key = f"probes/{uuid.uuid4().hex}"
    try:
        storage = open_storage()
        if storage.is_remote:
            return _bucket(storage, key)
        storage.put_bytes(b"ready", key, "text/plain")
        storage.delete(key)
    except StorageFailed:
        return Check("storage", False, "takes nothing")
    except ImproperlyConfigured:
        return Check("storage", False, "is not configured")
    return Check("storage", True, "takes objects")


def _bucket(storage: Storage, key: str) -> Check:
    try:
        storage.size_bytes(key)
    except ObjectMissing:
        return Check("storage", True, "answers")
    except StorageFailed:
        return Check("storage", False, "does not answer")
    return Check("storage", True, "answers")


def _free_space(name: str, folder: Path) -> Check:
    existing = next((one for one in (folder, *folder.parents) if one.is_dir()), Path("/"))  # made at its first use
    try:
        free = shutil.disk_usage(existing).free
    except OSError:
        return Check(name, False, "the folder cannot be read")
    return Check(name, free >= LEAST_FREE_BYTES, f"{free >> 20} MiB free")


def _models() -> Check:
    files = {weights for detector in all_detectors() for weights in detector.weights}
    missing = sorted(file.file_name for file in files if not is_installed(file, settings.MODELS_DIR))
    if missing:
        return Check("models", False, f"missing or incomplete: {', '.join(missing)}")
    return Check("models", True, f"{len(files)} files")


def _static_files() -> Check:
    """Production serves what ``collectstatic`` has collected."""
    manifest = getattr(staticfiles_storage, "manifest_name", None)
    if manifest is None or settings.WHITENOISE_USE_FINDERS:
        return Check("static_files", True, "served from where they lie")
    collected = (Path(settings.STATIC_ROOT) / manifest).is_file()
    return Check("static_files", collected, "collected" if collected else "not collected: run collectstatic")
