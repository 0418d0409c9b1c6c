"""What a report shows for each finding, and that nothing from outside can garble it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports import sample_report
from tests.reports.sample_evidence import observations
from tests.reports.sample_judgements import ads_judgement, age_judgement, judgements

from evidence import Label, Modality, Observation, Span
from policy.judgement import EffectivePeriod
from reports.document import Finding, ReportDocument
from reports.exhibits import CONTEXT_WORDS, MAX_PICTURES, MAX_SIGNALS, frames_wanted
from reports.printable import printable
from reports.thumbnails import LONGEST_SIDE, encode_thumbnail


@pytest.fixture(scope="module")
def report() -> ReportDocument:
    return sample_report.build()


def finding(report: ReportDocument, name: str) -> Finding:
    return next(finding for finding in report.findings if finding.id == name)


def test_findings_of_all_packs_stand_in_time_order(report: ReportDocument) -> None:
    assert [finding.id for finding in report.findings] == ["a1", "b1", "a2", "c1", "a3", "b2", "a4"]
    assert {name for verdict in report.verdicts for name in verdict.because} <= {found.id for found in report.findings}


def test_a_spoken_finding_quotes_the_words_around_each_hit(report: ReportDocument) -> None:
    words = finding(report, "a1").evidence.words
    assert [word.text for word in words if word.hit] == ["блядь,", "пиздец"]
    assert words[0].text == "И"
    assert max(sum(not word.hit for word in part) for part in (words[:7], words[8:])) <= 2 * CONTEXT_WORDS
    assert [word.start_s for word in words] == sorted(word.start_s for word in words)


def test_a_quote_ends_where_the_speaker_pauses(report: ReportDocument) -> None:
    text = " ".join(word.text for word in finding(report, "a2").evidence.words)
    assert text == "Придурки, которые пишут мне в комментариях про вес, идите"


def test_a_visible_finding_shows_its_frame_and_box(report: ReportDocument) -> None:
    evidence = finding(report, "a3").evidence
    assert evidence.frame_s == 434.5
    assert evidence.box is not None
    assert (evidence.box.left, evidence.box.height) == (0.2, 0.78)
    assert evidence.thumbnail is not None
    assert evidence.words == ()


def test_an_ad_shows_the_frame_of_its_link_and_quotes_speech_and_screen(report: ReportDocument) -> None:
    found = finding(report, "b1")
    assert found.evidence.frame_s == 262.04
    assert found.evidence.text == "lightrun.example/vesna"
    assert found.evidence.context == "Скидка 20 % → lightrun.example/vesna"
    assert [word.text for word in found.evidence.words if word.hit][:2] == ["промокоду", "ВЕСНА20"]
    assert [signal.label for signal in found.evidence.signals] == [
        "offer.link",
        "offer.promo_code",
        "offer.call_to_action",
    ]
    assert found.source is not None
    assert (found.source.detector, found.source.modality) == ("words", Modality.SPEECH)


def test_findings_of_two_packs_about_one_scene_share_a_picture() -> None:
    wanted = frames_wanted(judgements(), observations())
    assert wanted.count(434.5) == 1
    assert list(wanted) == sorted(set(wanted))
    assert len(wanted) == 6


def labelled_ad() -> ReportDocument:
    """A spoken promo code with its label on the screen, all of it surer than the code."""
    (unlabelled, _) = ads_judgement().triggers
    ad = replace(unlabelled, id="b3", observation_ids=("promo-1",), beside_ids=("erid-1", "link-1"))
    return sample_report.build(judgements=(replace(ads_judgement(), triggers=(ad,), because=()),))


def test_of_a_labelled_ad_the_offer_is_quoted_not_its_label() -> None:
    evidence = finding(labelled_ad(), "b3").evidence
    assert evidence.text == "промокоду ВЕСНА20"
    assert {signal.label for signal in evidence.signals} == {"offer.promo_code", "mark.erid", "offer.link"}
    assert finding(labelled_ad(), "b3").source is not None


def test_what_supports_a_finding_lends_its_frame_and_text_when_there_is_no_other() -> None:
    ad = replace(ads_judgement().triggers[0], id="b3", observation_ids=("gone",), beside_ids=("erid-1",))
    report = sample_report.build(judgements=(replace(ads_judgement(), triggers=(ad,), because=()),))
    assert finding(report, "b3").evidence.text == "erid: 2VtzqxKdR8a"
    assert finding(report, "b3").evidence.frame_s == 590.0


def test_a_label_is_among_the_signals_of_an_ad_with_very_many_offers() -> None:
    promo = next(known for known in observations() if known.id == "promo-1")
    offers = [replace(promo, id=f"offer-{number}", score=0.99) for number in range(40)]
    ad = replace(
        ads_judgement().triggers[0],
        id="b3",
        observation_ids=tuple(offer.id for offer in offers),
        beside_ids=("erid-1",),
    )
    report = sample_report.build(
        judgements=(replace(ads_judgement(), triggers=(ad,), because=()),), observations=(*observations(), *offers)
    )
    evidence = finding(report, "b3").evidence
    assert "mark.erid" in {signal.label for signal in evidence.signals}
    assert (len(evidence.signals), evidence.signals_total) == (MAX_SIGNALS, 41)


@pytest.mark.parametrize(
    ("begins", "until", "in_force"),
    [
        (date(2022, 9, 1), None, True),
        (date(2026, 11, 22), date(2026, 11, 22), True),
        (date(2026, 11, 23), None, False),
        (date(2020, 1, 1), date(2026, 11, 21), False),
    ],
)
def test_a_verdict_says_whether_its_policy_is_in_force(begins: date, until: date | None, in_force: bool) -> None:
    age = replace(age_judgement(), effective=EffectivePeriod(begins, until))
    (verdict,) = sample_report.build(judgements=(age,)).verdicts
    assert (verdict.effective_from, verdict.effective_until, verdict.in_force) == (begins, until, in_force)


def test_a_moment_that_could_not_be_read_has_no_picture() -> None:
    unread = sample_report.build(stills={})
    assert all(found.evidence.thumbnail is None for found in unread.findings)
    assert finding(unread, "a3").evidence.box is not None


def test_observations_that_are_gone_leave_the_finding_without_a_source() -> None:
    bare = sample_report.build(observations=())
    found = finding(bare, "a1")
    assert found.source is None
    assert found.evidence.signals_total == 0
    assert found.start_s <= found.evidence.frame_s <= found.end_s


def test_only_the_gravest_findings_get_pictures() -> None:
    large = sample_report.build_large(MAX_PICTURES + 40)
    assert sum(found.evidence.thumbnail is not None for found in large.findings) == MAX_PICTURES
    assert len(large.findings) == MAX_PICTURES + 40


def test_two_findings_with_one_id_are_refused() -> None:
    age = age_judgement()
    with pytest.raises(ValueError, match="same id"):
        sample_report.build(judgements=(age, replace(age, pack="copy")))


def test_a_report_has_an_aware_time() -> None:
    with pytest.raises(ValueError, match="aware"):
        sample_report.build(created_at=datetime(2026, 11, 23))  # noqa: DTZ001


def test_coverage_with_a_missing_detector_or_picture_is_not_complete() -> None:
    assert sample_report.coverage(gaps=False).complete
    assert not sample_report.coverage(gaps=True).complete
    assert [gap.name for gap in sample_report.coverage(gaps=True).gaps] == ["safety"]


def test_both_languages_tell_the_same_story() -> None:
    russian, english = sample_report.build("ru"), sample_report.build("en")
    assert [found.id for found in russian.findings] == [found.id for found in english.findings]
    assert russian.disclaimer != english.disclaimer
    assert finding(russian, "a1").title == "Мат в речи"
    assert finding(english, "a1").title == "Obscene words in speech"


@pytest.mark.parametrize(
    ("outside", "shown"),
    [
        ("Обзор кроссовок.mp4", "Обзор кроссовок.mp4"),
        ("a\x00b\x1b[31m.mp4", "a�b�[31m.mp4"),
        ("ролик_\u202egnp.mp4", "ролик_�gnp.mp4"),
        ("bad\udcff.mp4", "bad�.mp4"),
        ("две\nстроки\tи   пробелы", "две строки и пробелы"),
        ("семья 👨‍👩‍👧", "семья 👨‍👩‍👧"),
    ],
)
def test_text_from_outside_cannot_hide_or_reorder(outside: str, shown: str) -> None:
    assert printable(outside) == shown
    assert sample_report.build(file_name=outside).video.name == shown


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_printable_text_can_always_be_written_and_is_settled(outside: str) -> None:
    once = printable(outside)
    once.encode("utf-8")
    assert "\n" not in once
    assert printable(once) == once


def test_what_was_read_on_screen_is_made_printable() -> None:
    nasty = Observation(
        "text", Label.OFFER_LINK, 0.9, Span(258.0, 260.0), Modality.TEXT, frame_s=259.0, text="a\x07b", id="promo-1"
    )
    seen = tuple(nasty if known.id == "promo-1" else known for known in observations())
    assert finding(sample_report.build(observations=seen), "b1").evidence.text == "a�b"


@pytest.mark.parametrize(("height", "width"), [(720, 1280), (1920, 1080), (90, 160), (4000, 3)])
def test_a_thumbnail_is_small_and_keeps_the_shape(height: int, width: int) -> None:
    image = np.full((height, width, 3), 90, np.uint8)
    back = cv2.imdecode(np.frombuffer(encode_thumbnail(image), np.uint8), cv2.IMREAD_COLOR)
    assert max(back.shape[:2]) == min(LONGEST_SIDE, max(height, width))
    assert back.shape[0] / back.shape[1] == pytest.approx(height / width, rel=0.02) or min(back.shape[:2]) == 1


@pytest.mark.parametrize(
    "image", [np.zeros((4, 4), np.uint8), np.zeros((4, 4, 3), np.float32), np.zeros((0, 4, 3), np.uint8)]
)
def test_what_is_no_frame_is_refused(image: np.ndarray) -> None:
    with pytest.raises(ValueError, match="a frame is"):
        encode_thumbnail(image)
