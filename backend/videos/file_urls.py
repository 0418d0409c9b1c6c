"""Addresses of stored files that work for a while, for whoever has them: a video player, a picture, a download."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

from storage.registry import open_storage

_SALT = "videos.file_urls"
_LONGEST_EXPIRY_S = 7 * 24 * 60 * 60


class FileLinkRefused(Exception):
    """The address is not one that was given out, or its time is over."""


@dataclass(frozen=True, slots=True)
class FileLink:
    """``file_name`` makes browsers save the file; without it they show it."""

    key: str
    media_type: str
    file_name: str | None


def file_url(key: str, media_type: str, *, file_name: str | None = None, expires_s: int = 3600) -> str:
    """The bucket's signed address, or one of this web server when files lie on this machine.

    Whoever has it reads the file: decide first who may.
    """
    storage = open_storage()
    expires_s = min(expires_s, _LONGEST_EXPIRY_S)
    if storage.is_remote:
        return storage.signed_url(key, media_type=media_type, file_name=file_name, expires_s=expires_s)
    signer = signing.TimestampSigner(salt=_SALT)
    return reverse("file", args=(signer.sign_object([key, media_type, file_name, expires_s]),))


def file_link(token: str) -> FileLink:
    """What a token of ``file_url`` names. Raises ``FileLinkRefused``."""
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        key, media_type, file_name, expires_s = signer.unsign_object(token)
        signer.unsign(token, max_age=expires_s)
    except signing.BadSignature as error:
        raise FileLinkRefused from error
    return FileLink(key, media_type, file_name)
