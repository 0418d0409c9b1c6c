"""Text from outside (file names, what was read on screen) made safe to show to people."""

from __future__ import annotations

import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def printable(text: str) -> str:
    """One line of text without anything that hides, reorders or breaks it.

    Whitespace runs become one space; control characters, lone surrogates (undecodable file names) and bidirectional
    overrides (which let "exe.4pm" read as "mp4.exe") become U+FFFD.
    """
    if text.isprintable():
        return text
    return " ".join("".join(REPLACEMENT if _is_unsafe(character) else character for character in text).split())


def _is_unsafe(character: str) -> bool:
    if character.isspace():
        return False
    return unicodedata.category(character) in ("Cc", "Cs") or unicodedata.bidirectional(character) in (
        "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"
    )  # fmt: skip
