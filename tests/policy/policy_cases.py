"""Observations and small packs for the tests of this folder."""

from __future__ import annotations

from pathlib import Path

from evidence import Label, Modality, Observation, Span
from policy.evaluation import judge
from policy.judgement import Judgement, Trigger
from policy.loading import load_pack
from policy.pack import Pack

EVERY_DETECTOR = frozenset({"speech", "text", "words", "objects", "scenes", "safety"})
VIDEO_S = 600.0

_MODALITY = {"word": Modality.SPEECH, "offer": Modality.SPEECH, "mark": Modality.TEXT}

PACK = """\
id: small
version: "1"
title: {ru: Пакет, en: Pack}
effective: {from: 2020-01-01, until: 2030-12-31}
checked_on: 2026-11-23
source:
  title: {ru: Закон, en: Act}
outcomes:
  - {id: fine, title: {ru: Хорошо, en: Fine}}
  - {id: doubtful, title: {ru: Сомнительно, en: Doubtful}}
  - {id: bad, title: {ru: Плохо, en: Bad}}
"""


def seen(
    label: str,
    start_s: float,
    end_s: float,
    *,
    score: float = 0.9,
    modality: Modality | None = None,
    text: str | None = None,
    detector: str = "test",
) -> Observation:
    """An observation with an id made of its label and start."""
    usual = _MODALITY.get(label.split(".")[0], Modality.IMAGE)
    return Observation(
        detector=detector,
        label=Label(label),
        score=score,
        span=Span(start_s, end_s),
        modality=modality or usual,
        text=text,
        id=f"{label}@{start_s}",
    )


def rule_text(when: str, *, rule_id: str = "one", outcome: str = "bad") -> str:
    """A rule whose ``when`` is given in flow style."""
    return f"""\
  - id: {rule_id}
    title: {{ru: Правило, en: Rule}}
    category: stopword
    when: {when}
    gives: {{outcome: {outcome}, severity: medium}}
    human: auto
    cite: {{article: ст. 1, note: {{ru: Заметка, en: Note}}}}
    tests:
      fires: [[{{label: word.rude, at: [1, 2]}}]]
      silent: [[{{label: word.rude, at: [1, 2]}}]]
"""


def write_pack(folder: Path, rules: str, *, windows: str = "", name: str = "small.yaml") -> Path:
    path = folder / name
    path.write_text(f"{PACK}{windows}rules:\n{rules}", encoding="utf-8")
    return path


def small_pack(folder: Path, when: str, *, windows: str = "") -> Pack:
    """A pack of one rule."""
    return load_pack(write_pack(folder, rule_text(when), windows=windows))


def judged(pack: Pack, *observations: Observation) -> Judgement:
    return judge(pack, observations, VIDEO_S, EVERY_DETECTOR)


def spans(pack: Pack, *observations: Observation) -> list[tuple[float, float]]:
    """Where the pack's rules fire."""
    return [(trigger.span.start_s, trigger.span.end_s) for trigger in judged(pack, *observations).triggers]


def rules_fired(judgement: Judgement) -> list[str]:
    return [trigger.rule for trigger in judgement.triggers]


def of_rule(judgement: Judgement, rule: str) -> Trigger:
    """The only trigger of that rule."""
    (found,) = (trigger for trigger in judgement.triggers if trigger.rule == rule)
    return found
