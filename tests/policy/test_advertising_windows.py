"""Advertising segments and their labels: which label counts for which segment, and what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from policy_cases import EVERY_DETECTOR, judged, of_rule, rules_fired, seen, small_pack

from evidence import Modality, Observation
from policy.evaluation import judge
from policy.loading import load_packs

(ADS,) = load_packs(["ru-ads"])


def promo(start_s: float, code: str | None = None) -> Observation:
    """A promo code of its own, unless one is given."""
    return seen("offer.promo_code", start_s, start_s + 1, text=code or f"промокод ЛЕТО{start_s:g}")


def whole_label(start_s: float, end_s: float) -> list[Observation]:
    return [seen(label, start_s, end_s) for label in ("mark.word", "mark.advertiser", "mark.erid")]


def test_of_two_ads_only_the_one_without_a_label_needs_action() -> None:
    judgement = judged(ADS, promo(20), *whole_label(18, 24), promo(60))
    assert rules_fired(judgement) == ["ad-labelled", "ad-unlabelled"]
    labelled, unlabelled = judgement.triggers
    assert (labelled.outcome, labelled.action_needed, labelled.severity) == ("labelled", False, "info")
    assert (unlabelled.outcome, unlabelled.action_needed) == ("unlabelled", True)
    assert judgement.outcome == "unlabelled"
    assert judgement.because == (unlabelled.id,)
    assert judgement.alternative is not None
    assert judgement.alternative.outcome == "labelled"


def test_a_labelled_ad_needs_nothing() -> None:
    judgement = judged(ADS, promo(20), *whole_label(18, 24))
    assert (judgement.outcome, judgement.alternative) == ("labelled", None)
    assert [trigger.action_needed for trigger in judgement.triggers] == [False]


def test_no_advertising_by_default() -> None:
    judgement = judged(ADS, seen("offer.call_to_action", 10, 11), seen("offer.price", 50, 51))
    assert (judgement.outcome, judgement.triggers) == ("none", ())


@pytest.mark.parametrize(
    "offers",
    [
        [seen("offer.promo_code", 20, 21)],
        [seen("word.brand", 20, 21), seen("offer.call_to_action", 31, 32)],
        [seen("offer.link", 20, 21), seen("word.brand", 22, 23)],
        [seen("offer.qr", 20, 21, modality=Modality.TEXT), seen("word.brand", 22, 23)],
        [seen("offer.phone", 20, 21), seen("offer.price", 22, 23), seen("offer.call_to_action", 24, 25)],
        [seen("offer.link", 20, 21), seen("offer.call_to_action", 31, 32), seen("offer.price", 42, 43)],
    ],
)
def test_what_makes_an_ad(offers: list[Observation]) -> None:
    assert judged(ADS, *offers).outcome == "unlabelled"


@pytest.mark.parametrize(
    ("weak", "rules"),
    [
        ([seen("offer.call_to_action", 20, 21)], []),
        ([seen("offer.price", 20, 21)], []),
        ([seen("offer.call_to_action", 20, 21), seen("offer.price", 22, 23)], []),
        ([seen("offer.link", 20, 21)], ["contact-alone"]),
        ([seen("offer.link", 20, 21), seen("offer.call_to_action", 22, 23)], ["contact-alone"]),
        ([seen("offer.link", 20, 21), seen("offer.price", 22, 23)], ["contact-alone"]),
        ([seen("offer.phone", 20, 21), seen("offer.call_to_action", 18, 19)], ["contact-alone"]),
        ([seen("offer.link", 20, 21), seen("offer.qr", 20, 21)], ["contact-alone"]),
        ([seen("word.brand", 20, 21)], ["brand-mention"]),
        ([seen("word.brand", 20, 21), seen("offer.price", 22, 23)], ["brand-mention"]),
        ([seen("word.brand", 20, 21), seen("offer.phone", 22, 23)], ["brand-mention", "contact-alone"]),
        ([seen("word.brand", 20, 21), seen("offer.call_to_action", 31.5, 32)], ["brand-mention"]),
    ],
)
def test_what_makes_no_ad(weak: list[Observation], rules: list[str]) -> None:
    judgement = judged(ADS, *weak)
    assert judgement.outcome == "none"
    assert rules_fired(judgement) == rules
    assert not any(trigger.action_needed for trigger in judgement.triggers)


def test_a_brand_alone_is_a_question_that_can_become_an_ad() -> None:
    trigger = of_rule(judged(ADS, seen("word.brand", 20, 21)), "brand-mention")
    assert (trigger.severity, trigger.outcome) == ("info", None)
    assert trigger.question is not None
    assert dict(trigger.question.outcomes) == {"paid": "unlabelled", "mention": "none"}


@pytest.mark.parametrize("missing", ["mark.word", "mark.advertiser", "mark.erid"])
def test_each_missing_part_is_named(missing: str) -> None:
    marks = [mark for mark in whole_label(18, 24) if mark.label != missing]
    trigger = of_rule(judged(ADS, promo(20), *marks), "ad-incomplete")
    names = {
        "mark.word": "слово «Реклама»",
        "mark.advertiser": "рекламодатель (название, ИНН или ОГРН)",
        "mark.erid": "идентификатор erid",
    }
    shown, lacking = trigger.why.ru.split("Не хватает: ")
    assert lacking == f"{names[missing]} — нет."
    assert all(f"{name} — 6,0 с" in shown for label, name in names.items() if label != missing)


def test_a_damaged_token_is_not_a_token() -> None:
    marks = [*whole_label(18, 24)[:2], seen("mark.erid_damaged", 18, 24)]
    trigger = of_rule(judged(ADS, promo(20), *marks), "ad-incomplete")
    assert trigger.why.ru.endswith("идентификатор erid — с искажением: утрачен регистр букв или недопустимые знаки.")
    assert trigger.why.en.endswith("Missing: erid token — distorted: letter case lost or characters not allowed.")


def test_the_offer_and_its_label_are_kept_apart() -> None:
    marks = [*whole_label(18, 24)[:2], seen("mark.erid_damaged", 18, 24)]
    trigger = of_rule(judged(ADS, promo(20), *marks), "ad-incomplete")
    assert trigger.observation_ids == ("offer.promo_code@20",)
    assert set(trigger.beside_ids) == {mark.id for mark in marks}


def test_an_intact_reading_outweighs_a_damaged_one() -> None:
    marks = [*whole_label(18, 24), seen("mark.erid_damaged", 24, 26)]
    assert rules_fired(judged(ADS, promo(20), *marks)) == ["ad-labelled"]


@pytest.mark.parametrize(("end_s", "rule"), [(20.0, "ad-labelled"), (19.9, "ad-incomplete")])
def test_a_part_must_be_readable_for_two_seconds(end_s: float, rule: str) -> None:
    judgement = judged(ADS, promo(20), *whole_label(18, 24)[:2], seen("mark.erid", 18, end_s))
    assert rules_fired(judgement) == [rule]
    if rule == "ad-incomplete":
        assert judgement.triggers[0].why.ru.endswith("Не хватает: идентификатор erid — видно 1,9 с из 2,0 с.")


def test_readable_seconds_add_up_over_the_ad() -> None:
    blinks = [seen("mark.erid", start_s, start_s + 0.7) for start_s in (18, 20, 22)]
    assert rules_fired(judged(ADS, promo(20), *whole_label(18, 24)[:2], *blinks)) == ["ad-labelled"]


def test_a_label_cannot_be_spoken() -> None:
    spoken = [seen(mark.label, 18, 24, modality=Modality.SPEECH) for mark in whole_label(18, 24)]
    assert rules_fired(judged(ADS, promo(20), *spoken)) == ["ad-unlabelled"]


@pytest.mark.parametrize(
    ("start_s", "end_s", "rules"),
    [
        (6, 10, ["ad-labelled"]),
        (5.9, 9.9, ["declared-labelled", "ad-unlabelled"]),
        (31, 35, ["ad-labelled"]),
        (31.1, 35.1, ["ad-unlabelled", "declared-labelled"]),
    ],
)
def test_a_card_counts_up_to_ten_seconds_away(start_s: float, end_s: float, rules: list[str]) -> None:
    assert rules_fired(judged(ADS, promo(20), *whole_label(start_s, end_s))) == rules


def test_a_label_belongs_to_the_ad_it_overlaps_and_never_to_the_neighbour() -> None:
    judgement = judged(ADS, promo(20), promo(32), *whole_label(30, 36))
    assert rules_fired(judgement) == ["ad-unlabelled", "ad-labelled"]


def test_a_card_between_two_ads_belongs_to_the_nearer_one() -> None:
    assert rules_fired(judged(ADS, promo(20), promo(36), *whole_label(23, 27))) == ["ad-labelled", "ad-unlabelled"]
    assert rules_fired(judged(ADS, promo(20), promo(36), *whole_label(30, 34))) == ["ad-unlabelled", "ad-labelled"]


def test_a_card_halfway_announces_what_follows() -> None:
    assert rules_fired(judged(ADS, promo(20), promo(36), *whole_label(26, 31))) == ["ad-unlabelled", "ad-labelled"]


@pytest.mark.parametrize("gap_s", [0, 0.2, 2, 6, 8, 10, 12])
def test_a_label_answers_for_its_own_ad_only(gap_s: float) -> None:
    first = [seen("offer.promo_code", 20, 25, text="промокод ЛЕТО20"), *whole_label(20, 25)]
    other = seen("offer.promo_code", 25 + gap_s, 30 + gap_s, text="промокод ШКОЛА50")
    assert rules_fired(judged(ADS, *first, other)) == ["ad-labelled", "ad-unlabelled"]


@pytest.mark.parametrize("gap_s", [6, 8, 10, 12])
def test_ads_whose_codes_could_not_be_read_are_told_apart_by_their_pause(gap_s: float) -> None:
    first = [seen("offer.promo_code", 20, 25), *whole_label(20, 25)]
    assert rules_fired(judged(ADS, *first, seen("offer.promo_code", 25 + gap_s, 30 + gap_s))) == [
        "ad-labelled",
        "ad-unlabelled",
    ]


def test_another_brand_begins_another_ad() -> None:
    first = [seen("word.brand", 20, 21, text="Зерновик"), seen("offer.call_to_action", 21, 24), *whole_label(20, 24)]
    second = [seen("word.brand", 25, 26, text="Василёк"), seen("offer.call_to_action", 26, 29)]
    judgement = judged(ADS, *first, *second)
    assert rules_fired(judgement) == ["ad-labelled", "ad-unlabelled"]
    assert [(trigger.span.start_s, trigger.span.end_s) for trigger in judgement.triggers] == [(20, 25), (25, 29)]


@pytest.mark.parametrize("texts", [("Зерновик", "Зерновику"), ("Озон", "Ozon"), ("Озон", "Озоне")])
def test_one_brand_in_other_forms_is_one_ad(texts: tuple[str, str]) -> None:
    brands = [seen("word.brand", 20, 21, text=texts[0]), seen("word.brand", 24, 25, text=texts[1])]
    calls = [seen("offer.call_to_action", 21, 23), seen("offer.call_to_action", 26, 27)]
    assert rules_fired(judged(ADS, *brands, *calls)) == ["ad-unlabelled"]


def test_brands_named_in_one_breath_are_one_ad() -> None:
    brands = [
        seen("word.brand", at, at + 0.6, text=name) for at, name in ((20, "Озон"), (21, "Ромашка"), (22, "Лютик"))
    ]
    assert rules_fired(judged(ADS, *brands, seen("offer.call_to_action", 23, 25))) == ["ad-unlabelled"]


def test_a_card_with_two_links_is_one_ad() -> None:
    links = [seen("offer.link", 20, 26, text=text, modality=Modality.TEXT) for text in ("romashka.ru", "t.me/romashka")]
    offer = [seen("offer.price", 20, 26, modality=Modality.TEXT), seen("offer.call_to_action", 20, 26)]
    assert rules_fired(judged(ADS, *links, *offer)) == ["ad-unlabelled"]


def test_one_integration_has_one_label() -> None:
    """Forty seconds about one brand, and the label stands during the first six."""
    told = [
        seen("word.brand", 20, 21, text="Зерновик"),
        seen("offer.call_to_action", 27, 28),
        seen("word.brand", 41, 42, text="Зерновике"),
        promo(43, "промокоду ВЕСНА20"),
        promo(58, "промокод ВЕСНА20"),
    ]
    (trigger,) = judged(ADS, *told, *whole_label(20, 26)).triggers
    assert (trigger.rule, trigger.span.start_s, trigger.span.end_s) == ("ad-labelled", 20, 59)


def test_a_label_of_five_seconds_does_not_label_ten_minutes() -> None:
    for code in (None, "промокод ЛЕТО20", "промокод"):
        chain = [promo(start_s, code) for start_s in range(20, 600, 10)]
        rules = rules_fired(judged(ADS, *chain, *whole_label(20, 25)))
        assert rules.count("ad-labelled") == 1
        assert rules.count("ad-unlabelled") >= 9


def test_an_offer_without_a_pause_for_ten_minutes_is_many_ads() -> None:
    chain = [seen("offer.promo_code", start_s, start_s + 1) for start_s in range(20, 600, 2)]
    judgement = judged(ADS, *chain, *whole_label(20, 25))
    assert rules_fired(judgement)[:2] == ["ad-labelled", "ad-unlabelled"]
    assert max(trigger.span.duration_s for trigger in judgement.triggers) <= 60


def test_the_channels_own_link_in_the_corner_joins_no_ads() -> None:
    corner = seen("offer.link", 0, 600, text="vk.com/kanal", modality=Modality.TEXT)
    first = [seen("word.brand", 100, 101, text="Зерновик"), seen("offer.call_to_action", 102, 103)]
    second = [seen("word.brand", 115, 116, text="Василёк"), seen("offer.call_to_action", 117, 118)]
    judgement = judged(ADS, corner, *first, *second, *whole_label(100, 104))
    assert rules_fired(judgement) == ["ad-labelled", "ad-unlabelled"]
    assert [trigger.span.duration_s for trigger in judgement.triggers] == [3, 3]


def test_parts_of_three_labels_make_none() -> None:
    ads = [promo(start_s) for start_s in (20, 34, 48)]
    marks = [
        seen(label, start_s, start_s + 5)
        for label, start_s in (("mark.word", 20), ("mark.advertiser", 34), ("mark.erid", 48))
    ]
    assert rules_fired(judged(ADS, *ads, *marks)) == ["ad-incomplete"] * 3


def test_the_parts_are_shown_together() -> None:
    long_ad = seen("offer.promo_code", 20, 60, modality=Modality.TEXT, text="промокод ЛЕТО20")
    apart = [seen("mark.word", 20, 25), seen("mark.advertiser", 20, 25), seen("mark.erid", 31, 36)]
    (trigger,) = judged(ADS, long_ad, *apart).triggers
    assert trigger.rule == "ad-incomplete"
    assert trigger.why.ru.endswith("Не хватает: идентификатор erid — отдельно от остальных частей.")
    near = [*apart[:2], seen("mark.erid", 30, 35)]
    assert rules_fired(judged(ADS, long_ad, *near)) == ["ad-labelled"]


def test_in_a_video_of_one_second_a_label_throughout_is_readable() -> None:
    offer = seen("offer.promo_code", 0, 1)
    assert rules_fired(judge(ADS, [offer, *whole_label(0, 1)], 1.0, EVERY_DETECTOR)) == ["ad-labelled"]
    short = judge(ADS, [offer, *whole_label(0, 1)[:2], seen("mark.erid", 0, 0.5)], 1.0, EVERY_DETECTOR)
    assert rules_fired(short) == ["ad-incomplete"]
    assert short.triggers[0].why.ru.endswith("идентификатор erid — видно 0,5 с из 1,0 с.")


def test_a_label_on_screen_all_the_time_counts_for_every_ad() -> None:
    assert rules_fired(judged(ADS, promo(20), promo(60), *whole_label(0, 90))) == ["ad-labelled", "ad-labelled"]


def test_advertising_by_its_own_words_needs_a_whole_label() -> None:
    trigger = of_rule(judged(ADS, seen("mark.word", 18, 24)), "declared-incomplete")
    assert (trigger.outcome, trigger.action_needed) == ("incomplete", True)
    assert rules_fired(judged(ADS, *whole_label(18, 24))) == ["declared-labelled"]


def test_an_advertisers_name_alone_says_nothing() -> None:
    assert judged(ADS, seen("mark.advertiser", 18, 24)).triggers == ()


def test_shows_counts_the_parts_of_any_window(tmp_path: Path) -> None:
    windows = """\
windows:
  - id: shop
    title: {ru: Окно, en: Window}
    when: {label: offer.price}
    merge: 5
    shows:
      - {id: erid, title: {ru: токен, en: token}, label: mark.erid}
      - {id: word, title: {ru: слово, en: word}, label: mark.word, min_score: 0.6}
"""
    price, erid, word = seen("offer.price", 10, 12), seen("mark.erid", 11, 12), seen("mark.word", 10, 11, score=0.6)
    faint = seen("mark.word", 10, 11, score=0.5)
    expected = {"none": [[price]], "some": [[price, erid], [price, erid, faint]], "all": [[price, erid, word]]}
    for shows, cases in expected.items():
        pack = small_pack(tmp_path, f"{{window: shop, shows: {shows}}}", windows=windows)
        for other, observations in ((other, case) for other, group in expected.items() for case in group):
            assert bool(judged(pack, *observations).triggers) is (other == shows), (shows, other)
        assert cases
