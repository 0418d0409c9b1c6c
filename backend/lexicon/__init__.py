"""What words mean trouble: dictionaries, and one matcher over them for speech and on-screen text. No Django."""

from lexicon.dictionary_file import DictionaryInvalid, DictionaryProblem, ProblemCode
from lexicon.dictionary_kinds import DictionaryKind
from lexicon.hits import Hit
from lexicon.lexicon import Lexicon
from lexicon.links import is_link
from lexicon.offers import is_contact
from lexicon.tokens import sentence_around

__all__ = [
    "DictionaryInvalid",
    "DictionaryKind",
    "DictionaryProblem",
    "Hit",
    "Lexicon",
    "ProblemCode",
    "is_contact",
    "is_link",
    "sentence_around",
]
