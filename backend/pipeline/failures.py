"""Stable codes of failures that later steps and people ask about."""

from __future__ import annotations

REJECTED = "video_rejected"
"""The file cannot be analysed; ``error_details`` hold the reason."""

MISSING_WEIGHTS = "missing_weights"
"""A detector's model is absent or wrong; the report names the detector as missing."""

DETECTOR_FAILED = "detector_failed"

STORAGE = "storage"
"""The disk is full or not writable: no step's fault, and the run waits until somebody has made room."""

TIME_LIMIT = "time_limit"
UNEXPECTED = "unexpected"

WORKER_LOST = "worker_lost"
"""The process that worked on the step disappeared."""

NOT_ENOUGH_MINUTES = "not_enough_minutes"
"""The owner's balance does not cover the video; ``needed_s`` and ``available_s`` say by how much."""

ALREADY_SETTLED = "already_settled"
"""The minutes of this run were charged or given back before: only a new run can be begun."""

FILE_MISSING = "file_missing"
"""The object is not in the storage."""

STORAGE_SILENT = "storage_silent"
"""The object storage did not do what it was asked, also after retries: the run waits until it does."""

WAITING = frozenset({STORAGE, STORAGE_SILENT})
"""No step's fault: the run waits as it is."""

DICTIONARY_INVALID = "dictionary_invalid"
PACK_UNUSABLE = "pack_unusable"
