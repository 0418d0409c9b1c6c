"""What browsers play as it is, and what has to be done with the rest."""

from __future__ import annotations

from dataclasses import dataclass

from evidence import VideoFacts

_MP4_VIDEO = frozenset({"h264", "av1", "vp9"})
_MP4_AUDIO = frozenset({None, "aac", "mp3", "opus"})
_WEBM_VIDEO = frozenset({"vp8", "vp9", "av1"})
_WEBM_AUDIO = frozenset({None, "opus", "vorbis"})

MEDIA_TYPES = {
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "avi": "video/x-msvideo",
    "mkv": "video/x-matroska",
    "webm": "video/webm",
}
"""By ``VideoFacts.container``."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """How to make a file that browsers play: ``container`` is ``mp4`` or ``webm``; a track that is not copied becomes
    H.264 or AAC."""

    container: str
    copies_video: bool
    copies_audio: bool

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.container]


def conversion_for(facts: VideoFacts) -> Conversion | None:
    """``None`` when browsers play the file as it is. Tracks are copied where they may be: that costs seconds."""
    mp4 = (facts.video_codec in _MP4_VIDEO, facts.audio_codec in _MP4_AUDIO)
    webm = facts.video_codec in _WEBM_VIDEO and facts.audio_codec in _WEBM_AUDIO
    if (facts.container == "mp4" and all(mp4)) or (facts.container == "webm" and webm):
        return None
    if webm and not all(mp4):
        return Conversion("webm", copies_video=True, copies_audio=True)
    return Conversion("mp4", copies_video=mp4[0], copies_audio=mp4[1])
