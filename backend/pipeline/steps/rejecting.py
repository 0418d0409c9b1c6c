"""A file that turns out not to be analysable, as a step's failure: final, because trying again cannot help."""

from __future__ import annotations

from media.rejection import VideoRejected
from pipeline.failures import REJECTED
from pipeline.job import Failure


def rejected(rejection: VideoRejected) -> Failure:
    """Keeps the reason and the numbers that its sentence needs."""
    return Failure(REJECTED, {"reason": rejection.reason.value, "details": dict(rejection.details)})
