"""Which addresses a webhook may have."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outbound.errors import AddressRefused, RefusalCode
from outbound.guard import Guard

URL_LENGTH_MAX = 2000
SENTENCES: dict[RefusalCode, Promise] = {
    RefusalCode.CREDENTIALS: _("Leave name and password out of the address: messages are signed instead."),
    RefusalCode.PORT: _("This port is not used. Take 443, 80, 8443 or 8080."),
    RefusalCode.NOT_PUBLIC: _("This address leads inside a network. Take one that can be reached from the internet."),
}
MALFORMED = _("This is no address. It looks like https://example.org/hook.")
SOME_PUBLIC_ADDRESS = "1.1.1.1"


class AddressInvalid(Exception):
    """``sentence`` says what to do."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def checked_address(url: str) -> str:
    """The address as it is kept; raises ``AddressInvalid``. Where a name leads is asked anew at every delivery."""
    try:
        Guard(settings.OUTBOUND_ALLOWED_HOSTS, resolver=_numbers_only).check(url)
    except AddressRefused as error:
        raise AddressInvalid(SENTENCES.get(error.code, MALFORMED)) from error
    return url


def _numbers_only(host: str, _port: int) -> list[str]:
    """Numeric addresses are judged now; names may lead elsewhere tomorrow."""
    try:
        return [str(ip_address(host))]
    except ValueError:
        return [SOME_PUBLIC_ADDRESS]
