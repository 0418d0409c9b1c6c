"""What the player of a report plays."""

from __future__ import annotations

from enum import StrEnum

from reports.models import Report
from videos.models import Artifact, ArtifactKind


class Playback(StrEnum):
    """Stands in ``Report.summary["playback"]``."""

    ORIGINAL = "original"
    """Browsers play the file as it was uploaded."""
    PROXY = "proxy"
    NONE = "none"
    """No browser plays the file and no copy could be made: the page says so."""


def playable_artifact(report: Report) -> Artifact | None:
    """The object to play: the run's copy, else the original; ``None`` when nothing plays or it was deleted."""
    match Playback(report.summary["playback"]):
        case Playback.NONE:
            return None
        case Playback.PROXY:
            wanted = {"kind": ArtifactKind.PROXY, "run_id": report.run_id}
        case Playback.ORIGINAL:
            wanted = {"kind": ArtifactKind.ORIGINAL}
    return Artifact.objects.filter(video_id=report.video_id, deleted_at=None, **wanted).first()
