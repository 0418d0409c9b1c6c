"""prepare_playback: what the player needs beside the video: poster, thumbnails, loudness, and a copy that plays."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evidence import VideoFacts
from media.browser_playback import conversion_for
from media.proxy import ProxyFailed, make_proxy
from media.rejection import VideoRejected
from media.sprite import draw_sprite
from media.waveform import draw_waveform
from pipeline.facts import video_facts_from_json
from pipeline.job import Done, Job, Outcome
from pipeline.step_names import PLAYBACK, PREPROCESS, VALIDATE
from reports.playback import Playback
from reports.publishing import ResultFile
from videos.artifact_facts import ThumbnailFacts, WaveformFacts, to_facts
from videos.models import ArtifactKind

_log = logging.getLogger(__name__)

_SPRITE_SHARE = 0.4
"""Of the step's progress; the copy has the rest."""


@dataclass(frozen=True, slots=True)
class PlaybackFile:
    """A file of ``RunDirectory.playback``: what ``reports.publishing.ResultFile`` needs, as JSON."""

    kind: str
    name: str
    media_type: str
    facts: Mapping[str, Any]

    def result_file(self, folder: Path) -> ResultFile:
        return ResultFile(ArtifactKind(self.kind), self.name, self.media_type, folder / self.name, self.facts)


@dataclass(frozen=True, slots=True)
class PlaybackFacts:
    """What the step leaves."""

    playback: Playback
    files: tuple[PlaybackFile, ...]

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> PlaybackFacts:
        return cls(Playback(stored["playback"]), tuple(PlaybackFile(**file) for file in stored["files"]))


NO_PLAYBACK = PlaybackFacts(Playback.NONE, ())
"""When the step failed: the report is complete without it."""


def prepare_playback(job: Job) -> Mapping[str, Outcome]:
    """Whatever cannot be made is left out: the check does not need it."""
    directory = job.workspace.directory
    facts = video_facts_from_json(job.settled[VALIDATE].facts)
    directory.playback.mkdir(exist_ok=True)
    files = [*_pictures(job, facts), *_loudness(job)]
    playback, proxy = _playable(job, facts)
    return {PLAYBACK: Done(asdict(PlaybackFacts(playback, (*files, *proxy))))}


def _pictures(job: Job, facts: VideoFacts) -> list[PlaybackFile]:
    folder = job.workspace.directory.playback
    try:
        sprite = draw_sprite(
            job.workspace.video_path,
            facts,
            job.stopping,
            lambda fraction: job.on_progress(PLAYBACK, _SPRITE_SHARE * fraction),
        )
    except VideoRejected as rejection:
        _log.warning("no thumbnails: %s", rejection.reason.value)
        return []
    (folder / "poster.jpg").write_bytes(sprite.poster)
    (folder / "thumbnails.jpg").write_bytes(sprite.jpeg)
    numbers = ThumbnailFacts(sprite.columns, sprite.count, sprite.width, sprite.height, sprite.every_s)
    return [
        PlaybackFile(ArtifactKind.POSTER.value, "poster.jpg", "image/jpeg", {}),
        PlaybackFile(ArtifactKind.THUMBNAILS.value, "thumbnails.jpg", "image/jpeg", to_facts(numbers)),
    ]


def _loudness(job: Job) -> list[PlaybackFile]:
    directory = job.workspace.directory
    if not job.settled[PREPROCESS].facts["has_sound"]:
        return []
    waveform = draw_waveform(directory.sound)
    (directory.playback / "waveform.bin").write_bytes(waveform.peaks)
    facts = to_facts(WaveformFacts(waveform.step_s))
    return [PlaybackFile(ArtifactKind.WAVEFORM.value, "waveform.bin", "application/octet-stream", facts)]


def _playable(job: Job, facts: VideoFacts) -> tuple[Playback, list[PlaybackFile]]:
    conversion = conversion_for(facts)
    if conversion is None:
        return Playback.ORIGINAL, []
    name = f"proxy.{conversion.container}"
    try:
        make_proxy(
            job.workspace.video_path,
            facts,
            conversion,
            job.workspace.directory.playback / name,
            job.stopping,
            lambda fraction: job.on_progress(PLAYBACK, _SPRITE_SHARE + (1 - _SPRITE_SHARE) * fraction),
        )
    except (ProxyFailed, VideoRejected) as failure:
        _log.warning("no copy that plays: %s", failure)
        return Playback.NONE, []
    return Playback.PROXY, [PlaybackFile(ArtifactKind.PROXY.value, name, conversion.media_type, {})]
