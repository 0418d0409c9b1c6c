"""Which addresses are asked at all: a table of what attackers write."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbound.errors import AddressRefused, FailureCode, RefusalCode, RequestFailed
from outbound.guard import Guard
from outbound.public_addresses import is_public

PUBLIC = "93.184.216.34"

NOT_PUBLIC = Path(__file__).with_name("not_public_addresses.txt").read_text(encoding="ascii").split()

ALSO_PUBLIC = ["1.1.1.1", PUBLIC, "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "2a00:1450:4010:c05::8b"]


def guard(*answers: str, allowed: tuple[str, ...] = ()) -> Guard:
    """A guard for whom every name has these addresses, and a numeric one itself."""
    return Guard(allowed, lambda host, port: answers or (host,))


def refusal(url: str, *answers: str) -> RefusalCode:
    with pytest.raises(AddressRefused) as error:
        guard(*answers).check(url)
    return error.value.code


@pytest.mark.parametrize("ip", NOT_PUBLIC)
def test_an_address_that_is_not_public_is_refused(ip: str) -> None:
    shown = f"[{ip}]" if ":" in ip else ip

    assert refusal(f"http://{shown}/") is RefusalCode.NOT_PUBLIC
    assert refusal("http://example.org/", ip) is RefusalCode.NOT_PUBLIC
    assert refusal("http://example.org/", PUBLIC, ip) is RefusalCode.NOT_PUBLIC  # one bad address is enough


@pytest.mark.parametrize("ip", ALSO_PUBLIC)
def test_a_public_address_is_asked(ip: str) -> None:
    assert guard(ip).check("https://example.org/").ip_addresses == (ip,)


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=4, network="127.0.0.0/8"))
def test_nothing_private_is_public_in_any_wrapping(ip: object) -> None:
    number = int(ip)  # type: ignore[call-overload]
    high, low = number >> 16, number & 0xFFFF
    wrapped = [
        f"::{high:x}:{low:x}",
        f"::ffff:{high:x}:{low:x}",
        f"64:ff9b::{high:x}:{low:x}",
        f"2002:{high:x}:{low:x}::",
    ]

    assert not is_public(str(ip))
    assert not any(is_public(address) for address in wrapped)


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",  # 127.0.0.1 as one number
        "0x7f000001",
        "0x7f.1",
        "0x7f.0x0.0x0.0x1",
        "017700000001",
        "0177.0.0.1",
        "127.1",
        "127.0.1",
        "127.0.0.1.",
        "127.0.0.01",
        "0",
        "0x",
        "１２７.０.０.１",  # full-width digits
        "127。0。0。1",  # ideographic full stops
        "①②⑦.⓪.⓪.①",
        "169.254.43518",
        "example.1",
        "1.2.3.4.5",
        "256.256.256.256",
    ],
)
def test_numbers_in_other_forms_are_refused_before_anybody_is_asked(host: str) -> None:
    def nobody(host: str, port: int) -> list[str]:
        raise AssertionError(host)

    with pytest.raises(AddressRefused) as error:
        Guard((), nobody).check(f"http://{host}/")
    assert error.value.code in (RefusalCode.NOT_PUBLIC, RefusalCode.MALFORMED)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://example.org/x", RefusalCode.SCHEME),
        ("file:///etc/passwd", RefusalCode.SCHEME),
        ("gopher://example.org/", RefusalCode.SCHEME),
        ("javascript:alert(1)", RefusalCode.SCHEME),
        ("example.org/video.mp4", RefusalCode.SCHEME),
        ("//example.org/video.mp4", RefusalCode.SCHEME),
        ("", RefusalCode.SCHEME),
        ("http://user@example.org/", RefusalCode.CREDENTIALS),
        ("http://user:pass@example.org/", RefusalCode.CREDENTIALS),
        ("http://example.org@127.0.0.1/", RefusalCode.CREDENTIALS),
        ("http://@example.org/", RefusalCode.CREDENTIALS),
        ("http://example.org:22/", RefusalCode.PORT),
        ("http://example.org:6379/", RefusalCode.PORT),
        ("https://example.org:65535/", RefusalCode.PORT),
        ("http://example.org:0/", RefusalCode.MALFORMED),
        ("http://example.org:99999/", RefusalCode.MALFORMED),
        ("http://example.org:80a/", RefusalCode.MALFORMED),
        ("http:///path", RefusalCode.MALFORMED),
        ("http://", RefusalCode.MALFORMED),
        ("http://exa mple.org/", RefusalCode.MALFORMED),
        ("http://example.org/\r\nHost: x", RefusalCode.MALFORMED),
        ("http://example.org\\@127.0.0.1/", RefusalCode.MALFORMED),
        ("http://exam\tple.org/", RefusalCode.MALFORMED),
        ("http://example.org\x00.127.0.0.1/", RefusalCode.MALFORMED),
        ("http://a..b/", RefusalCode.MALFORMED),
        ("http://-a.org/", RefusalCode.MALFORMED),
        ("http://a%2eb.org/", RefusalCode.MALFORMED),
        ("http://exa$mple.org/", RefusalCode.MALFORMED),
        ("http://[::1/", RefusalCode.MALFORMED),
        ("http://[fe80::1%25eth0]/", RefusalCode.MALFORMED),
        ("http://[v1.x]/", RefusalCode.MALFORMED),
        ("http://example.org/" + "x" * 2000, RefusalCode.MALFORMED),
        ("http://" + "a" * 64 + ".org/", RefusalCode.MALFORMED),
        ("http://" + "a." * 130 + "org/", RefusalCode.MALFORMED),
        ("http://example.org／.evil/", RefusalCode.MALFORMED),  # a slash after normalisation
    ],
)
def test_what_is_no_plain_address_is_refused(url: str, code: RefusalCode) -> None:
    assert refusal(url, PUBLIC) is code


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://example.org", "http://example.org/"),
        ("HTTPS://Example.ORG:443/a b".replace(" ", "%20"), "https://example.org/a%20b"),
        ("https://example.org:8443/v.mp4?x=1&y=%20#fragment", "https://example.org:8443/v.mp4?x=1&y=%20"),
        ("https://пример.рф/ролик.mp4", "https://xn--e1afmkfd.xn--p1ai/%D1%80%D0%BE%D0%BB%D0%B8%D0%BA.mp4"),
        ("http://example.org./", "http://example.org/"),
        ("http://[2606:4700:4700:0::1111]:8080/", "http://[2606:4700:4700::1111]:8080/"),
        ("https://example.org//a/../b", "https://example.org//a/../b"),
    ],
)
def test_what_is_asked_in_the_end(url: str, asked: str) -> None:
    assert guard(PUBLIC).check(url).url == asked


def test_a_name_nobody_knows() -> None:
    with pytest.raises(RequestFailed) as error:
        Guard((), lambda host, port: []).check("http://example.org/")
    assert error.value.code is FailureCode.UNKNOWN_HOST


@pytest.mark.parametrize(
    ("allowed", "url", "passes"),
    [
        ("media.internal", "http://media.internal/", True),
        ("media.internal", "http://media.internal:9000/", True),
        ("media.internal:9000", "http://media.internal:9000/", True),
        ("media.internal:9000", "http://media.internal:80/", False),
        ("media.internal", "http://other.internal/", False),
        ("media.internal", "http://x.media.internal/", False),
        ("[::1]:9000", "http://[::1]:9000/", True),
        ("127.0.0.1:9000", "http://127.0.0.1:9000/", True),
        ("127.0.0.1:9000", "http://127.0.0.1:9001/", False),
    ],
)
def test_hosts_that_the_administrator_allows(allowed: str, url: str, passes: bool) -> None:
    check = guard("10.0.0.1", allowed=(allowed,)).check
    if passes:
        assert check(url).ip_addresses == ("10.0.0.1",)
    else:
        with pytest.raises(AddressRefused):
            check(url)


@given(
    st.text(max_size=60) | st.text(st.sampled_from("http:/.@[]%0x127#?\\ａ。-"), max_size=40).map("http://{}".format)
)
def test_any_text_is_refused_or_public(text: str) -> None:
    try:
        checked = guard(PUBLIC).check(text)
    except (AddressRefused, RequestFailed):
        return
    assert checked.url.isascii()
    assert checked.scheme in ("http", "https")
