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
