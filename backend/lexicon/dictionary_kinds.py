"""Which dictionaries an owner can replace with their own."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from lexicon.dictionary_file import Entry, parse_dictionary
from lexicon.phrases import SILENT_SECTION
from lexicon.profanity import SECTIONS


class DictionaryKind(StrEnum):
    PROFANITY = "profanity"
    BRANDS = "brands"
    STOPWORDS = "stopwords"

    @property
    def sections(self) -> tuple[str, ...]:
        """Sections that a file of this kind may have, the one of lines before any header first."""
        return SECTIONS if self is DictionaryKind.PROFANITY else ("", SILENT_SECTION)

    def parse(self, content: bytes) -> list[Entry]:
        """Entries of a dictionary of this kind. Raises ``DictionaryInvalid`` with every bad line."""
        return parse_dictionary(content, Path(self.value), self.sections)
