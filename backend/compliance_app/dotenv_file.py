"""The `.env` file: how it is read. Standard library only, so that settings and validator see the same values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_ASSIGNMENT = re.compile(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=(.*)")
_QUOTED = re.compile(r"""(["'])(.*?)\1\s*(?:#.*)?""")

_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class DotenvFile:
    """What a `.env` file says: values by name, and a Russian sentence for each line that says nothing."""

    values: Mapping[str, str]
    problems: tuple[str, ...]


def read_dotenv(path: Path) -> DotenvFile:
    """Reads ``path``; a missing file is an empty one.

    A line is ``NAME=value``, optionally after ``export``; a value may stand in quotes, and outside them `` #`` starts a
    comment. The last line of a name wins. Problems name the line, never its text: it may hold a secret.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return DotenvFile({}, ())
    except UnicodeDecodeError:
        return DotenvFile({}, (".env сохранён не в UTF-8; пересохраните файл в кодировке UTF-8",))
    except OSError:
        return DotenvFile({}, (".env есть, но не читается; проверьте, что это файл и права на него",))
    values: dict[str, str] = {}
    problems: list[str] = []
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        assignment = _ASSIGNMENT.fullmatch(line)
        if assignment is None or _CONTROL.search(line):
            problems.append(f".env, строка {number}: ожидается ИМЯ=значение; исправьте строку или начните её с #")
            continue
        values[assignment[1]] = _value(assignment[2])
    return DotenvFile(values, tuple(problems))


def _value(text: str) -> str:
    """The value without its quotes or trailing comment."""
    quoted = _QUOTED.fullmatch(text.strip())
    if quoted:
        return quoted[2]
    return re.split(r"\s#", text, maxsplit=1)[0].strip()
