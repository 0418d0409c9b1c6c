"""Which detectors a pack's labels come from: without them its outcome is a lower bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evidence import Label, Modality
from policy.pack import Pack, looks

_DETECTOR_OF_GROUP = {
    "speech": "speech",
    "text": "text",
    "word": "words",
    "offer": "words",
    "mark": "words",
    "object": "objects",
    "scene": "scenes",
    "safety": "safety",
}
"""The group is the part of a label before the dot; the detector is its ``DetectorSpec.name``."""
_READ_BY_WORDS = {Modality.SPEECH: "speech", Modality.TEXT: "text"}


def blind_to(pack: Pack, completed: frozenset[str]) -> tuple[str, ...]:
    """Names, in alphabetical order, of the detectors that the pack relies on and that did not complete."""
    return tuple(sorted(relied_on(pack) - completed))


def relied_on(pack: Pack) -> frozenset[str]:
    """Every detector that could have given the pack an observation, those behind a ``not`` included."""
    return frozenset(
        detector for labels, modality in _readings(pack) for label in labels for detector in _behind(label, modality)
    )


def labels_of(pack: Pack) -> frozenset[Label]:
    """Every label that the pack looks at."""
    return frozenset(label for labels, _ in _readings(pack) for label in labels)


def _readings(pack: Pack) -> Iterator[tuple[Iterable[Label], Modality | None]]:
    entered: set[str] = set()
    for condition in (*(window.when for window in pack.windows), *(rule.when for rule in pack.rules)):
        for seen in looks(condition, pack, entered):
            yield seen.labels, seen.modality
    for window in pack.windows:
        for part in window.parts:
            yield (*part.labels, *part.damaged), part.modality


def _behind(label: Label, modality: Modality | None) -> Iterator[str]:
    detector = _DETECTOR_OF_GROUP[label.value.split(".")[0]]
    yield detector
    if detector == "words":
        if label is Label.OFFER_QR:
            modality = Modality.TEXT
        yield from (_READ_BY_WORDS[one] for one in _READ_BY_WORDS if modality in (None, one))
