"""Addresses of sites, as they are shown and as they are said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence import Label
from lexicon.hits import Hit
from lexicon.morphology import Morphology

_ZONES = (
    "ru|su|com|net|org|io|me|shop|store|online|site|pro|info|app|link|ly|cc|club|market|tech|media|tv|live|life|bet|casino"
    "|win|space|website|world|academy|school|travel|top|xyz|dev|ai|biz|by|kz|ua|uz|am|ge|de|uk|us|eu|gg|to|рф|рус|онлайн|дети|москва|ру|ком"
)
_LABEL_PART = r"[a-zа-яё0-9](?:[a-zа-яё0-9-]{0,61}[a-zа-яё0-9])?"
_LINK = re.compile(
    rf"(?:https?://|tg://)[^\s<>\"«»]+"
    rf"|(?<![\w@.-])(?P<www>www\.)?(?P<name>(?:{_LABEL_PART}\.){{1,4}})(?P<zone>{_ZONES})(?![\w-]|\.\w|\()"
    rf"(?P<path>[/?#][^\s<>\"«»]*)?",
    re.IGNORECASE,
)
_SPOKEN_LINK = re.compile(
    r"\b(?:[\w-]+(?:\s+(?:дефис|тире|слэш|dash)\s+[\w-]+)?\s+(?:точка|дот|dot)\s+(?:ру|рф|ком|орг|ио|су|онлайн|шоп|ru|com|org|net|io|me)"
    r"|(?:т|тэ|те|ти|t)\s+(?:точка|дот|dot)\s+ми)\b",
    re.IGNORECASE,
)
"""«Ми» is a note, a zone only in Telegram's «т точка ми»."""
_CYRILLIC_TWINS = frozenset({"ру", "ком"})
_NOT_ADDRESSES = frozenset(
    {
        "asp.net",
        "ado.net",
        "vb.net",
        "ml.net",
        "java.io",
        "java.net",
        "system.io",
        "system.net",
        "socket.io",
        "readme.me",
    }
)
"""Names of libraries and files that end like an address."""
_NOT_NAMES = frozenset({"self", "this"})


def find_links(text: str, morphology: Morphology, *, spoken: bool) -> Iterator[Hit]:
    """Addresses in one text; words in between dots that are no address are left out."""
    taken: list[tuple[int, int]] = []
    for match in _LINK.finditer(text):
        if _is_address(match, morphology):
            end = match.start() + len(match.group().rstrip(".,;:!?)…"))
            taken.append((match.start(), end))
            yield _hit(text, match.start(), end)
    for match in _SPOKEN_LINK.finditer(text) if spoken else ():
        if not any(first < match.end() and match.start() < last for first, last in taken):
            yield _hit(text, match.start(), match.end())


def link_ranges(text: str) -> list[tuple[int, int]]:
    """Where links stand: their letters are not prose."""
    return [match.span() for match in _LINK.finditer(text)]


def is_link(text: str) -> bool:
    """Whether the whole text is one link, as in a QR code."""
    return _LINK.fullmatch(text.strip()) is not None


def _is_address(match: re.Match[str], morphology: Morphology) -> bool:
    """Whether «имя.зона» is more than a sentence's end without a space, a number, or a name from a program."""
    if match["zone"] is None or match["www"] is not None or match["path"] is not None:
        return True
    name, zone = match["name"].removesuffix("."), match["zone"]
    if not any(map(str.isalpha, name)) or f"{name}.{zone}".lower() in _NOT_ADDRESSES or name.lower() in _NOT_NAMES:
        return False
    if zone.istitle() and name[0].islower():
        return False  # «told me.To be»
    return zone.lower() not in _CYRILLIC_TWINS or not morphology.is_indicative(name.lower())


def _hit(text: str, start: int, end: int) -> Hit:
    return Hit(Label.OFFER_LINK, start, end, text[start:end], text[start:end], 1.0)
