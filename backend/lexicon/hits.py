"""What the matcher returns."""

from __future__ import annotations

from dataclasses import dataclass

from evidence import Label


@dataclass(frozen=True, slots=True)
class Hit:
    """One match in a text: ``text == source[start:end]``, offsets in characters of the text that was given.

    ``entry`` is the dictionary line or the normalised value (a promo code, an ``erid`` token, digits of a number)
    that explains the match. ``score`` 0..1 says how sure the matcher is of the reading: 1 for a plain dictionary form,
    less for an unknown derivative, a disguised or masked spelling, or an ambiguous phrase.
    """

    label: Label
    start: int
    end: int
    text: str
    entry: str
    score: float
