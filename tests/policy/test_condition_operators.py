"""Every operator of a rule's ``when``, alone, at its boundary."""

from __future__ import annotations

from pathlib import Path

import pytest
from policy_cases import judged, seen, small_pack, spans

from evidence import Modality


def test_label_selects_only_its_own(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, "{label: word.rude}")
    assert spans(pack, seen("word.rude", 5, 6), seen("word.obscene", 20, 21)) == [(5, 6)]


def test_a_list_of_labels_is_one_scene(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, "{label: [object.knife, object.baseball_bat]}")
    found = spans(pack, seen("object.knife", 5, 6), seen("object.baseball_bat", 7, 9), seen("object.cup", 9, 10))
    assert found == [(5, 9)]


def test_no_observations_no_triggers(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, "{label: word.rude}")
    judgement = judged(pack)
    assert (judgement.triggers, judgement.outcome, judgement.because) == ((), "fine", ())


@pytest.mark.parametrize(("score", "fires"), [(0.5, True), (0.4999, False), (1.0, True)])
def test_min_score_includes_its_bound(tmp_path: Path, score: float, fires: bool) -> None:
    pack = small_pack(tmp_path, "{label: word.rude, min_score: 0.5}")
    assert bool(spans(pack, seen("word.rude", 5, 6, score=score))) is fires


def test_min_score_keeps_weak_hits_out_of_the_scene(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, "{label: word.rude, min_score: 0.5}")
    assert spans(pack, seen("word.rude", 5, 6), seen("word.rude", 6, 9, score=0.4)) == [(5, 6)]


@pytest.mark.parametrize(
    ("modality", "fires"), [(Modality.TEXT, True), (Modality.SPEECH, False), (Modality.IMAGE, False)]
)
def test_modality(tmp_path: Path, modality: Modality, fires: bool) -> None:
    pack = small_pack(tmp_path, "{label: word.rude, modality: text}")
    assert bool(spans(pack, seen("word.rude", 5, 6, modality=modality))) is fires


@pytest.mark.parametrize(("second_start_s", "scenes"), [(8.0, [(5, 9)]), (8.01, [(5, 6), (8.01, 9)])])
def test_hits_two_seconds_apart_are_one_scene(
    tmp_path: Path, second_start_s: float, scenes: list[tuple[float, float]]
) -> None:
    pack = small_pack(tmp_path, "{label: word.rude}")
    assert spans(pack, seen("word.rude", 5, 6), seen("word.rude", second_start_s, 9)) == scenes


def test_merge_sets_the_gap(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, "{label: word.rude, merge: 10}")
    assert spans(pack, seen("word.rude", 5, 6), seen("word.rude", 16, 17), seen("word.rude", 28, 29)) == [
        (5, 17),
        (28, 29),
    ]


@pytest.mark.parametrize(("end_s", "fires"), [(7.0, True), (6.9, False)])
def test_min_seconds_includes_its_bound(tmp_path: Path, end_s: float, fires: bool) -> None:
    pack = small_pack(tmp_path, "{label: safety.gore, min_seconds: 2}")
    assert bool(spans(pack, seen("safety.gore", 5, end_s))) is fires


def test_min_seconds_counts_neither_gaps_nor_overlaps_twice(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, "{label: safety.gore, min_seconds: 2}")
    assert spans(pack, seen("safety.gore", 5, 5.5), seen("safety.gore", 7, 7.5)) == []
    assert spans(pack, seen("safety.gore", 5, 6.5), seen("safety.gore", 5.5, 6.5)) == []
    assert spans(pack, seen("safety.gore", 5, 6), seen("safety.gore", 7, 8)) == [(5, 8)]


def test_min_seconds_forgives_rounding_of_frame_times(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, "{label: safety.gore, min_seconds: 0.3}")
    assert spans(pack, *(seen("safety.gore", 5 + step * 0.1, 5 + (step + 1) * 0.1) for step in range(3)))


def test_min_count_counts_inside_one_scene(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, "{label: word.rude, min_count: 2}")
    assert spans(pack, seen("word.rude", 5, 6), seen("word.rude", 50, 51)) == []
    assert spans(pack, seen("word.rude", 5, 6), seen("word.rude", 7, 8)) == [(5, 8)]


@pytest.mark.parametrize(("third_s", "fires"), [(25.0, True), (25.1, False)])
def test_min_count_within_a_window(tmp_path: Path, third_s: float, fires: bool) -> None:
    pack = small_pack(tmp_path, "{label: word.rude, min_count: 3, within: 20}")
    hits = [seen("word.rude", start_s, start_s + 0.5) for start_s in (5.0, 15.0, third_s)]
    assert spans(pack, *hits) == ([(5, third_s + 0.5)] if fires else [])


def test_min_count_within_a_window_leaves_stray_hits_out(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, "{label: word.rude, min_count: 3, within: 5}")
    hits = [seen("word.rude", start_s, start_s + 0.5) for start_s in (5, 100, 101, 102, 103, 200)]
    assert spans(pack, *hits) == [(100, 103.5)]


@pytest.mark.parametrize(("start_s", "fires"), [(6.99, True), (7.0, False)])
def test_first_seconds(tmp_path: Path, start_s: float, fires: bool) -> None:
    pack = small_pack(tmp_path, "{label: word.rude, first_seconds: 7}")
    assert bool(spans(pack, seen("word.rude", start_s, 9))) is fires


@pytest.mark.parametrize(
    ("start_s", "end_s", "fires"), [(22, 23, True), (22.1, 23, False), (0, 0.5, True), (0, 0.4, False)]
)
def test_near_looks_both_ways(tmp_path: Path, start_s: float, end_s: float, fires: bool) -> None:
    pack = small_pack(tmp_path, "{label: object.bottle, near: {seconds: 10, when: {label: word.alcohol}}}")
    found = spans(pack, seen("object.bottle", 10.5, 12), seen("word.alcohol", start_s, end_s))
    assert found == ([(10.5, 12)] if fires else [])


def test_near_keeps_the_evidence_that_corroborates(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, "{label: object.bottle, near: {seconds: 10, when: {label: word.alcohol}}}")
    judgement = judged(
        pack, seen("object.bottle", 10, 12), seen("word.alcohol", 14, 15, score=0.99), seen("word.alcohol", 99, 100)
    )
    (trigger,) = judgement.triggers
    assert (trigger.observation_ids, trigger.beside_ids) == (("object.bottle@10",), ("word.alcohol@14",))
    assert trigger.score == 0.9, "the score is that of the thing itself"


def test_any_joins_what_overlaps(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, "{any: [{label: scene.alcohol, min_score: 0.5}, {label: object.wine_glass}]}")
    found = spans(
        pack,
        seen("scene.alcohol", 10, 12),
        seen("object.wine_glass", 11, 14),
        seen("object.wine_glass", 40, 41, score=0.1),
        seen("scene.alcohol", 60, 61, score=0.1),
    )
    assert found == [(10, 14), (40, 41)]


def test_any_has_its_own_gap(tmp_path: Path) -> None:
    observations = (seen("scene.alcohol", 10, 12), seen("object.wine_glass", 17, 18))
    apart = small_pack(tmp_path, "{any: [{label: scene.alcohol}, {label: object.wine_glass}]}")
    assert spans(apart, *observations) == [(10, 12), (17, 18)]
    joined = small_pack(tmp_path, "{any: [{label: scene.alcohol}, {label: object.wine_glass}], merge: 5}")
    assert spans(joined, *observations) == [(10, 18)]


@pytest.mark.parametrize(("start_s", "found"), [(22.0, [(10, 23)]), (22.1, [])])
def test_all_needs_everything_within_reach(tmp_path: Path, start_s: float, found: list[tuple[float, float]]) -> None:
    pack = small_pack(tmp_path, "{all: [{label: word.brand}, {label: offer.price}], within: 10}")
    assert spans(pack, seen("word.brand", 10, 12), seen("offer.price", start_s, 23)) == found


def test_all_of_three_is_counted_from_the_first(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, "{all: [{label: word.brand}, {label: offer.price}, {label: offer.link}], within: 10}")
    brand, price, link = seen("word.brand", 20, 21), seen("offer.price", 12, 13), seen("offer.link", 28, 29)
    assert spans(pack, brand, price, link) == [(12, 29)]
    assert spans(pack, brand, price) == []
    assert spans(pack, price, link) == []


@pytest.mark.parametrize(("start_s", "fires"), [(22.0, False), (22.1, True)])
def test_not_silences_within_reach(tmp_path: Path, start_s: float, fires: bool) -> None:
    pack = small_pack(tmp_path, "{all: [{label: word.brand}, {not: {label: offer.price}}], within: 10}")
    found = spans(pack, seen("word.brand", 10, 12), seen("offer.price", start_s, 23))
    assert found == ([(10, 12)] if fires else [])


def test_not_obeys_the_thresholds_of_what_it_denies(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, "{all: [{label: word.brand}, {not: {label: offer.price, min_score: 0.5}}], within: 10}")
    assert spans(pack, seen("word.brand", 10, 12), seen("offer.price", 11, 13, score=0.4)) == [(10, 12)]


def test_a_window_joins_its_parts_by_its_own_gap(tmp_path: Path) -> None:
    windows = "windows: [{id: ad, title: {ru: Окно, en: Window}, when: {label: offer.price}, merge: 10}]\n"
    pack = small_pack(tmp_path, "{window: ad}", windows=windows)
    observations = [seen("offer.price", start_s, start_s + 1) for start_s in (10, 21, 33)]
    assert spans(pack, *observations) == [(10, 22), (33, 34)]


def test_a_scene_is_cut_at_the_end_of_the_video(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, "{label: word.rude}")
    assert spans(pack, seen("word.rude", 599, 604)) == [(599, 600)]
    assert spans(pack, seen("word.rude", 600, 600)) == [(600, 600)]


def test_what_lies_after_the_end_of_the_video_is_nothing(tmp_path: Path) -> None:
    pack = small_pack(tmp_path, "{label: word.rude}")
    assert spans(pack, seen("word.rude", 601, 604), seen("word.rude", 600, 601)) == []
