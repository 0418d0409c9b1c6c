"""A project's least scores: what counts, and what always does."""

from __future__ import annotations

from evidence import Label, Modality, Observation, Span
from policy.loading import load_packs
from policy.thresholds import counted

PACKS = load_packs(("ru-436fz", "ru-ads"))


def seen(label: Label, score: float, modality: Modality = Modality.IMAGE) -> Observation:
    return Observation("detector", label, score, Span(1, 3), modality)


def test_only_observations_of_the_group_are_dropped() -> None:
    weak, strong = seen(Label.SCENE_ALCOHOL, 0.5), seen(Label.SCENE_ALCOHOL, 0.8)
    profanity = seen(Label.WORD_OBSCENE, 0.5, Modality.SPEECH)

    assert counted([weak, profanity, strong], PACKS, {"alcohol": 0.7}) == [profanity, strong]


def test_without_thresholds_everything_counts() -> None:
    observations = [seen(label, 0.0) for label in Label]

    assert counted(observations, PACKS, {}) == observations


def test_readings_that_no_rule_judges_stay() -> None:
    """The transcript is shown whatever the thresholds are."""
    heard = seen(Label.SPEECH_SEGMENT, 0.1, Modality.SPEECH)

    assert counted([heard], PACKS, {"language": 1.0, "ad": 1.0}) == [heard]


def test_the_label_of_an_advertisement_always_counts() -> None:
    """Dropping it would turn a labelled ad into an unlabelled one."""
    marks = [seen(label, 0.5, Modality.TEXT) for label in (Label.MARK_WORD, Label.MARK_ADVERTISER, Label.MARK_ERID)]
    brand = seen(Label.WORD_BRAND, 0.5, Modality.SPEECH)

    assert counted([*marks, brand], PACKS, {"ad": 0.9}) == marks
