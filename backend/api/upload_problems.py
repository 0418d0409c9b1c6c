"""Refused uploads as problem documents, for every resource that brings videos in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from api.problems import FieldError, Problem
from videos.upload_messages import upload_sentence
from videos.uploading import UploadProblem, UploadRefused

_CODES = {
    UploadProblem.TOO_LARGE: "body-too-large",
    UploadProblem.NO_SPACE: "no-space",
    UploadProblem.CLOSED: "upload-not-open",
    UploadProblem.NO_SUCH_PART: "not-found",
    UploadProblem.PART_DIFFERS: "digest-mismatch",
    UploadProblem.PARTS_MISSING: "upload-incomplete",
    UploadProblem.FILE_DIFFERS: "digest-mismatch",
    UploadProblem.PARTS_GO_ELSEWHERE: "conflict",
    UploadProblem.STORAGE_FAILED: "storage-unavailable",
    UploadProblem.ADDRESS_REFUSED: "address-refused",
    UploadProblem.ADDRESS_UNREACHABLE: "address-refused",
}
_POINTERS = {
    UploadProblem.NAME_MISSING: "#/name",
    UploadProblem.FORMAT_NOT_ALLOWED: "#/name",
    UploadProblem.EMPTY: "#/size_bytes",
    UploadProblem.DIGEST_MALFORMED: "#/sha256",
    UploadProblem.ADDRESS_INVALID: "#/url",
}


def upload_problem(error: UploadRefused) -> Problem:
    """What is not in the table is a wrong value; its own code is in ``errors``."""
    sentence = upload_sentence(error)
    pointer = _POINTERS.get(error.problem)
    errors = [FieldError(sentence, error.problem.value, pointer=pointer)] if pointer else []
    return Problem(_CODES.get(error.problem, "invalid-input"), sentence, errors=errors)


@contextmanager
def answering_upload_problems() -> Iterator[None]:
    try:
        yield
    except UploadRefused as error:
        raise upload_problem(error) from error
