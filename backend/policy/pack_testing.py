"""Runs the tests that a pack carries."""

from __future__ import annotations

from dataclasses import dataclass

from policy.evaluation import judge
from policy.judgement import LocalisedText
from policy.pack import Pack, Rule, RuleTest


@dataclass(frozen=True, slots=True)
class PackTestFailure:
    """A rule that did not do what its own test states at ``line`` of the pack's file."""

    pack: str
    rule: str
    line: int
    text: LocalisedText


def run_pack_tests(pack: Pack) -> list[PackTestFailure]:
    """Failures in the pack's order; an empty list when every rule behaves as stated."""
    return [
        PackTestFailure(pack.id, rule.id, test.line, _said(rule, test))
        for rule in pack.rules
        for test in rule.tests
        if _fires(pack, rule, test) is not test.must_fire
    ]


def _fires(pack: Pack, rule: Rule, test: RuleTest) -> bool:
    duration_s = max(seen.span.end_s for seen in test.observations)
    judgement = judge(pack, test.observations, duration_s, frozenset())
    return any(trigger.rule == rule.id for trigger in judgement.triggers)


def _said(rule: Rule, test: RuleTest) -> LocalisedText:
    if test.must_fire:
        return LocalisedText(
            ru=f"Правило «{rule.id}» должно сработать, но молчит. Исправьте правило или тест.",
            en=f'The rule "{rule.id}" must fire but is silent. Correct the rule or the test.',
        )
    return LocalisedText(
        ru=f"Правило «{rule.id}» должно молчать, но срабатывает. Исправьте правило или тест.",
        en=f'The rule "{rule.id}" must be silent but fires. Correct the rule or the test.',
    )
