"""What a judgement says: outcome, reasons, alternative, answers, blindness; and what must never change it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from policy_cases import EVERY_DETECTOR, VIDEO_S, judged, of_rule, rule_text, rules_fired, seen, small_pack, write_pack

from evidence import Label, Modality, Observation, Span
from policy.evaluation import UnknownAnswer, judge
from policy.judgement import Fix, Human
from policy.loading import load_pack, load_packs
from policy.pack import Pack

AGE, ADS = load_packs(["ru-436fz", "ru-ads"])


@st.composite
def observation(draw: st.DrawFn) -> Observation:
    start_s = draw(st.integers(0, 240)) / 4
    return Observation(
        detector=draw(st.sampled_from(["one", "two"])),
        label=draw(st.sampled_from(list(Label))),
        score=draw(st.sampled_from([0.3, 0.5, 0.6, 0.7, 0.8, 0.95])),
        span=Span(start_s, start_s + draw(st.integers(0, 24)) / 4),
        modality=draw(st.sampled_from([Modality.SPEECH, Modality.TEXT, Modality.IMAGE])),
        text=draw(st.sampled_from([None, "один", "два"])),
        id=draw(st.sampled_from(["a", "b", "c", "d", "e"])),
    )


@pytest.mark.parametrize("pack", [AGE, ADS], ids=lambda pack: pack.id)
@settings(max_examples=60, deadline=None)
@given(st.lists(observation(), max_size=40), st.randoms(use_true_random=False))
def test_order_of_delivery_does_not_matter(pack: Pack, observations: list[Observation], order: random.Random) -> None:
    shuffled = list(observations)
    order.shuffle(shuffled)
    assert judged(pack, *observations) == judged(pack, *shuffled)


@settings(max_examples=60, deadline=None)
@given(st.lists(observation(), max_size=30), observation())
def test_one_more_observation_never_lowers_the_age(observations: list[Observation], more: Observation) -> None:
    before, after = judged(AGE, *observations), judged(AGE, *observations, more)
    assert AGE.rank(after.outcome) >= AGE.rank(before.outcome)


@settings(max_examples=60, deadline=None)
@given(st.lists(observation(), max_size=30), observation())
def test_one_more_offer_never_takes_an_ad_away(observations: list[Observation], more: Observation) -> None:
    """A mark may well improve the outcome of advertising; an offer may not make it vanish."""
    before, after = judged(ADS, *observations), judged(ADS, *observations, more)
    assert before.outcome == "none" or after.outcome != "none"


@pytest.mark.parametrize("pack", [AGE, ADS], ids=lambda pack: pack.id)
@settings(max_examples=40, deadline=None)
@given(st.lists(observation(), max_size=40))
def test_ids_are_unique_and_reasons_are_said_in_both_languages(pack: Pack, observations: list[Observation]) -> None:
    judgement = judged(pack, *observations)
    ids = [trigger.id for trigger in judgement.triggers]
    assert len(set(ids)) == len(ids)
    assert set(judgement.because) <= set(ids)
    for trigger in judgement.triggers:
        assert trigger.why.ru.startswith("Замечено: ")
        assert trigger.why.en.startswith("Noticed: ")
        assert trigger.span.end_s <= VIDEO_S


def three_rules(folder: Path) -> Pack:
    rules = (
        rule_text("{label: word.obscene}", rule_id="bad-word")
        + rule_text("{label: object.knife}", rule_id="bad-thing")
        + rule_text("{label: word.rude}", rule_id="doubtful-word", outcome="doubtful")
    )
    return load_pack(write_pack(folder, rules))


def test_the_worst_outcome_wins_and_names_its_reasons(tmp_path: Path) -> None:
    judgement = judged(
        three_rules(tmp_path), seen("word.rude", 5, 6), seen("word.obscene", 20, 21), seen("object.knife", 90, 92)
    )
    assert judgement.outcome == "bad"
    assert judgement.outcome_title.ru == "Плохо"
    assert rules_fired(judgement) == ["doubtful-word", "bad-word", "bad-thing"]
    assert judgement.because == (of_rule(judgement, "bad-word").id, of_rule(judgement, "bad-thing").id)


def test_the_alternative_counts_overlapping_scenes_once(tmp_path: Path) -> None:
    judgement = judged(
        three_rules(tmp_path),
        seen("word.rude", 5, 6),
        seen("word.obscene", 20, 23),
        seen("object.knife", 22, 25),
        seen("word.obscene", 40, 46),
    )
    assert judgement.alternative is not None
    assert judgement.alternative.without == judgement.because
    assert len(judgement.because) == 3
    assert judgement.alternative.scenes == 2
    assert judgement.alternative.duration_s == pytest.approx(11)
    assert judgement.alternative.outcome == "doubtful"


def test_nothing_to_remove_where_all_is_well(tmp_path: Path) -> None:
    assert judged(three_rules(tmp_path), seen("object.cup", 5, 6)).alternative is None


SPOKEN = seen("word.stopword", 20, 20.5)
WRITTEN = seen("word.stopword", 20, 20.5, modality=Modality.TEXT, text="слово")


@pytest.mark.parametrize(
    ("heard_or_read", "fixes"),
    [
        ((SPOKEN,), (Fix.BLEEP, Fix.MUTE, Fix.CUT)),
        ((WRITTEN,), (Fix.BLUR, Fix.CUT)),
        ((SPOKEN, WRITTEN), (Fix.BLEEP, Fix.MUTE, Fix.BLUR, Fix.CUT)),
    ],
    ids=["speech", "text", "both"],
)
def test_only_fixes_that_reach_what_was_noticed_are_offered(
    heard_or_read: tuple[Observation, ...], fixes: tuple[Fix, ...]
) -> None:
    (stopwords,) = load_packs(["stopwords"])
    (trigger,) = judged(stopwords, *heard_or_read).triggers
    assert trigger.fixes == fixes


def test_a_picture_is_blurred_or_cut_and_an_ad_gets_its_label() -> None:
    assert of_rule(judged(AGE, seen("safety.gore", 20, 24)), "gore").fixes == (Fix.CUT, Fix.BLUR)
    written = seen("offer.promo_code", 20, 24, modality=Modality.TEXT, text="ЛЕТО20")
    assert of_rule(judged(ADS, written), "ad-unlabelled").fixes == (Fix.ADD_MARK, Fix.CUT)


def test_a_trigger_carries_what_its_rule_says() -> None:
    judgement = judged(AGE, seen("word.obscene", 20, 20.5, score=0.8), seen("word.obscene", 21, 21.5, score=0.97))
    (trigger,) = judgement.triggers
    assert (trigger.pack, trigger.rule, trigger.category) == ("ru-436fz", "obscene-speech", "language.obscene")
    assert (trigger.outcome, trigger.action_needed, trigger.human) == ("18+", True, Human.SAMPLE)
    assert trigger.score == 0.97
    assert trigger.observation_ids == ("word.obscene@20", "word.obscene@21")
    assert trigger.fixes == (Fix.BLEEP, Fix.MUTE, Fix.CUT)
    assert trigger.cite.article == "ст. 5, ч. 2, п. 6"
    assert "436-ФЗ" in trigger.cite.act.ru
    assert trigger.why.ru == "Замечено: нецензурное слово в речи — 2 раза, уверенность до 0,97 (порог 0,50)."
    assert trigger.why.en == "Noticed: obscene word in speech — 2 times, confidence up to 0.97 (threshold 0.50)."


def test_evidence_is_in_time_order_strongest_first_among_equals(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, "{label: [word.rude, word.obscene, object.knife]}")
    (trigger,) = judged(
        pack,
        seen("object.knife", 6, 7),
        seen("word.rude", 5, 6, score=0.7),
        seen("word.obscene", 5, 5.5, score=0.9),
    ).triggers
    assert trigger.observation_ids == ("word.obscene@5", "word.rude@5", "object.knife@6")


def test_an_id_survives_a_new_score_and_a_tremor_of_time_but_not_another_place(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, "{label: word.rude}")

    def trigger_id(start_s: float, score: float) -> str:
        (trigger,) = judged(pack, seen("word.rude", start_s, 9, score=score)).triggers
        return trigger.id

    assert trigger_id(5.0, 0.9) == trigger_id(5.01, 0.4)
    assert trigger_id(5.0, 0.9) != trigger_id(5.2, 0.9)


def test_what_only_informs_decides_nothing() -> None:
    judgement = judged(AGE, seen("object.knife", 10, 13))
    (trigger,) = judgement.triggers
    assert (trigger.rule, trigger.outcome, trigger.action_needed) == ("everyday-blade", None, False)
    assert (judgement.outcome, judgement.because) == ("0+", ())


def test_a_question_has_a_default_until_it_is_answered() -> None:
    gun = seen("scene.firearm", 10, 13)
    judgement = judged(AGE, gun)
    (trigger,) = judgement.triggers
    assert judgement.outcome == "12+"
    assert trigger.question is not None
    assert len(trigger.question.answer_titles) == len(trigger.question.outcomes)

    def answered(answer: str) -> tuple[str, bool]:
        again = judge(AGE, [gun], VIDEO_S, EVERY_DETECTOR, {trigger.id: answer})
        return again.outcome, again.triggers[0].action_needed

    assert answered("justified") == ("18+", True)
    assert answered("peaceful") == ("0+", False)
    again = judge(AGE, [gun], VIDEO_S, EVERY_DETECTOR, {trigger.id: "peaceful"})
    assert again.triggers[0].id == trigger.id
    assert again.triggers[0].why.ru.endswith("Ответ оператора: Нет: музей, тир, игрушка, инструмент.")


def test_an_answer_that_is_not_offered_is_refused() -> None:
    gun = seen("scene.firearm", 10, 13)
    (trigger,) = judged(AGE, gun).triggers
    with pytest.raises(UnknownAnswer) as refused:
        judge(AGE, [gun], VIDEO_S, EVERY_DETECTOR, {trigger.id: "maybe"})
    assert refused.value.known == ("justified", "condemned", "episodic", "peaceful")


def test_answers_to_findings_of_other_packs_are_passed_over() -> None:
    assert judge(AGE, [], VIDEO_S, EVERY_DETECTOR, {"0123456789abcdef": "maybe"}).outcome == "0+"


@pytest.mark.parametrize(
    ("completed", "blind"),
    [
        (EVERY_DETECTOR, ()),
        (EVERY_DETECTOR - {"speech"}, ("speech",)),
        (EVERY_DETECTOR - {"text", "safety"}, ("safety", "text")),
        (frozenset(), ("objects", "safety", "scenes", "speech", "text", "words")),
    ],
)
def test_blind_to_what_did_not_complete(completed: frozenset[str], blind: tuple[str, ...]) -> None:
    assert judge(AGE, [], VIDEO_S, completed).blind_to == blind


def test_a_pack_is_blind_only_to_what_it_relies_on(tmp_path: Path) -> None:
    assert judge(ADS, [], VIDEO_S, frozenset()).blind_to == ("speech", "text", "words")
    spoken = small_pack(tmp_path, "{label: word.rude, modality: speech}")
    assert judge(spoken, [], VIDEO_S, frozenset()).blind_to == ("speech", "words")
    shown = small_pack(tmp_path, "{label: word.rude, modality: text}")
    assert judge(shown, [], VIDEO_S, frozenset()).blind_to == ("text", "words")
    code = small_pack(tmp_path, "{label: offer.qr}")
    assert judge(code, [], VIDEO_S, frozenset()).blind_to == ("text", "words")
    denied = small_pack(tmp_path, "{all: [{label: object.knife}, {not: {label: scene.firearm}}], within: 5}")
    assert judge(denied, [], VIDEO_S, frozenset()).blind_to == ("objects", "scenes")
    supported = small_pack(tmp_path, "{label: object.bottle, near: {seconds: 5, when: {label: safety.gore}}}")
    assert judge(supported, [], VIDEO_S, frozenset()).blind_to == ("objects", "safety")
    raw = small_pack(tmp_path, "{any: [{label: text.qr}, {label: speech.segment}]}")
    assert judge(raw, [], VIDEO_S, frozenset()).blind_to == ("speech", "text")


def test_the_reason_names_support_thresholds_and_what_was_not_found(tmp_path: Path) -> None:
    bottle = judged(AGE, seen("object.bottle", 10, 14), seen("word.alcohol", 20, 20.5))
    assert of_rule(bottle, "alcohol-visible").why.ru == (
        "Замечено: бутылка в кадре — 4,0 с (порог 1,0 с), уверенность до 0,90 (порог 0,42). "
        "Рядом: упоминание алкоголя в речи — 1 раз, уверенность до 0,90 (порог 0,50)."
    )
    nudity = judged(AGE, seen("safety.nudity", 10, 14, score=0.7))
    assert of_rule(nudity, "nudity-possible").why.en.endswith(
        "Not found in the same scene: looks like nudity (confidence threshold 0.80)."
    )
    brand = judged(ADS, seen("word.brand", 10, 10.5, text="Ромашка"))
    assert of_rule(brand, "brand-mention").why.ru == (
        "Замечено: бренд «Ромашка» в речи — 1 раз, уверенность до 0,90 (порог 0,50). "
        "Рядом (до 10,0 с) не найдено: рекламный фрагмент."
    )
    often = small_pack(tmp_path, "{label: word.rude, min_count: 5}")
    hits = [seen("word.rude", 5 + step, 5.5 + step) for step in range(22)]
    assert judged(often, *hits).triggers[0].why.ru == (
        "Замечено: грубое слово в речи — 22 раза (порог 5), уверенность до 0,90."
    )


def test_the_reason_names_the_threshold_of_the_sense_that_noticed(tmp_path: Path) -> None:
    spoken = "{label: word.rude, modality: speech, min_score: 0.5}"
    written = "{label: word.rude, modality: text, min_score: 0.7}"
    pack = small_pack(tmp_path, f"{{any: [{spoken}, {written}]}}")
    (trigger,) = judged(pack, seen("word.rude", 10, 12, modality=Modality.TEXT)).triggers
    assert trigger.why.en == "Noticed: rude word in on-screen text — once, confidence up to 0.90 (threshold 0.70)."


def test_obscene_words_are_not_repeated_in_the_reason() -> None:
    (trigger,) = judged(AGE, seen("word.obscene", 10, 10.5, text="слово")).triggers
    assert "слово»" not in trigger.why.ru


@pytest.mark.parametrize(
    ("count", "times"), [(1, "1 раз"), (2, "2 раза"), (5, "5 раз"), (12, "12 раз"), (21, "21 раз")]
)
def test_russian_counts_agree(tmp_path: Path, count: int, times: str) -> None:
    pack = small_pack(tmp_path, "{label: word.rude}")
    hits = [seen("word.rude", 5 + step, 5.5 + step) for step in range(count)]
    assert f"— {times}," in judged(pack, *hits).triggers[0].why.ru


def test_a_label_that_quotes_itself_is_not_quoted_again() -> None:
    parts = [seen(label, 18, 24, text=text) for label, text in (("mark.word", "РЕКЛАМА"), ("mark.erid", "2VtzqxKdR8a"))]
    why = of_rule(judged(ADS, *parts), "declared-incomplete").why
    assert "слово «Реклама» в тексте на экране —" in why.ru
    assert "the word «Реклама» in on-screen text —" in why.en
    assert "«2VtzqxKdR8a»" in why.ru


@pytest.mark.parametrize(("score", "shown"), [(0.949, "0.95"), (0.9999, "0.99"), (1.0, "1.00"), (0.7, "0.70")])
def test_a_reason_rounds_a_score_but_never_up_to_certainty(score: float, shown: str) -> None:
    (trigger,) = judged(AGE, seen("word.obscene", 20, 20.5, score=score)).triggers
    assert f"confidence up to {shown} " in trigger.why.en
