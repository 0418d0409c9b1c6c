"""Readers of configuration values: text from the environment in, a typed value out. Standard library only.

Each reader takes the stripped, non-empty text and returns the value or raises :class:`Malformed` with a Russian clause
that says what is expected. A reader never quotes the text: it may be a secret.
"""

import email.utils
import math
import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

Reader = Callable[[str], object]

REPOSITORY = Path(__file__).resolve().parents[2]
"""Root of the repository: relative paths in the configuration start here, whatever the current folder is."""

_HOST = re.compile(r"\.?(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", re.IGNORECASE)
_IPV6_HOST = re.compile(r"\[[a-f0-9]*:[a-f0-9:.]+\]", re.IGNORECASE)
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{1,61}[A-Za-z0-9]")
_MODEL_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*(:[0-9a-f]{6,64})?", re.ASCII)
_EMAIL = re.compile(r"[^@\s<>,]+@[^@\s<>,]+")


class Malformed(ValueError):
    """A value that cannot be read; the text is a Russian clause saying what to write instead."""


def text(value: str) -> str:
    """Any text."""
    return value


def word(value: str) -> str:
    """A key or token: printable ASCII without spaces."""
    if not re.fullmatch(r"[!-~]+", value):
        raise Malformed("в значении есть пробелы или нелатинские символы; скопируйте ключ заново целиком")
    return value


def replicate_token(value: str) -> str:
    """A Replicate token; every real one starts with ``r8_`` (replicate.com/account/api-tokens)."""
    if not value.startswith("r8_") or value == "r8_":
        raise Malformed("токен Replicate начинается с r8_; возьмите его на https://replicate.com/account/api-tokens")
    return word(value)


def boolean(value: str) -> bool:
    """``True`` or ``False`` in the spellings people use in .env files."""
    lowered = value.lower()
    if lowered in {"true", "1", "yes", "on"}:
        return True
    if lowered in {"false", "0", "no", "off"}:
        return False
    raise Malformed("ожидается True или False")


def integer(minimum: int, maximum: int) -> Reader:
    """A whole number in decimal digits between two bounds, both included."""

    def read(value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,18}", value) or not minimum <= int(value) <= maximum:
            raise Malformed(f"ожидается целое число от {minimum} до {maximum}, только цифры")
        return int(value)

    return read


def fraction(above: float, maximum: float) -> Reader:
    """A number greater than ``above`` and at most ``maximum``, with a decimal point."""

    def read(value: str) -> float:
        if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", value, re.ASCII):
            number = float(value)
            if math.isfinite(number) and above < number <= maximum:
                return number
        raise Malformed(f"ожидается число больше {above:g} и не больше {maximum:g}, дробная часть через точку")

    return read


def choice(*allowed: str) -> Reader:
    """One of the listed words, exactly."""

    def read(value: str) -> str:
        if value not in allowed:
            raise Malformed("допустимые значения: " + ", ".join(allowed))
        return value

    return read


def words_from(*allowed: str) -> Reader:
    """A comma-separated list of the listed words, in any case; returned lower-case without repetitions."""

    def read(value: str) -> tuple[str, ...]:
        words = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",")))
        if not set(words) <= set(allowed):
            raise Malformed("ожидается список через запятую из: " + ", ".join(allowed))
        return words

    return read


def hosts(value: str) -> tuple[str, ...]:
    """Host names for Django's ALLOWED_HOSTS: a name, ``.name`` with its subdomains, an address or ``*``."""
    names = tuple(part.strip() for part in value.split(","))
    for name in names:
        if name != "*" and not _HOST.fullmatch(name) and not _IPV6_HOST.fullmatch(name):
            raise Malformed(
                "ожидаются имена хостов через запятую без https://, портов и путей;"
                " кириллический домен запишите как xn--…"
            )
    return names


def host(value: str) -> str:
    """One host name or address."""
    if value.startswith(".") or not _HOST.fullmatch(value):
        raise Malformed("ожидается имя сервера без http://, порта и пути, например smtp.gmail.com")
    return value


def hosts_with_ports(value: str) -> tuple[str, ...]:
    """A comma-separated list of ``host`` and ``host:port``, in lower case; IPv6 addresses in brackets."""
    entries = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",")))
    for entry in entries:
        match = re.fullmatch(r"(\[[^\]]*\]|[^:\[\]]+)(?::([0-9]{1,5}))?", entry, re.ASCII)
        named = match is not None and (_IPV6_HOST.fullmatch(match[1]) or _HOST.fullmatch(match[1]))
        if match is None or not named or match[1].startswith(".") or not 1 <= int(match[2] or 1) <= 65535:
            raise Malformed("ожидаются имена или адреса через запятую, можно с портом, например media.internal:8080")
    return entries


def email_address(value: str) -> str:
    """``name@domain`` or ``Name <name@domain>``."""
    addresses = [address for _, address in email.utils.getaddresses([value])]
    if not value.isprintable() or len(addresses) != 1 or not _EMAIL.fullmatch(addresses[0]):
        raise Malformed("ожидается адрес, например noreply@yourdomain.com")
    return value


def bucket(value: str) -> str:
    """A B2 or S3 bucket name."""
    if not _BUCKET.fullmatch(value):
        raise Malformed("имя бакета: от 3 до 63 латинских букв, цифр, дефисов и точек")
    return value


def model_id(value: str) -> str:
    """A Replicate model: ``owner/name`` with an optional ``:version`` in hexadecimal digits."""
    if not _MODEL_ID.fullmatch(value):
        raise Malformed("ожидается владелец/модель или владелец/модель:версия, например openai/whisper")
    return value


def _url(value: str, schemes: tuple[str, ...], expected: str) -> SplitResult:
    """A URL of these schemes with a host and a sane port; anything else is ``expected``."""
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError as exc:
        raise Malformed(expected) from exc
    named = parts.hostname is not None and re.fullmatch(r"[\w.:%-]+", parts.hostname) is not None
    if parts.scheme not in schemes or not named or port == 0 or not re.fullmatch(r"\S+", value):
        raise Malformed(expected)
    return parts


def web_url(*schemes: str) -> Reader:
    """An address of a web service, without credentials, query or fragment; a trailing slash is dropped."""

    def read(value: str) -> str:
        expected = f"ожидается адрес вида {schemes[0]}://имя-сервера, без логина и параметров"
        parts = _url(value, schemes, expected)
        if parts.username is not None or parts.query or parts.fragment:
            raise Malformed(expected)
        return value.rstrip("/")

    return read


def postgresql_url(value: str) -> str:
    """A PostgreSQL address with host and database name."""
    expected = (
        "ожидается адрес PostgreSQL вида postgres://user:password@host:5432/dbname;"
        " спецсимволы в пароле кодируйте (# → %23, / → %2F, @ → %40)"
    )
    parts = _url(value, ("postgres", "postgresql"), expected)
    name = unquote(parts.path[1:])
    if not name or "/" in name or "\0" in name or parts.fragment:
        raise Malformed(expected)
    return value


def redis_url(value: str) -> str:
    """A Redis address, with TLS for ``rediss``."""
    expected = (
        "ожидается адрес Redis вида redis://host:6379/0 или rediss://user:password@host:6379;"
        " спецсимволы в пароле кодируйте (# → %23, / → %2F, @ → %40)"
    )
    parts = _url(value, ("redis", "rediss"), expected)
    if not re.fullmatch(r"(/[0-9]{0,5})?", parts.path) or parts.fragment:
        raise Malformed(expected)
    return value


def path(fits: Callable[[Path], bool], expected: str) -> Reader:
    """A path that ``fits`` the file system; a relative one starts at the repository's root."""

    def read(value: str) -> Path:
        try:
            found = REPOSITORY / Path(value).expanduser()
            if fits(found):
                return found
        except (OSError, RuntimeError, ValueError) as exc:  # no such user after ~, a name too long, a closed parent
            raise Malformed(expected) from exc
        raise Malformed(expected)

    return read


def _is_writable_folder(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


readable_file = path(
    lambda file: file.is_file() and os.access(file, os.R_OK),
    "файл не найден или не читается; укажите путь к существующему файлу",
)
writable_folder = path(_is_writable_folder, "папка не найдена или закрыта для записи; создайте её или укажите другую")
readable_folder = path(
    lambda folder: folder.is_dir() and os.access(folder, os.R_OK | os.X_OK),
    "папка не найдена или не читается; укажите путь к существующей папке",
)
folder_to_make = path(
    # A link that leads nowhere is there as well, and no folder can be made in its place.
    lambda folder: _is_writable_folder(
        next(known for known in (folder, *folder.parents) if known.exists() or known.is_symlink())
    ),
    "папку нельзя создать или в неё нельзя писать; укажите другую",
)
