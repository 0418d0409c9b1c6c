"""What the player of a report needs: an address to play, thumbnails along the timeline, how frames are shown first."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from reports.playback import Playback, playable_artifact
from reports.stored_parts import StoredParts
from videos.file_urls import file_url
from videos.project_settings import VisualDefaults
from web.report_doors import OpenedReport

PLAYABLE_S = 12 * 60 * 60
"""How long an address plays: a working day with the page open. The page asks for a new one when it is over."""


@dataclass(frozen=True, slots=True)
class PlayerData:
    """``video_url`` is ``None`` when there is nothing to play: the link's maker left it out (``left_out``), no browser
    plays the file and no copy could be made (``unplayable``), or it is not kept any more."""

    video_url: str | None
    poster_url: str | None
    left_out: bool
    unplayable: bool
    thumbnails: dict[str, Any] | None
    visual: VisualDefaults


def player_data(opened: OpenedReport, parts: StoredParts, visual: VisualDefaults) -> PlayerData:
    if not opened.shows_video:
        return PlayerData(None, None, left_out=True, unplayable=False, thumbnails=None, visual=visual)
    playable = playable_artifact(opened.report)
    poster = parts.poster()
    sprite = parts.thumbnails()
    thumbnails = None
    if sprite is not None:
        url = file_url(sprite.artifact.key, sprite.artifact.media_type, expires_s=PLAYABLE_S)
        thumbnails = {"url": url, **asdict(sprite.facts)}
    return PlayerData(
        video_url=None if playable is None else file_url(playable.key, playable.media_type, expires_s=PLAYABLE_S),
        poster_url=None if poster is None else file_url(poster.key, poster.media_type, expires_s=PLAYABLE_S),
        left_out=False,
        unplayable=opened.report.summary["playback"] == Playback.NONE,
        thumbnails=thumbnails,
        visual=visual,
    )
