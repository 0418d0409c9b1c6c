"""Asking a remote storage again when it failed for the moment."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError
from urllib3.exceptions import HTTPError

from storage.base import StorageFailed

_log = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")
_TROUBLE = (ClientError, BotoCoreError, Boto3Error, HTTPError, OSError)


@dataclass(frozen=True, slots=True)
class Attempts:
    """How often a call is made in all, and how long is waited in between: 1 s, ``factor`` s, ``factor``² s, …"""

    most: int = 3
    factor: float = 2
    longest_wait_s: float = 60

    def run(self, name: str, call: Callable[[], _Answer]) -> _Answer:
        """The answer of ``call``.

        Raises ``ClientError`` when the storage refuses, which asking again does not change, and ``StorageFailed`` when
        the last attempt failed too. Nothing of the request is logged: it could be signed.
        """
        for attempt in range(1, self.most + 1):
            try:
                return call()
            except _TROUBLE as error:
                code = error_code(error)
                _log.warning("storage: %s, attempt %d of %d failed: %s", name, attempt, self.most, code)
                if isinstance(error, ClientError) and not _passes(error):
                    raise
                if attempt == self.most:
                    raise StorageFailed(f"{name}: {code}") from error
                time.sleep(min(self.factor ** (attempt - 1), self.longest_wait_s))
        raise StorageFailed(name)  # no attempt at all was allowed


def error_code(error: Exception) -> str:
    """The storage's own code of an error, or the kind of error."""
    if isinstance(error, ClientError):
        return str(error.response.get("Error", {}).get("Code", "unknown"))
    return type(error).__name__


def _passes(error: ClientError) -> bool:
    """Whether the same call may succeed later: the server is busy or broken, not the request wrong."""
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 500)
    return status >= 500 or status in (408, 429)
