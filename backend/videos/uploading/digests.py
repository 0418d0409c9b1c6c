"""SHA-256 as people and programs write it."""

from __future__ import annotations

import re

from videos.uploading.refusal import UploadProblem, UploadRefused


def checked_sha256(text: str) -> str:
    """64 hexadecimal digits in lower case, or nothing."""
    digest = text.strip().lower()
    if digest and not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise UploadRefused(UploadProblem.DIGEST_MALFORMED)
    return digest
