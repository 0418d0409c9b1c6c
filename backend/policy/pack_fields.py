"""Typed reading of a pack's YAML nodes. A wrong value is noted with its line, and a harmless stand-in is returned, so
that one pass finds every problem. The caller raises at the end: a stand-in never leaves the loader.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import yaml

from policy.judgement import LocalisedText
from policy.pack_problems import PackProblem

Value = TypeVar("Value")

_TAG = "tag:yaml.org,2002:"
_IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
MAX_TEXT = 1000


@dataclass(frozen=True, slots=True)
class Fields:
    """The values of one mapping by key. ``line`` is where it starts."""

    line: int
    nodes: Mapping[str, yaml.Node]

    def get(self, key: str) -> yaml.Node | None:
        return self.nodes.get(key)

    def __contains__(self, key: str) -> bool:
        return key in self.nodes


@dataclass(slots=True)
class Reading:
    """One pack file being read: its bare name, and everything found wrong so far."""

    file: str
    problems: list[PackProblem] = field(default_factory=list)

    def wrong(self, line: int, ru: str, en: str) -> None:
        self.problems.append(PackProblem(self.file, line, LocalisedText(ru, en)))

    def fields(self, node: yaml.Node | None, *, required: Iterable[str] = (), optional: Iterable[str] = ()) -> Fields:
        """A mapping with only known keys, each once, and all the required ones."""
        if node is None:
            return Fields(0, {})
        line = line_of(node)
        needed = tuple(required)
        known = (*needed, *optional)
        if not isinstance(node, yaml.MappingNode):
            keys = ", ".join(known)
            self.wrong(line, f"Здесь нужны ключи: {keys}.", f"Keys are expected here: {keys}.")
            return Fields(line, {})
        nodes: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
            if key not in known:
                ru, en = _suggestion(key, known)
                self.wrong(line_of(key_node), f"Неизвестный ключ «{key}». {ru}", f'Unknown key "{key}". {en}')
            elif key in nodes:
                self.wrong(
                    line_of(key_node),
                    f"Ключ «{key}» повторён. Оставьте один.",
                    f'The key "{key}" is repeated. Keep one.',
                )
            else:
                nodes[key] = value
        for key in needed:
            if key not in nodes:
                self.wrong(line, f"Не хватает ключа «{key}».", f'The key "{key}" is missing.')
        return Fields(line, nodes)

    def items(self, node: yaml.Node | None) -> list[yaml.Node]:
        """The items of a list that has at least one."""
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self.wrong(line_of(node), "Здесь нужен непустой список.", "A list with at least one item is expected here.")
            return []
        return list(node.value)

    def text(self, node: yaml.Node | None) -> str:
        value = self._scalar(node, ("str",), "текст", "text")
        if node is not None and value is not None and (not value.strip() or len(value) > MAX_TEXT):
            self.wrong(
                line_of(node),
                f"Здесь нужен текст от 1 до {MAX_TEXT} знаков.",
                f"A text of 1 to {MAX_TEXT} characters is expected here.",
            )
        return " ".join((value or "").split())

    def localised(self, node: yaml.Node | None) -> LocalisedText:
        both = self.fields(node, required=("ru", "en"))
        return LocalisedText(self.text(both.get("ru")), self.text(both.get("en")))

    def identifier(self, node: yaml.Node | None) -> str:
        value = self._scalar(node, ("str",), "идентификатор", "an identifier")
        if node is not None and value is not None and not _IDENTIFIER.fullmatch(value):
            self.wrong(
                line_of(node),
                f"«{value}» не годится как идентификатор: строчные латинские буквы, цифры, точка, дефис, до 64 знаков.",
                f'"{value}" is no identifier: lower-case Latin letters, digits, dot, hyphen, at most 64 characters.',
            )
        return value or ""

    def number(self, node: yaml.Node | None, low: float, high: float, default: float = 0.0) -> float:
        value = self._scalar(node, ("int", "float"), "число", "a number")
        if node is None or value is None:
            return default
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not low <= number <= high:
            self.wrong(
                line_of(node),
                f"Здесь нужно число от {low:g} до {high:g}, а не {value}.",
                f"A number from {low:g} to {high:g} is expected here, not {value}.",
            )
            return default
        return number

    def whole(self, node: yaml.Node | None, low: int, high: int, default: int) -> int:
        if node is not None and node.tag == f"{_TAG}float":
            self.wrong(line_of(node), "Здесь нужно целое число.", "A whole number is expected here.")
            return default
        return int(self.number(node, low, high, default))

    def flag(self, node: yaml.Node | None, default: bool) -> bool:
        value = self._scalar(node, ("bool",), "true или false", "true or false")
        return default if value is None else value.lower() in ("true", "yes", "on")

    def day(self, node: yaml.Node | None) -> date | None:
        """A day, or ``None`` where the pack says ``null``."""
        if node is None or node.tag == f"{_TAG}null":
            return None
        value = self._scalar(node, ("timestamp", "str"), "дата", "a date")
        try:
            return date.fromisoformat(value or "")
        except ValueError:
            self.wrong(
                line_of(node),
                "Здесь нужна дата вида 2026-11-23.",
                "A date like 2026-11-23 is expected here.",
            )
            return None

    def choice(self, node: yaml.Node | None, choices: Mapping[str, Value], ru: str, en: str, default: Value) -> Value:
        """One of ``choices``; ``ru`` and ``en`` name the kind of thing for the error."""
        value = self._scalar(node, ("str",), ru, en)
        if node is None or value is None:
            return default
        if value not in choices:
            ru_hint, en_hint = _suggestion(value, tuple(choices))
            self.wrong(line_of(node), f"Неизвестно: {ru} «{value}». {ru_hint}", f'Unknown {en} "{value}". {en_hint}')
            return default
        return choices[value]

    def _scalar(self, node: yaml.Node | None, kinds: tuple[str, ...], ru: str, en: str) -> str | None:
        if node is None:
            return None
        if isinstance(node, yaml.ScalarNode) and node.tag.removeprefix(_TAG) in kinds:
            return str(node.value)
        quoting = isinstance(node, yaml.ScalarNode) and kinds == ("str",)
        self.wrong(
            line_of(node),
            f"Здесь ожидается: {ru}." + (f' Возьмите значение в кавычки: "{node.value}".' if quoting else ""),
            f"Expected here: {en}." + (f' Put the value in quotes: "{node.value}".' if quoting else ""),
        )
        return None


def line_of(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _suggestion(value: str, known: tuple[str, ...]) -> tuple[str, str]:
    """The nearest known word, or the whole list."""
    close = difflib.get_close_matches(value, known, n=1)
    if close:
        return f"Может быть, «{close[0]}»?", f'Did you mean "{close[0]}"?'
    listed = ", ".join(known)
    return f"Допустимы: {listed}.", f"Allowed: {listed}."
