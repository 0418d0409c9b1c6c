"""Reads the tests that a rule carries: lists of observations on which it must fire, or must stay silent."""

from __future__ import annotations

import yaml

from evidence import Label, Modality, Observation, Span
from policy.condition_reading import LABELS, MAX_SECONDS, MODALITIES
from policy.pack import RuleTest
from policy.pack_fields import Reading, line_of

_USUAL_MODALITY = {
    "speech": Modality.SPEECH,
    "word": Modality.SPEECH,
    "offer": Modality.SPEECH,
    "text": Modality.TEXT,
    "mark": Modality.TEXT,
}
"""What a test means when it names no modality, by the label's group; everything else is seen in the picture."""
USUAL_SCORE = 0.9


def read_tests(node: yaml.Node | None, reading: Reading) -> tuple[RuleTest, ...]:
    """Both kinds are required: a rule that nothing silences is as wrong as one that never fires."""
    fields = reading.fields(node, required=("fires", "silent"))
    return tuple(
        RuleTest(line_of(case), key == "fires", tuple(_observation(one, reading) for one in reading.items(case)))
        for key in ("fires", "silent")
        for case in reading.items(fields.get(key))
    )


def _observation(node: yaml.Node, reading: Reading) -> Observation:
    fields = reading.fields(node, required=("label", "at"), optional=("modality", "score", "text"))
    label = reading.choice(fields.get("label"), LABELS, "метка", "label", Label.SPEECH_SEGMENT)
    usual = _USUAL_MODALITY.get(label.value.split(".")[0], Modality.IMAGE)
    return Observation(
        detector="test",
        label=label,
        score=reading.number(fields.get("score"), 0.0, 1.0, USUAL_SCORE),
        span=_span(fields.get("at"), reading),
        modality=reading.choice(fields.get("modality"), MODALITIES, "модальность", "modality", usual),
        text=reading.text(fields.get("text")) or None,
    )


def _span(node: yaml.Node | None, reading: Reading) -> Span:
    bounds = [reading.number(item, 0.0, MAX_SECONDS) for item in reading.items(node)]
    if node is not None and (len(bounds) != 2 or bounds[1] < bounds[0]):
        reading.wrong(
            line_of(node),
            "Здесь нужны начало и конец в секундах: [12.0, 14.5].",
            "A start and an end in seconds are expected here: [12.0, 14.5].",
        )
        return Span(0.0, 0.0)
    return Span(*bounds) if bounds else Span(0.0, 0.0)
