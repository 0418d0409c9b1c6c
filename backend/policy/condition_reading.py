"""Reads the ``when`` of a rule or a window: YAML nodes become conditions, and every misuse becomes a problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from evidence import Label, Modality
from policy.conditions import MERGE_S, AllOf, AnyOf, Condition, InWindow, Near, Seen
from policy.pack_fields import Fields, Reading, line_of

LABELS: Mapping[str, Label] = {label.value: label for label in Label}
MODALITIES: Mapping[str, Modality] = {modality.value: modality for modality in Modality}

MAX_SECONDS = 24 * 3600.0
MIN_MERGE_S = 0.5
"""Segments of one rule stay apart by at least this, so that their rounded spans, and with them finding ids, differ."""

_SEEN_KEYS = ("modality", "min_score", "min_seconds", "min_count", "within", "first_seconds", "merge", "near")
_STANDIN = Seen((Label.SPEECH_SEGMENT,))


@dataclass(frozen=True, slots=True)
class ConditionReader:
    """Reads conditions of one pack. ``windows`` are the ids declared so far: a window names only earlier ones."""

    reading: Reading
    windows: Sequence[str]

    def condition(self, node: yaml.Node | None) -> Condition:
        if node is None:
            return _STANDIN
        operators = [key for key in ("label", "all", "any", "not", "window") if _has(node, key)]
        if operators == ["label"]:
            return self._seen(node)
        if operators == ["all"]:
            return self._all(node)
        if operators == ["any"]:
            fields = self.reading.fields(node, required=("any",), optional=("merge",))
            found = tuple(self.condition(item) for item in self.reading.items(fields.get("any")))
            return AnyOf(found, self.merge_s(fields))
        if operators == ["window"]:
            return self._window(self.reading.fields(node, required=("window",)))
        if operators == ["not"]:
            self.reading.wrong(
                line_of(node),
                "«not» само не указывает на время. Поставьте его внутрь «all» рядом с тем, что найдено.",
                '"not" alone points at no moment. Put it inside "all" next to what is seen.',
            )
            return _STANDIN
        self.reading.wrong(
            line_of(node),
            "Условие содержит ровно один из ключей: label, all, any, not, window.",
            "A condition has exactly one of the keys: label, all, any, not, window.",
        )
        return _STANDIN

    def labels(self, node: yaml.Node | None) -> tuple[Label, ...]:
        """One label or a list of them."""
        nodes = self.reading.items(node) if isinstance(node, yaml.SequenceNode) else [node]
        return tuple(
            dict.fromkeys(self.reading.choice(one, LABELS, "метка", "label", Label.SPEECH_SEGMENT) for one in nodes)
        )

    def modality(self, node: yaml.Node | None) -> Modality | None:
        return self.reading.choice(node, MODALITIES, "модальность", "modality", None)

    def seconds(self, fields: Fields, key: str) -> float | None:
        if key not in fields:
            return None
        return self.reading.number(fields.get(key), 0.0, MAX_SECONDS)

    def merge_s(self, fields: Fields) -> float:
        return self.reading.number(fields.get("merge"), MIN_MERGE_S, MAX_SECONDS, MERGE_S)

    def _seen(self, node: yaml.Node) -> Seen:
        fields = self.reading.fields(node, required=("label",), optional=_SEEN_KEYS)
        within_s = self.seconds(fields, "within")
        if within_s is not None and "min_count" not in fields:
            self.reading.wrong(
                fields.line,
                "«within» у метки работает вместе с «min_count»: сколько раз за эти секунды.",
                '"within" of a label goes with "min_count": how many times in that many seconds.',
            )
        return Seen(
            labels=self.labels(fields.get("label")),
            modality=self.modality(fields.get("modality")),
            min_score=self.reading.number(fields.get("min_score"), 0.0, 1.0),
            min_seconds=self.seconds(fields, "min_seconds") or 0.0,
            min_count=self.reading.whole(fields.get("min_count"), 1, 10_000, 1),
            within_s=within_s,
            first_seconds=self.seconds(fields, "first_seconds"),
            merge_s=self.merge_s(fields),
            near=self._near(fields.get("near")),
        )

    def _near(self, node: yaml.Node | None) -> Near | None:
        if node is None:
            return None
        fields = self.reading.fields(node, required=("seconds", "when"))
        return Near(self.condition(fields.get("when")), self.seconds(fields, "seconds") or 0.0)

    def _all(self, node: yaml.Node) -> AllOf:
        fields = self.reading.fields(node, required=("all", "within"), optional=("merge",))
        present: list[Condition] = []
        absent: list[Condition] = []
        for item in self.reading.items(fields.get("all")):
            if _has(item, "not"):
                absent.append(self.condition(self.reading.fields(item, required=("not",)).get("not")))
            else:
                present.append(self.condition(item))
        if "all" in fields and not present:
            self.reading.wrong(
                fields.line,
                "В «all» нужно хотя бы одно условие без «not»: от него отсчитывается время.",
                '"all" needs at least one condition without "not": time is counted from it.',
            )
            present = [_STANDIN]
        return AllOf(tuple(present), tuple(absent), self.seconds(fields, "within") or 0.0, self.merge_s(fields))

    def _window(self, fields: Fields) -> InWindow:
        known = {window: window for window in self.windows}
        return InWindow(self.reading.choice(fields.get("window"), known, "окно", "window", ""))


def _has(node: yaml.Node, key: str) -> bool:
    return isinstance(node, yaml.MappingNode) and any(
        isinstance(one, yaml.ScalarNode) and one.value == key for one, _ in node.value
    )
