"""Which addresses a webhook may have. Whether one leads inside is asked anew at every delivery."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

URL_LENGTH_MAX = 2000


class AddressInvalid(Exception):
    """``sentence`` says what to do."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def checked_address(url: str) -> str:
    """The address as it is kept; raises ``AddressInvalid``."""
    if len(url) > URL_LENGTH_MAX or not url.isprintable() or " " in url:
        raise AddressInvalid(_("The address is too long or has characters that do not belong there."))
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise AddressInvalid(_("This is no address. It looks like https://example.org/hook.")) from error
    if parts.scheme not in {"http", "https"} or not host:
        raise AddressInvalid(_("This is no address. It looks like https://example.org/hook."))
    if parts.username is not None or parts.password is not None:
        raise AddressInvalid(_("Leave name and password out of the address: messages are signed instead."))
    return url
