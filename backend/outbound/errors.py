"""Why a request to an address from a user was not made, or came to nothing. Codes are stable."""

from __future__ import annotations

from enum import StrEnum


class RefusalCode(StrEnum):
    """What is wrong with an address."""

    MALFORMED = "malformed"
    SCHEME = "scheme"
    CREDENTIALS = "credentials"
    PORT = "port"
    NOT_PUBLIC = "not-public"
    DOWNGRADE = "downgrade"  # a redirect from https to http


class FailureCode(StrEnum):
    """What went wrong with a request to an address that was fine."""

    UNKNOWN_HOST = "unknown-host"
    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"  # the certificate does not fit
    TOO_SLOW = "too-slow"
    TOO_LARGE = "too-large"
    CUT_SHORT = "cut-short"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    BAD_ANSWER = "bad-answer"
    ENCODED = "encoded"  # compressed although it was asked not to be


class AddressRefused(Exception):
    """Nothing was sent to this address."""

    def __init__(self, code: RefusalCode) -> None:
        super().__init__(code.value)
        self.code = code


class RequestFailed(Exception):
    """The other side did not answer as it should; asking again later may help."""

    def __init__(self, code: FailureCode) -> None:
        super().__init__(code.value)
        self.code = code
