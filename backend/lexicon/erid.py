"""The ``erid`` token of an advertisement and what a screen can do to it.

38-ФЗ «О рекламе», art. 18.1: an advertisement on the internet carries the identifier that an operator of advertising
data (ОРД) gave it, as text or in the link. No public rule fixes the token's form. Tokens in circulation are letters and
digits of both cases without separators, about 9 to 60 of them, for example ones that begin with ``2Vtzqw``, ``2SDnj``,
``LjN8K``, ``Kra23``, ``F7NfYUJ``, ``5jtCeRe`` or ``4CQwVsz`` (seen in published advertisements, not a rule); so only
this much is required of an intact one. Letter case is part of the token: a title in capitals destroys it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MIN_TOKEN_CHARS = 8
MAX_TOKEN_CHARS = 100
_MIN_LETTERS_FOR_CASE = 3
"""Fewer letters than this can share a case by chance."""

_KEYWORD = r"(?<![^\W_])[eеЕ3][rг][iіlI1|!][dԁ](?![^\W_])"
"""``erid`` as people and text recognition write it: Cyrillic е, a digit or bar for i."""
_ALPHABET = r"[A-Za-zА-Яа-яЁё0-9]+"
_ERID = re.compile(
    rf"{_KEYWORD}(?P<mark>\s*(?:[:=#]|%3[aAdD]|[—–-]\s)\s*|\s+)[«\"'<]?(?P<token>{_ALPHABET})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class EridMark:
    """Offsets of the whole mark, keyword included, and of nothing else; ``token`` as written."""

    start: int
    end: int
    token: str
    intact: bool


def find_erids(text: str) -> Iterator[EridMark]:
    """Every ``erid`` with a token. The bare word in a sentence, without something like a token after it, is not one."""
    for match in _ERID.finditer(text):
        token = match["token"]
        has_sign = bool(match["mark"].strip())
        if not re.search(r"[A-Za-z0-9]", token) or len(token) > MAX_TOKEN_CHARS:
            continue
        if not has_sign and not (any(char.isdigit() for char in token) and len(token) >= MIN_TOKEN_CHARS):
            continue
        yield EridMark(match.start(), match.end(), token, is_intact(token))


def is_intact(token: str) -> bool:
    """Whether a token can be right: ASCII letters and digits, long enough, letters of both cases."""
    if not token.isascii() or not token.isalnum() or not MIN_TOKEN_CHARS <= len(token) <= MAX_TOKEN_CHARS:
        return False
    letters = [char for char in token if char.isalpha()]
    folded = len(letters) >= _MIN_LETTERS_FOR_CASE and (token == token.lower() or token == token.upper())
    return bool(letters) and not folded
