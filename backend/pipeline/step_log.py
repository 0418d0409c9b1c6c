"""One JSON line for every change of a step, in the form that the specification promises."""

from __future__ import annotations

from uuid import UUID

import structlog

_log = structlog.get_logger("pipeline")


def log_step(video_id: UUID, step: str, status: str, error: str | None = None) -> None:
    """``status`` is started, completed, failed, retrying or cancelled; ``error`` a stable code, never a path."""
    _log.info("step", video_id=str(video_id), step=step, status=status, error=error)
