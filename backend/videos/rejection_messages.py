"""One clear sentence for each reason why a video is refused, in the reader's language, with what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from media.rejection import RejectionReason, VideoRejected

Details = Mapping[str, str | float]


def rejection_sentence(error: VideoRejected) -> str:
    """The sentence for people. It names no path and nothing internal."""
    return _SENTENCES[error.reason](error.details)


def _too_large(details: Details) -> str:
    return _(
        "The file is too large: %(size)s, and the limit is %(limit)s. Compress it, cut it into parts or raise "
        "MAX_VIDEO_FILE_SIZE."
    ) % {"size": filesizeformat(details["size_bytes"]), "limit": filesizeformat(details["max_size_bytes"])}


def _format_not_allowed(details: Details) -> str:
    return _("The format “%(format)s” is not accepted. Save the video as one of: %(allowed)s.") % {
        "format": details["format"] or "—",
        "allowed": details["allowed_formats"],
    }


def _codec_not_allowed(details: Details) -> str:
    return _("The codec “%(codec)s” is not supported. Save the video with H.264 pictures and AAC sound.") % {
        "codec": details["codec"]
    }


def _too_many_pixels(details: Details) -> str:
    return _(
        "The picture is too large: %(width)d × %(height)d pixels. Save the video in 4K (3840 × 2160) or smaller."
    ) % {"width": details["width"], "height": details["height"]}


def _too_long(details: Details) -> str:
    return _(
        "The video is too long: %(duration)s, and the limit is %(limit)s. Cut it into parts or raise "
        "MAX_VIDEO_DURATION."
    ) % {"duration": _clock(details["duration_s"]), "limit": _clock(details["max_duration_s"])}


def _damaged(details: Details) -> str:
    match details.get("part"):
        case "index":
            return _("The video's index is damaged or missing. Export the video again or download it once more.")
        case "middle":
            return _("The middle of the video is damaged. Export the video again or download it once more.")
        case "end":
            return _("The end of the video is damaged. Export the video again or download it once more.")
        case "sound":
            return _("The sound of the video is damaged. Export the video again or download it once more.")
        case _:
            return _("The video cannot be played from its start. Export the video again or download it once more.")


def _clock(seconds: str | float) -> str:
    minutes, rest = divmod(round(float(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"


_SENTENCES: dict[RejectionReason, Callable[[Details], str]] = {
    RejectionReason.NOT_FOUND: lambda details: _("There is no such file. Check the name and the folder."),
    RejectionReason.NOT_A_FILE: lambda details: _("This is not a file. Name one video file."),
    RejectionReason.UNREADABLE: lambda details: _("The file cannot be read. Check your permission to read it."),
    RejectionReason.EMPTY: lambda details: _("The file is empty. Export or download the video again."),
    RejectionReason.TOO_LARGE: _too_large,
    RejectionReason.FORMAT_NOT_ALLOWED: _format_not_allowed,
    RejectionReason.NOT_A_VIDEO: lambda details: _(
        "This is not a video, whatever its name says. Give a real mp4, mov, avi, mkv or webm file."
    ),
    RejectionReason.NO_VIDEO_TRACK: lambda details: _(
        "The file has no pictures, only sound or a cover. Give a file with a video track."
    ),
    RejectionReason.CODEC_NOT_ALLOWED: _codec_not_allowed,
    RejectionReason.TOO_MANY_PIXELS: _too_many_pixels,
    RejectionReason.TOO_LONG: _too_long,
    RejectionReason.CUT_SHORT: lambda details: _(
        "The file breaks off before its end: the recording, upload or download was not finished. Get the whole file."
    ),
    RejectionReason.DAMAGED: _damaged,
    RejectionReason.CHANGED: lambda details: _(
        "The file was changed or replaced while it was analysed. Start the analysis again."
    ),
    RejectionReason.READER_OUT_OF_MEMORY: lambda details: _(
        "Decoding the video takes more memory than is allowed. Save it again as H.264 in 1080p."
    ),
    RejectionReason.READER_OUT_OF_TIME: lambda details: _(
        "Decoding the video takes too long; it may be damaged. Save it again as H.264 and try once more."
    ),
    RejectionReason.READER_FAILED: lambda details: _(
        "The video broke its decoder; it may be damaged. Save it again as H.264 and try once more."
    ),
}
