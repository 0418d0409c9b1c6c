"""Dictionary forms of Russian words."""

from __future__ import annotations

from functools import lru_cache

import pymorphy3

_CACHED_WORDS = 50_000


class Morphology:
    """pymorphy3 with a cache; loading takes about 0.2 s and 30 MB, so share one object.

    Words are expected folded (``folding.fold_word``); lemmas come back folded too (ё as е).
    """

    def __init__(self) -> None:
        self._analyzer = pymorphy3.MorphAnalyzer()
        self.lemmas = lru_cache(_CACHED_WORDS)(self._lemmas)
        self.is_known = lru_cache(_CACHED_WORDS)(self._is_known)
        self.part_of_speech = lru_cache(_CACHED_WORDS)(self._part_of_speech)
        self.is_indicative = lru_cache(_CACHED_WORDS)(self._is_indicative)

    def forms(self, lemma: str) -> frozenset[str]:
        """Every inflected form of a dictionary word; the word alone when it is not Russian."""
        forms = {lemma}
        for parse in self._analyzer.parse(lemma):
            if _without_yo(parse.normal_form) == lemma:
                forms.update(_without_yo(form.word) for form in parse.lexeme)
        return frozenset(forms)

    def _lemmas(self, word: str) -> frozenset[str]:
        return frozenset(_without_yo(parse.normal_form) for parse in self._analyzer.parse(word))

    def _is_known(self, word: str) -> bool:
        return bool(self._analyzer.word_is_known(word))

    def _part_of_speech(self, word: str) -> str | None:
        """OpenCorpora tag of the likeliest reading (``NOUN``, ``VERB`` …); ``None`` for numbers and foreign words."""
        tag = self._analyzer.parse(word)[0].tag.POS
        return None if tag is None else str(tag)

    def _is_indicative(self, word: str) -> bool:
        """Whether the likeliest reading is a verb that tells («иду»), not one that bids («учи»)."""
        return "indc" in self._analyzer.parse(word)[0].tag


def _without_yo(word: str) -> str:
    return word.replace("ё", "е")
