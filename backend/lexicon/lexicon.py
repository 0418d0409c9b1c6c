"""One matcher for speech and on-screen text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from evidence import Label
from lexicon.dictionary_file import Entry, read_dictionary
from lexicon.erid import find_erids
from lexicon.folding import FoldedText, fold
from lexicon.hits import Hit
from lexicon.links import link_ranges
from lexicon.marks import find_marks
from lexicon.morphology import Morphology
from lexicon.offers import find_offers
from lexicon.phrases import SILENT_SECTION, PhraseMatcher
from lexicon.profanity import SECTIONS, ProfanityMatcher
from lexicon.tokens import tokenise

BUILT_IN = Path(__file__).parent / "dictionaries"
_ALWAYS = {
    Label.WORD_ALCOHOL: "alcohol.txt",
    Label.WORD_TOBACCO: "tobacco.txt",
    Label.WORD_DRUGS: "drugs.txt",
    Label.WORD_GAMBLING: "gambling.txt",
    Label.WORD_SELFHARM: "selfharm.txt",
    Label.OFFER_CALL_TO_ACTION: "calls_to_action.txt",
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Dictionaries, loaded and indexed. Safe to share between threads; make it with ``load``."""

    _profanity: ProfanityMatcher
    _phrases: PhraseMatcher
    _morphology: Morphology

    @classmethod
    def load(cls, profanity: Path | None = None, brands: Path | None = None, stopwords: Path | None = None) -> Lexicon:
        """Build a matcher; ``None`` takes the built-in dictionary. Raises ``DictionaryInvalid``. Takes about 0.3 s."""
        morphology = Morphology()
        entries: list[tuple[Label, Entry]] = []
        for label, path in (
            (Label.WORD_BRAND, brands or BUILT_IN / "brands.txt"),
            (Label.WORD_STOPWORD, stopwords or BUILT_IN / "stopwords.txt"),
            *((label, BUILT_IN / name) for label, name in _ALWAYS.items()),
        ):
            entries.extend((label, entry) for entry in read_dictionary(path, ("", SILENT_SECTION)))
        profane = ProfanityMatcher(read_dictionary(profanity or BUILT_IN / "profanity.txt", SECTIONS), morphology)
        return cls(profane, PhraseMatcher(entries, morphology), morphology)

    def find(self, text: str, *, spoken: bool) -> list[Hit]:
        """Everything the dictionaries and patterns know in ``text``, ordered by place; ``hit.text == text[start:end]``.

        ``spoken`` says that the text was heard: promo codes, phones and addresses in words count, an ``erid`` does not,
        and nothing relies on line breaks. Never raises; linear in the text.
        """
        folded = fold(text)
        hits = [*self._profane(text, folded)]
        hits.extend(self._phrases.find(text, tokenise(folded)))
        hits.extend(find_offers(text, self._morphology, spoken=spoken))
        hits.extend(find_marks(text, spoken=spoken))
        return sorted(_without_repeats(hits), key=lambda hit: (hit.start, hit.end, hit.label))

    def _profane(self, text: str, folded: FoldedText) -> Iterable[Hit]:
        opaque = link_ranges(text) + [(mark.start, mark.end) for mark in find_erids(text)]
        for word in self._profanity.find(folded):
            start, end = folded.source_range(word.start, word.end)
            if any(first <= start and end <= last for first, last in opaque):
                continue  # letters of a link or a token spell nothing
            yield Hit(word.label, start, end, text[start:end], word.entry, word.score)


def _without_repeats(hits: Iterable[Hit]) -> list[Hit]:
    """One hit for one label at one place: the surest, then the longest."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.label, hit.start, -hit.score, -hit.end)):
        if kept and kept[-1].label == hit.label and hit.start < kept[-1].end:
            continue
        kept.append(hit)
    return kept
