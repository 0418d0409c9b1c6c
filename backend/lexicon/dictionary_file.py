"""The format of dictionary files, and what can be wrong with one.

One entry a line; ``#`` starts a comment (at the line's start or after a space); blank lines are skipped.

* ``слово`` or ``несколько слов``: matches in every inflected form, whatever the case;
* ``=слово``: matches exactly this spelling (letter case and ё/е aside), for words whose other forms
  mean something else;
* ``re:выражение``: a Python regular expression, letter case and ё/е aside. In a profanity dictionary it must match one
  whole word, after disguises were undone; elsewhere it is searched for inside each sentence;
* ``[section]``: following entries belong to this section. The profanity dictionary has ``[obscene]``, ``[rude]`` and
  ``[allowed]`` (never a match); entries before the first section are obscene. Other dictionaries have
  only ``[allowed]``: phrases in which the dictionary's words count for nothing («винный уксус»).
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from lexicon.folding import fold_word

MAX_ENTRY_CHARS = 300
MAX_ENTRIES = 50_000
MAX_FILE_BYTES = 4_000_000
_MAX_BROAD_REPEATS = 3
"""``.*``, ``\\w+``, ``[…]{n,}`` and the like in one expression: on 300 characters four of them can take minutes."""

_COMMENT = re.compile(r"(?:^|\s)#.*$")
_SECTION = re.compile(r"\[(\w+)\]")
_WORDS = re.compile(r"[^\W_]+")
_ATOM = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_BROAD_REPEAT = re.compile(r"(?:\.|\\[wWSD]|\])(?:[*+]|\{\d*,\})")
_MANY_TIMES = re.compile(r"[*+]|\{\d*,\}|\{\d*,?\d{2,}\}")


class ProblemCode(StrEnum):
    UNREADABLE = "unreadable"
    """The file is missing or cannot be read (line 0)."""
    NOT_UTF8 = "not_utf8"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    NO_LETTERS = "no_letters"
    BAD_REGEX = "bad_regex"
    SLOW_REGEX = "slow_regex"
    """The expression can take exponential time: a repeated group that repeats or chooses inside."""
    MATCHES_EMPTY = "matches_empty"
    UNKNOWN_SECTION = "unknown_section"


@dataclass(frozen=True, slots=True)
class DictionaryProblem:
    """One bad line (numbered from 1; 0 is the file itself) with its text, cut to 80 characters."""

    line: int
    code: ProblemCode
    text: str


class DictionaryInvalid(Exception):
    """A dictionary file cannot be used. ``path`` names it, ``problems`` lists every bad line in order."""

    def __init__(self, path: Path, problems: tuple[DictionaryProblem, ...]) -> None:
        super().__init__(path.name, ", ".join(f"{problem.line}: {problem.code}" for problem in problems[:10]))
        self.path = path
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Entry:
    """One valid line: words to compare, or a compiled expression (then ``words`` is empty)."""

    section: str
    text: str
    words: tuple[str, ...]
    exact: bool
    regex: re.Pattern[str] | None


class _BadLine(Exception):
    def __init__(self, code: ProblemCode) -> None:
        super().__init__(code)
        self.code = code


def read_dictionary(path: Path, sections: tuple[str, ...] = ("",)) -> list[Entry]:
    """Entries of a file, in order; the first of ``sections`` holds lines before any header.

    Raises ``DictionaryInvalid`` with every bad line.
    """
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise DictionaryInvalid(path, (DictionaryProblem(0, ProblemCode.TOO_LARGE, ""),))
        content = path.read_bytes()
    except OSError as error:
        raise DictionaryInvalid(path, (DictionaryProblem(0, ProblemCode.UNREADABLE, ""),)) from error
    return parse_dictionary(content, path, sections)


def parse_dictionary(content: bytes, path: Path, sections: tuple[str, ...] = ("",)) -> list[Entry]:
    """``read_dictionary`` of content that is at hand; ``path`` is what the error calls it."""
    if len(content) > MAX_FILE_BYTES:
        raise DictionaryInvalid(path, (DictionaryProblem(0, ProblemCode.TOO_LARGE, ""),))
    entries: list[Entry] = []
    problems: list[DictionaryProblem] = []
    section = sections[0]
    for number, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        try:
            line = _COMMENT.sub("", _decoded(raw)).strip()
            if header := _SECTION.fullmatch(line):
                section = _known_section(header.group(1), sections)
            elif line:
                entries.append(_entry(section, line))
        except _BadLine as bad:
            problems.append(DictionaryProblem(number, bad.code, raw[:160].decode("utf-8", "replace")[:80]))
    if len(entries) > MAX_ENTRIES:
        problems.append(DictionaryProblem(0, ProblemCode.TOO_LARGE, ""))
    if problems:
        raise DictionaryInvalid(path, tuple(problems))
    return entries


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _BadLine(ProblemCode.NOT_UTF8) from error


def _known_section(name: str, sections: tuple[str, ...]) -> str:
    if name not in sections:
        raise _BadLine(ProblemCode.UNKNOWN_SECTION)
    return name


def _entry(section: str, line: str) -> Entry:
    if len(line) > MAX_ENTRY_CHARS:
        raise _BadLine(ProblemCode.TOO_LONG)
    if line.startswith("re:"):
        return Entry(section, line, (), exact=False, regex=_compiled(line.removeprefix("re:").strip()))
    words = tuple(_WORDS.findall(fold_word(line.removeprefix("="))))
    if not words:
        raise _BadLine(ProblemCode.NO_LETTERS)
    return Entry(section, line, words, exact=line.startswith("="), regex=None)


def _compiled(source: str) -> re.Pattern[str]:
    source = source.replace("ё", "е").replace("Ё", "Е")
    if len(_BROAD_REPEAT.findall(source)) > _MAX_BROAD_REPEATS or _repeats_a_choice(source):
        raise _BadLine(ProblemCode.SLOW_REGEX)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)
            pattern = re.compile(source, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError, FutureWarning) as error:
        raise _BadLine(ProblemCode.BAD_REGEX) from error
    if pattern.fullmatch(""):
        raise _BadLine(ProblemCode.MATCHES_EMPTY)
    return pattern


def _repeats_a_choice(source: str) -> bool:
    """Whether a repeated group repeats or chooses inside, as in ``(a+)+`` or ``(a|aa)*``: the exponential shapes.

    Deliberately coarse: it also refuses some harmless ones, such as ``(да|нет)+``, that a word list never needs.
    """
    plain = _ATOM.sub("x", source)
    risky: list[bool] = [False]
    for position, char in enumerate(plain):
        if char == "(":
            risky.append(False)
        elif char == ")" and len(risky) > 1:
            inner = risky.pop()
            if inner and _MANY_TIMES.match(plain, position + 1):
                return True
            risky[-1] = risky[-1] or inner
        elif char == "|" or _MANY_TIMES.match(plain, position):
            risky[-1] = True
    return False
