"""The packs that ship: every rule passes its own tests, and says sensible things."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from policy_cases import EVERY_DETECTOR, VIDEO_S, judged, of_rule, rules_fired, seen

from evidence import Label, Modality
from policy.evaluation import judge
from policy.judgement import Fix, Human, LocalisedText
from policy.label_titles import LABEL_TITLES, PLACES
from policy.loading import available_packs, load_pack
from policy.pack import Pack, Rule
from policy.pack_testing import run_pack_tests

PACKS = {pack: load_pack(path) for pack, path in available_packs().items()}
RULES = [pytest.param(pack, rule, id=f"{pack.id}/{rule.id}") for pack in PACKS.values() for rule in pack.rules]
AGE = PACKS["ru-436fz"]
WINE_GLASS_MEASURED = 0.36
"""What the objects detector gives the one real glass at hand."""


def test_the_packs_that_ship() -> None:
    assert set(PACKS) == {"ru-436fz", "ru-ads", "stopwords"}
    assert [outcome.id for outcome in AGE.outcomes] == ["0+", "6+", "12+", "16+", "18+"]
    assert [outcome.id for outcome in PACKS["ru-ads"].outcomes] == ["none", "labelled", "incomplete", "unlabelled"]


@pytest.mark.parametrize(("pack", "rule"), RULES)
def test_a_rule_passes_its_own_tests(pack: Pack, rule: Rule) -> None:
    assert {test.must_fire for test in rule.tests} == {True, False}
    assert run_pack_tests(replace(pack, rules=(rule,))) == []


@pytest.mark.parametrize(
    "rule", [rule for rule in AGE.rules if rule.id.endswith(("-mention", "-topic"))], ids=lambda rule: rule.id
)
@pytest.mark.parametrize("modality", [Modality.SPEECH, Modality.TEXT])
def test_a_mention_can_be_mended_wherever_it_is(rule: Rule, modality: Modality) -> None:
    mends = {Fix.BLEEP, Fix.MUTE} if modality is Modality.SPEECH else {Fix.BLUR}
    assert mends <= {fix for fix in rule.fixes if fix.reaches({modality})}
    assert Fix.CUT in rule.fixes


@pytest.mark.parametrize(("pack", "rule"), RULES)
def test_a_rule_speaks_both_languages(pack: Pack, rule: Rule) -> None:
    texts = [rule.title, rule.cite.act, rule.cite.note]
    if rule.question is not None:
        texts += [rule.question.text, *rule.question.answer_titles]
    for text in texts:
        assert re.search("[а-яё]", text.ru), text
        assert not re.search("[а-яё]", re.sub("«[^»]*»", "", text.en).lower()), text
        assert text.ru != text.en


@pytest.mark.parametrize(("pack", "rule"), RULES)
def test_a_question_offers_the_default_and_a_way_out(pack: Pack, rule: Rule) -> None:
    if rule.question is None:
        assert rule.human is not Human.REQUIRED, "a person is asked something"
        return
    offered = [outcome for _, outcome in rule.question.outcomes]
    assert rule.outcome is None or rule.outcome in offered
    assert pack.outcomes[0].id in offered, "a false alarm can be said"


@pytest.mark.parametrize(
    ("observations", "rules", "outcome"),
    [
        ([seen("word.obscene", 5, 5.5)], ["obscene-speech"], "18+"),
        ([seen("word.obscene", 5, 8, modality=Modality.TEXT)], ["obscene-text"], "18+"),
        ([seen("word.rude", 5, 5.5)], ["rude-speech"], "16+"),
        ([seen("word.rude", 5, 8, modality=Modality.TEXT)], ["rude-text"], "16+"),
        ([seen("safety.nudity", 5, 8, score=0.9)], ["nudity-explicit"], "18+"),
        ([seen("safety.nudity", 5, 8, score=0.7)], ["nudity-possible"], "16+"),
        ([seen("safety.nudity", 5, 6, score=0.95)], [], "0+"),
        ([seen("scene.swimwear", 5, 8)], ["swimwear"], "12+"),
        ([seen("safety.gore", 5, 8, score=0.9)], ["gore"], "18+"),
        ([seen("safety.gore", 5, 8, score=0.7)], ["gore-possible"], "16+"),
        ([seen("scene.firearm", 5, 8)], ["firearm"], "12+"),
        ([seen("scene.blade", 5, 8)], ["blade"], "12+"),
        ([seen("object.knife", 5, 8)], ["everyday-blade"], "0+"),
        ([seen("object.wine_glass", 5, 7, score=0.36)], ["glass-alone"], "0+"),
        ([seen("object.wine_glass", 5, 7, score=0.36), seen("scene.alcohol", 5, 7)], ["alcohol-visible"], "12+"),
        ([seen("object.bottle", 5, 60)], [], "0+"),
        ([seen("object.cup", 5, 60)], [], "0+"),
        ([seen("word.alcohol", 5, 5.5)], ["alcohol-mention"], "0+"),
        ([seen("word.alcohol", at, at + 0.5) for at in (5, 90, 180)], ["alcohol-mention"] * 3, "0+"),
        ([seen("word.alcohol", at, at + 0.5) for at in (5, 30, 60)], ["alcohol-topic"], "12+"),
        ([seen("scene.tobacco", 5, 8)], ["tobacco-visible"], "12+"),
        ([seen("word.tobacco", 5, 5.5)], ["tobacco-mention"], "12+"),
        ([seen("scene.drugs", 5, 8)], ["drugs-visible"], "12+"),
        ([seen("word.drugs", 5, 5.5)], ["drugs-mention"], "12+"),
        ([seen("word.gambling", 5, 5.5)], ["gambling-mention"], "12+"),
        ([seen("word.selfharm", 5, 5.5)], ["selfharm-mention"], "0+"),
        ([seen("word.selfharm", at, at + 0.5) for at in (5, 30, 60)], ["selfharm-topic"], "18+"),
        ([seen("word.brand", 5, 5.5), seen("offer.promo_code", 6, 7)], [], "0+"),
    ],
)
def test_age_ratings(observations: list, rules: list[str], outcome: str) -> None:
    judgement = judged(AGE, *observations)
    assert rules_fired(judgement) == rules
    assert judgement.outcome == outcome


def test_a_glass_and_a_bottle_of_one_party_are_one_scene() -> None:
    judgement = judged(
        AGE, seen("scene.alcohol", 10, 12), seen("object.wine_glass", 11, 16), seen("object.bottle", 12, 14)
    )
    assert rules_fired(judgement) == ["alcohol-visible"]
    assert (judgement.triggers[0].span.start_s, judgement.triggers[0].span.end_s) == (10, 16)


def test_without_the_bad_words_it_would_be_milder() -> None:
    words = [seen("word.obscene", start_s, start_s + 0.5) for start_s in (10, 50, 90)]
    alternative = judged(AGE, *words, seen("scene.firearm", 20, 23)).alternative
    assert alternative is not None
    assert (alternative.scenes, alternative.duration_s, alternative.outcome) == (3, pytest.approx(1.5), "12+")


def test_the_customers_words_are_found_in_speech_and_on_screen() -> None:
    judgement = judged(
        PACKS["stopwords"], seen("word.stopword", 5, 6), seen("word.stopword", 50, 53, modality=Modality.TEXT)
    )
    assert rules_fired(judgement) == ["stopword", "stopword"]
    assert judgement.outcome == "found"


def test_every_label_and_sense_has_a_name() -> None:
    assert set(LABEL_TITLES) == set(Label)
    assert set(PLACES) == set(Modality)
    assert all(isinstance(title, LocalisedText) and title.ru and title.en for title in LABEL_TITLES.values())


@pytest.mark.parametrize(("label", "answer", "outcome"), [("alcohol", "praised", "18+"), ("selfharm", "drama", "16+")])
def test_a_single_mention_is_decided_by_its_answer(label: str, answer: str, outcome: str) -> None:
    mention = seen(f"word.{label}", 5, 5.5)
    (trigger,) = judged(AGE, mention).triggers
    assert (trigger.rule, trigger.outcome, trigger.action_needed) == (f"{label}-mention", None, False)
    assert judge(AGE, [mention], VIDEO_S, EVERY_DETECTOR, {trigger.id: answer}).outcome == outcome


@pytest.mark.parametrize(
    ("label", "score", "seconds", "rule"),
    [
        ("object.wine_glass", WINE_GLASS_MEASURED, 2, "glass-alone"),
        ("object.knife", 0.36, 2, "everyday-blade"),
        ("scene.firearm", 0.41, 1, "firearm"),
        ("scene.alcohol", 0.41, 1, "alcohol-visible"),
    ],
)
def test_what_a_detector_just_reports_is_enough_for_its_rule(
    label: str, score: float, seconds: float, rule: str
) -> None:
    assert rules_fired(judged(AGE, seen(label, 5, 5 + seconds, score=score))) == [rule]


def test_a_reason_does_not_deny_what_it_has_just_named() -> None:
    pack = load_pack(available_packs()["ru-436fz"])
    mention = of_rule(judged(pack, seen("word.alcohol", 5, 5.5)), "alcohol-mention")

    assert "не найдено" not in mention.why.ru
    assert "not found" not in mention.why.en.lower()
