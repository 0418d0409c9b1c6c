"""Why an upload, or a step of it, is refused. ``videos.upload_messages`` has the sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum

from storage.base import StorageFailed, StorageFull

Details = Mapping[str, str | int]


class UploadProblem(StrEnum):
    """Stable codes: programs read them, and ``Upload.error`` keeps them."""

    NAME_MISSING = "name-missing"
    EMPTY = "file-empty"
    TOO_LARGE = "file-too-large"
    FORMAT_NOT_ALLOWED = "format-not-allowed"
    NO_SPACE = "no-space"
    DIGEST_MALFORMED = "digest-malformed"
    CLOSED = "upload-closed"
    NO_SUCH_PART = "part-unknown"
    PART_LENGTH = "part-length"
    PART_CUT_SHORT = "part-cut-short"
    PART_DIFFERS = "part-differs"
    PARTS_MISSING = "parts-missing"
    FILE_DIFFERS = "file-differs"
    PARTS_GO_ELSEWHERE = "parts-go-to-bucket"
    STORAGE_FAILED = "storage-failed"
    ADDRESS_INVALID = "address-invalid"
    ADDRESS_REFUSED = "address-refused"
    ADDRESS_UNREACHABLE = "address-unreachable"
    ADDRESS_UNTRUSTED = "address-untrusted"
    ADDRESS_SLOW = "address-slow"
    ADDRESS_REDIRECTS = "address-redirects"
    ADDRESS_ANSWER = "address-answer"
    ADDRESS_IS_PAGE = "address-is-page"
    DOWNLOAD_CUT_SHORT = "download-cut-short"


class UploadRefused(Exception):
    """``details`` are the numbers and words that the sentence needs."""

    def __init__(self, problem: UploadProblem, **details: str | int) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.details: Details = details


@contextmanager
def refusing_storage_trouble() -> Iterator[None]:
    """Trouble with the storage is said to the sender, who may try again."""
    try:
        yield
    except StorageFull as error:
        raise UploadRefused(UploadProblem.NO_SPACE) from error
    except StorageFailed as error:
        raise UploadRefused(UploadProblem.STORAGE_FAILED) from error
