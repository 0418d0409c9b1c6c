"""Words with letters hidden behind asterisks: «х*й», «п***ц», "f**k"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Generic, TypeVar

MASKS = "*#•●■█"
"""Characters that hide letters."""

_MIN_VISIBLE_LETTERS = 2
_MASK_RUN = re.compile(f"[{MASKS}]+")

Meaning = TypeVar("Meaning")


class MaskedWords(Generic[Meaning]):
    """Looks masked spellings up among known full spellings (folded); of several that fit the first given one counts."""

    def __init__(self, meanings: Mapping[str, Meaning]) -> None:
        self._by_first_letter: dict[str, list[tuple[str, Meaning]]] = {}
        for word, meaning in meanings.items():
            self._by_first_letter.setdefault(word[0], []).append((word, meaning))

    def find(self, masked: str) -> Meaning | None:
        """The meaning of a word that fits, or ``None``. The first letter and one more must be visible.

        A single mask hides one letter; a run of n hides n - 1 to n + 1, as people do not count asterisks.
        """
        visible = _MASK_RUN.sub("", masked)
        if masked[0] in MASKS or len(visible) < _MIN_VISIBLE_LETTERS or not visible.isalpha():
            return None
        fits = re.compile("".join(_as_regex(part) for part in re.split(rf"([{MASKS}]+)", masked)))
        for word, meaning in self._by_first_letter.get(masked[0], ()):
            if fits.fullmatch(word):
                return meaning
        return None


def _as_regex(part: str) -> str:
    if not part or part[0] not in MASKS:
        return re.escape(part)
    return "[^\\W\\d_]" if len(part) == 1 else f"[^\\W\\d_]{{{len(part) - 1},{len(part) + 1}}}"
