"""Ways to write a word so that a person reads it and a word list does not: the readings of a disguised spelling."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

_MAX_READINGS = 24
"""A token gets no more readings than this: the product of ambiguous characters is cut, not followed."""

_REPEATED = re.compile(r"(.)\1+")

CYRILLIC_LOOK_ALIKES = {
    **dict(zip("abcdehkmnoptuxyrgiz", "авсденкмпортихугдиз", strict=True)),
    "і": "и",
    "ї": "и",
    "є": "е",
    "ґ": "г",
    "ў": "у",
    "3": "з",
    "0": "о",
    "4": "ч",
    "6": "б",
    "9": "я",
    "1": "и",
    "8": "в",
    "@": "а",
    "$": "с",
    "!": "и",
    "|": "л",
}
"""Characters that stand for a Russian letter; ``_AMBIGUOUS`` has further readings."""

_AMBIGUOUS = {
    "b": "вб",
    "h": "нх",
    "u": "иу",
    "3": "зе",
    "4": "ча",
    "n": "пи",
    "1": "ил",
    "@": "ая",
    "r": "гр",
    "y": "уй",
}

_TWINS = dict(zip("abcehkmoptxy", "авсенкмортху", strict=True))
"""Latin letters whose shape (small or capital) *is* a Russian letter."""

_LATIN_LOOK_ALIKES = {
    **dict(zip("асеокмтрхуи", "aceokmtpxyu", strict=True)),
    "0": "o",
    "1": "i",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "$": "s",
    "@": "a",
    "!": "i",
}

_TRANSLITERATION = (
    ("shch", "щ"),
    ("sch", "щ"),
    ("zh", "ж"),
    ("kh", "х"),
    ("ts", "ц"),
    ("tz", "ц"),
    ("ch", "ч"),
    ("sh", "ш"),
    ("yu", "ю"),
    ("ju", "ю"),
    ("ya", "я"),
    ("ja", "я"),
    ("ia", "я"),
    ("yo", "е"),
    ("jo", "е"),
    ("ye", "е"),
    ("je", "е"),
    ("ey", "ей"),
    ("uy", "уй"),
    ("uj", "уй"),
    ("ui", "уй"),
    ("iy", "ий"),
)
_TRANSLITERATED_LETTERS = {
    **dict(zip("abdefgiklmnoprstuvz", "абдефгиклмнопрстувз", strict=True)),
    "h": "х",
    "x": "х",
    "w": "в",
    "q": "к",
    "'": "ь",
    "c": "цк",
    "j": "йж",
    "y": "йыу",
}


def squeezed(word: str) -> str:
    """Every run of one letter as a single letter: «сууука» → «сука»."""
    return _REPEATED.sub(r"\1", word)


def cyrillic_readings(token: str) -> Iterator[str]:
    """Russian words that the token can be seen as; nothing when a character resembles no Russian letter."""
    choices: list[str] = []
    for char in token:
        if char in _AMBIGUOUS:
            choices.append(_AMBIGUOUS[char])
        elif char in CYRILLIC_LOOK_ALIKES:
            choices.append(CYRILLIC_LOOK_ALIKES[char])
        elif "а" <= char <= "я":
            choices.append(char)
        else:
            return
    yield from _spelled(choices)


def look_alike(word: str) -> str | None:
    """The Russian word that a Latin spelling looks exactly like («cyka»); ``None`` when a letter has no twin."""
    letters = [_TWINS.get(char, "") for char in word]
    return "".join(letters) if all(letters) else None


def latin_readings(token: str) -> Iterator[str]:
    """The English word that the token can be seen as; nothing when a character resembles no Latin letter."""
    letters = [char if "a" <= char <= "z" else _LATIN_LOOK_ALIKES.get(char, "") for char in token]
    if all(letters):
        yield "".join(letters)


def transliterations(word: str) -> Iterator[str]:
    """Russian words behind a Latin spelling: «pizdec» → «пиздец»; nothing when a letter has no Russian counterpart."""
    choices: list[str] = []
    position = 0
    while position < len(word):
        pair = next(((latin, russian) for latin, russian in _TRANSLITERATION if word.startswith(latin, position)), None)
        if pair is not None:
            choices.extend(pair[1])
            position += len(pair[0])
        elif word[position] in _TRANSLITERATED_LETTERS:
            choices.append(_TRANSLITERATED_LETTERS[word[position]])
            position += 1
        else:
            return
    for reading in _spelled(choices):
        yield reading
        if reading[-1] in "тд":
            yield reading + "ь"  # Latin spellings drop the soft sign: «blyat».


def _spelled(choices: list[str]) -> Iterator[str]:
    for letters in itertools.islice(itertools.product(*choices), _MAX_READINGS):
        yield "".join(letters)
