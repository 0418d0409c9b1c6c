"""Reads the rules of a pack: YAML nodes become ``Rule`` objects, and every misuse becomes a problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import yaml

from evidence import Category, Severity
from policy.condition_reading import ConditionReader
from policy.conditions import Condition, InWindow
from policy.judgement import Citation, Fix, Human, LocalisedText, Question
from policy.pack import Outcome, Rule, Shows, Source, Window
from policy.pack_fields import Fields, Reading, line_of
from policy.rule_tests import read_tests

_CATEGORIES: Mapping[str, Category] = {category.value: category for category in Category}
_SEVERITIES: Mapping[str, Severity] = {severity.value: severity for severity in Severity}
_HUMAN: Mapping[str, Human] = {human.value: human for human in Human}
_FIXES: Mapping[str, Fix] = {fix.value: fix for fix in Fix}
_SHOWS: Mapping[str, Shows] = {shows.value: shows for shows in Shows}


def read_rules(
    node: yaml.Node | None,
    reading: Reading,
    source: Source,
    outcomes: Sequence[Outcome],
    windows: Sequence[Window],
) -> tuple[Rule, ...]:
    required = ("id", "title", "category", "when", "gives", "human", "cite", "tests")
    known = {outcome.id: outcome.id for outcome in outcomes}
    rules: list[Rule] = []
    for item in reading.items(node):
        fields = reading.fields(item, required=required, optional=("fix", "question"))
        gives = reading.fields(fields.get("gives"), required=("severity",), optional=("outcome",))
        when, shows = _when(fields.get("when"), reading, windows)
        rule_id = reading.identifier(fields.get("id"))
        rules.append(
            Rule(
                id=rule_id,
                title=reading.localised(fields.get("title")),
                category=reading.choice(
                    fields.get("category"), _CATEGORIES, "категория", "category", Category.STOPWORD
                ),
                severity=reading.choice(gives.get("severity"), _SEVERITIES, "тяжесть", "severity", Severity.INFO),
                when=when,
                shows=shows,
                outcome=reading.choice(gives.get("outcome"), known, "исход", "outcome", None),
                human=reading.choice(fields.get("human"), _HUMAN, "участие человека", "human", Human.AUTO),
                cite=_citation(fields.get("cite"), reading, source),
                fixes=_fixes(fields.get("fix"), reading),
                question=_question(fields.get("question"), reading, rule_id, known),
                tests=read_tests(fields.get("tests"), reading),
            )
        )
        refuse_twice(rules[:-1], rules[-1], fields, reading)
    return tuple(rules)


def _when(node: yaml.Node | None, reading: Reading, windows: Sequence[Window]) -> tuple[Condition, Shows | None]:
    reader = ConditionReader(reading, [window.id for window in windows])
    if not isinstance(node, yaml.MappingNode) or not any(key.value == "shows" for key, _ in node.value):
        return reader.condition(node), None
    fields = reading.fields(node, required=("window", "shows"))
    known = {window.id: window for window in windows if window.parts}
    window = reading.choice(fields.get("window"), known, "окно с частями", "window with parts", None)
    shows = reading.choice(fields.get("shows"), _SHOWS, "полнота", "completeness", Shows.ALL)
    return InWindow(window.id if window is not None else ""), shows


def _citation(node: yaml.Node | None, reading: Reading, source: Source) -> Citation:
    fields = reading.fields(node, required=("article", "note"), optional=("act", "url"))
    return Citation(
        act=reading.localised(fields.get("act")) if "act" in fields else source.title,
        article=reading.text(fields.get("article")),
        note=reading.localised(fields.get("note")),
        url=read_url(fields, reading) or source.url,
    )


def _fixes(node: yaml.Node | None, reading: Reading) -> tuple[Fix, ...]:
    return tuple(reading.choice(item, _FIXES, "исправление", "fix", Fix.CUT) for item in reading.items(node))


def _question(node: yaml.Node | None, reading: Reading, rule_id: str, outcomes: Mapping[str, str]) -> Question | None:
    if node is None:
        return None
    fields = reading.fields(node, required=("ask", "answers"))
    pairs: list[tuple[str, str]] = []
    titles: list[LocalisedText] = []
    for item in reading.items(fields.get("answers")):
        answer = reading.fields(item, required=("id", "title", "outcome"))
        identifier = reading.identifier(answer.get("id"))
        if any(identifier == known for known, _ in pairs):
            reading.wrong(answer.line, f"Ответ «{identifier}» повторён.", f'The answer "{identifier}" is repeated.')
        pairs.append((identifier, reading.choice(answer.get("outcome"), outcomes, "исход", "outcome", "")))
        titles.append(reading.localised(answer.get("title")))
    return Question(rule_id, reading.localised(fields.get("ask")), tuple(pairs), tuple(titles))


def refuse_twice(
    earlier: Sequence[Outcome | Window | Rule], latest: Outcome | Window | Rule, fields: Fields, reading: Reading
) -> None:
    if latest.id and any(one.id == latest.id for one in earlier):
        reading.wrong(
            fields.line,
            f"id «{latest.id}» уже занят. Дайте другой.",
            f'The id "{latest.id}" is taken. Choose another.',
        )


def read_url(fields: Fields, reading: Reading) -> str | None:
    node = fields.get("url")
    if node is None:
        return None
    url = reading.text(node)
    if not url.startswith(("https://", "http://")):
        reading.wrong(line_of(node), "Адрес начинается с https://.", "An address starts with https://.")
    return url
