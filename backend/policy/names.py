"""Whose advertisement it is: compares brands, promo codes and links by their texts, as far as these tell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence import Label, Observation

_CARRIERS = ("промо", "купон", "код", "promo", "coupon", "code")
"""Words around a promo code that are not the code: «по промокоду ВЕСНА20»."""
_ADDRESSES = frozenset({Label.OFFER_LINK, Label.OFFER_QR})
MIN_STEM = 3
LONG_STEM = 5
"""«Озон» and «Озоне» begin alike in full, «Зерновик» and «Зерновика» in at least five letters."""


@dataclass(frozen=True, slots=True)
class Name:
    """``words`` in lower case, without carriers; an address is one word."""

    label: Label
    words: tuple[str, ...]

    @classmethod
    def of(cls, seen: Observation) -> Name | None:
        """``None`` when the text names nobody: «промокод» without the code."""
        text = (seen.text or "").casefold()
        if seen.label in _ADDRESSES:
            address = re.sub(r"^\s*(?:https?://)?(?:www\.)?", "", text).rstrip("/ ")
            return cls(seen.label, (address,)) if address else None
        words = tuple(word for word in re.findall(r"\w+", text) if not word.startswith(_CARRIERS) and word != "по")
        return cls(seen.label, words) if words else None

    def same(self, other: Name) -> bool:
        return self.label is other.label and any(_alike(one, two) for one in self.words for two in other.words)

    def differs(self, other: Name) -> bool:
        """Names in different alphabets may be one («Озон», "Ozon"): nothing is said about them."""
        return self.label is other.label and self._is_cyrillic() == other._is_cyrillic() and not self.same(other)

    def _is_cyrillic(self) -> bool:
        return re.search("[а-яё]", " ".join(self.words)) is not None


def _alike(one: str, two: str) -> bool:
    """Equal, or inflections of one word; what carries digits or dots is a code or an address and must be equal."""
    if one == two:
        return True
    if not (one.isalpha() and two.isalpha()):
        return False
    short, long = sorted((one, two), key=len)
    return len(short) >= MIN_STEM and (long.startswith(short) or long[:LONG_STEM] == short[:LONG_STEM])
