"""What the other side answers, read piece by piece within limits."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from types import TracebackType

from urllib3.response import BaseHTTPResponse

from outbound.connection import LIBRARY_ERRORS, Connection
from outbound.errors import FailureCode, RequestFailed

_CHUNK_BYTES = 256 * 1024


class Answer:
    """The head of an answer and its body. A context manager: leaving closes the connection.

    ``url`` is where it came from after redirects; ``size_bytes`` what the other side announces, None when it does not.
    """

    def __init__(self, url: str, connection: Connection, response: BaseHTTPResponse, most_bytes: int) -> None:
        self.url = url
        self.status = response.status
        self.headers = response.headers
        self._connection = connection
        self._response = response
        self._most_bytes = most_bytes
        self.size_bytes = self._announced()

    def __enter__(self) -> Answer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._response.close()
        self._connection.close()

    @property
    def media_type(self) -> str:
        """``video/mp4``, without parameters; empty when it is not said."""
        return self.headers.get("Content-Type", "").split(";", 1)[0].strip().lower()

    @property
    def file_name(self) -> str:
        """The name that Content-Disposition (RFC 6266) gives; empty when it gives none. Not safe as a path."""
        message = Message()
        message["Content-Disposition"] = self.headers.get("Content-Disposition", "")
        try:
            return message.get_filename() or ""
        except (LookupError, UnicodeError):  # a character set that is none
            return ""

    def chunks(self) -> Iterator[bytes]:
        """The body as it comes, at most ``most_bytes`` of it. Raises ``RequestFailed``, also when it ends early."""
        if self.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
            raise RequestFailed(FailureCode.ENCODED)
        if self.size_bytes is not None and self.size_bytes > self._most_bytes:
            raise RequestFailed(FailureCode.TOO_LARGE)
        received = 0
        while chunk := self._next():
            received += len(chunk)
            if received > self._most_bytes:
                raise RequestFailed(FailureCode.TOO_LARGE)
            yield chunk
        if self._connection.expired:  # cutting the line at the deadline looks like the end of the body
            raise RequestFailed(FailureCode.TOO_SLOW)
        if self.size_bytes is not None and received < self.size_bytes:
            raise RequestFailed(FailureCode.CUT_SHORT)

    def _next(self) -> bytes:
        try:
            return self._response.read1(_CHUNK_BYTES, decode_content=False)
        except LIBRARY_ERRORS as error:
            failure = self._connection.failure(error)
            broke = failure.code in (FailureCode.BAD_ANSWER, FailureCode.UNREACHABLE)
            raise (RequestFailed(FailureCode.CUT_SHORT) if broke else failure) from error

    def _announced(self) -> int | None:
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return None  # whatever else is said
        text = self.headers.get("Content-Length", "").strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
