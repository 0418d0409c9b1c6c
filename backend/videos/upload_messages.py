"""One clear sentence for each reason why an upload is refused, in the reader's language, with what to do about it."""

from __future__ import annotations

from collections.abc import Callable

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from videos.models import Upload
from videos.uploading.refusal import Details, UploadProblem, UploadRefused


def upload_sentence(error: UploadRefused) -> str:
    """The sentence for people. It names no path and nothing internal."""
    return _SENTENCES[error.problem](error.details)


def failure_sentence(upload: Upload) -> str:
    """Why an upload has failed; empty when it has not."""
    return _SENTENCES[UploadProblem(upload.error)](upload.error_details) if upload.error else ""


def _too_large(details: Details) -> str:
    if not details.get("size_bytes"):  # it was cut off at the limit
        limit = filesizeformat(details["max_size_bytes"])
        return _("The file is larger than %(limit)s, which is the limit. Compress it or cut it into parts.") % {
            "limit": limit
        }
    return _("The file is too large: %(size)s, and the limit is %(limit)s. Compress it or cut it into parts.") % {
        "size": filesizeformat(details["size_bytes"]),
        "limit": filesizeformat(details["max_size_bytes"]),
    }


def _format_not_allowed(details: Details) -> str:
    if not details["format"]:
        return _("The file name has no extension. Name the file as one of: %(allowed)s.") % {
            "allowed": details["allowed_formats"]
        }
    return _("The format “%(format)s” is not accepted. Save the video as one of: %(allowed)s.") % {
        "format": details["format"],
        "allowed": details["allowed_formats"],
    }


def _no_such_part(details: Details) -> str:
    return _("There is no part %(number)s: the file has %(count)s parts. Begin the upload again.") % details


def _part_length(details: Details) -> str:
    return _("The part has %(size_bytes)s bytes instead of %(expected_bytes)s. Send it again.") % details


def _part_differs(details: Details) -> str:
    return _("Part %(number)s was changed on its way. Send it again.") % details


def _parts_missing(details: Details) -> str:
    return _("Parts are still missing: %(count)s, the first is number %(first)s. Send them, then finish.") % details


def _answer(details: Details) -> str:
    return _("The address answers with error %(status)s. Open it in a browser and check that the video is there.") % {
        "status": details.get("status") or "—"
    }


_SENTENCES: dict[UploadProblem, Callable[[Details], str]] = {
    UploadProblem.NAME_MISSING: lambda details: _("The file has no name. Give it one, for example video.mp4."),
    UploadProblem.EMPTY: lambda details: _("The file is empty. Export or download the video again."),
    UploadProblem.TOO_LARGE: _too_large,
    UploadProblem.FORMAT_NOT_ALLOWED: _format_not_allowed,
    UploadProblem.NO_SPACE: lambda details: _(
        "There is not enough room for this video on the server now. Tell your administrator, or try later."
    ),
    UploadProblem.DIGEST_MALFORMED: lambda details: _(
        "A SHA-256 has 64 hexadecimal digits. Send it so, or leave it out."
    ),
    UploadProblem.CLOSED: lambda details: _("This upload is finished or was cancelled. Begin a new one."),
    UploadProblem.NO_SUCH_PART: _no_such_part,
    UploadProblem.PART_LENGTH: _part_length,
    UploadProblem.PART_CUT_SHORT: lambda details: _("The connection broke before the part was there. Send it again."),
    UploadProblem.PART_DIFFERS: _part_differs,
    UploadProblem.PARTS_MISSING: _parts_missing,
    UploadProblem.FILE_DIFFERS: lambda details: _(
        "What arrived is not the file that was announced: it was changed while it was sent. Upload it again."
    ),
    UploadProblem.PARTS_GO_ELSEWHERE: lambda details: _(
        "Parts go straight to the storage here. Ask for the address of each part and send it there."
    ),
    UploadProblem.STORAGE_FAILED: lambda details: _(
        "The storage does not answer. What has arrived is kept; try again."
    ),
    UploadProblem.ADDRESS_INVALID: lambda details: _(
        "This is not an address of a file. Copy it from the browser whole, with http:// or https://, without name "
        "and password."
    ),
    UploadProblem.ADDRESS_REFUSED: lambda details: _(
        "Videos are not fetched from this address: it leads into a private network. Give a public address."
    ),
    UploadProblem.ADDRESS_UNREACHABLE: lambda details: _(
        "Nobody answers at this address. Open it in a browser and check that it works."
    ),
    UploadProblem.ADDRESS_UNTRUSTED: lambda details: _(
        "The certificate of the site is not valid, so the video is not fetched. Download it and upload the file."
    ),
    UploadProblem.ADDRESS_SLOW: lambda details: _(
        "The site sends the video too slowly. Try later, or download it and upload the file."
    ),
    UploadProblem.ADDRESS_REDIRECTS: lambda details: _(
        "The address leads on and on and never to a file. Open it in a browser and copy the final address."
    ),
    UploadProblem.ADDRESS_ANSWER: _answer,
    UploadProblem.ADDRESS_IS_PAGE: lambda details: _(
        "There is a page at this address, not a video file. Give the address of the file itself, or download the "
        "video and upload it."
    ),
    UploadProblem.DOWNLOAD_CUT_SHORT: lambda details: _(
        "The site broke off before the end of the video. Start again, or download it and upload the file."
    ),
}
