"""What can be wrong with a pack file, said in both languages with the place and a hint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policy.judgement import LocalisedText


@dataclass(frozen=True, slots=True)
class PackProblem:
    """One thing to correct. ``file`` is a bare file name; ``line`` counts from 1, 0 means the file as a whole."""

    file: str
    line: int
    text: LocalisedText

    def in_language(self, language: str) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.text.in_language(language)}"


class PackInvalid(Exception):
    """A pack cannot be used; every problem that was found, in file order."""

    def __init__(self, problems: Iterable[PackProblem]) -> None:
        self.problems: tuple[PackProblem, ...] = tuple(
            sorted(dict.fromkeys(problems), key=lambda problem: (problem.file, problem.line))
        )
        super().__init__("\n".join(problem.in_language("en") for problem in self.problems))


class UnknownPack(Exception):
    """There is no pack of that id; ``known`` lists those that are there."""

    def __init__(self, pack: str, known: Sequence[str]) -> None:
        self.pack = pack
        self.known = tuple(known)
        names = ", ".join(self.known)
        self.text = LocalisedText(
            ru=f"Нет пакета правил «{pack}». Есть: {names}.",
            en=f'There is no policy pack "{pack}". Known packs: {names}.',
        )
        super().__init__(self.text.en)
