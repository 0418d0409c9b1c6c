"""Folds a text for comparison and remembers where every folded character came from."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_INVISIBLE = frozenset({"Mn", "Me", "Cf"})
"""Unicode categories that change nothing for a reader's eye: stress marks, strike-through, zero-width characters."""


@dataclass(frozen=True, slots=True)
class FoldedText:
    """Lower-case text with ё as е, compatibility forms unified and invisible characters dropped.

    ``chars[i]`` was made from ``source[starts[i]:ends[i]]``; one source character can give several folded ones.
    """

    chars: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def source_range(self, start: int, end: int) -> tuple[int, int]:
        """The source offsets behind ``chars[start:end]``; the range must not be empty."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> FoldedText:
    """Fold any Unicode text; total, linear in its length."""
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    while position < len(text):
        start = position
        position += 1
        while position < len(text) and _is_invisible(text[position]):
            position += 1
        for char in _folded_cluster(text[start:position]):
            chars.append(char)
            starts.append(start)
            ends.append(position)
    return FoldedText("".join(chars), tuple(starts), tuple(ends))


def fold_word(word: str) -> str:
    """The folded spelling of a dictionary word."""
    return fold(word).chars


def _is_invisible(char: str) -> bool:
    # Everything below U+00AD is visible or a plain control: the common case needs no table look-up.
    return char >= "\xad" and unicodedata.category(char) in _INVISIBLE


def _folded_cluster(cluster: str) -> str:
    base = cluster[0]
    if base < "\x80" and len(cluster) == 1:
        return base.lower()
    if _is_invisible(base):
        return ""
    if base.isalpha() or base.isdigit():
        # Letters and digits only: «™» must not become the letters "tm" at the end of a name.
        cluster = unicodedata.normalize("NFKC", cluster)
    folded = cluster.lower().replace("ё", "е")
    return "".join(char for char in folded if not _is_invisible(char))
