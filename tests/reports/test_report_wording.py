"""Words, times and sizes in both languages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from enum import StrEnum

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from detectors.registry import all_detectors
from evidence import Category, Label, Modality, Severity
from policy.judgement import Fix, Human
from reports import wording
from reports.coverage import DetectorStatus


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "00:00.0"),
        (725.4, "12:05.4"),
        (59.96, "01:00.0"),
        (3599.97, "1:00:00.0"),
        (3725.44, "1:02:05.4"),
        (7199.99, "2:00:00.0"),
    ],
)
def test_moments(seconds: float, shown: str) -> None:
    assert wording.clock(seconds) == shown


@given(st.floats(min_value=0, max_value=100_000))
def test_a_moment_reads_back_to_within_half_a_tenth(seconds: float) -> None:
    parts = re.fullmatch(r"(?:(\d+):)?([0-5]\d):([0-5]\d\.\d)", wording.clock(seconds))
    assert parts is not None
    hours, minutes, rest = parts.groups(default="0")
    assert int(hours) * 3600 + int(minutes) * 60 + float(rest) == pytest.approx(seconds, abs=0.0501)


@pytest.mark.parametrize(
    ("seconds", "russian", "english"),
    [
        (0, "0 с", "0 s"),
        (0.004, "меньше 0,1 с", "less than 0.1 s"),
        (0.42, "0,4 с", "0.4 s"),
        (5.0, "5 с", "5 s"),
        (9.96, "10 с", "10 s"),
        (59.6, "1 мин 00 с", "1 min 00 s"),
        (760, "12 мин 40 с", "12 min 40 s"),
        (3599.9, "1 ч 00 мин", "1 h 00 min"),
        (3725, "1 ч 02 мин", "1 h 02 min"),
    ],
)
def test_durations(seconds: float, russian: str, english: str) -> None:
    with translation.override("ru"):
        assert wording.duration(seconds) == russian
    with translation.override("en"):
        assert wording.duration(seconds) == english


@pytest.mark.parametrize(
    ("count", "russian", "without"),
    [
        (1, "1 сцена", "Если убрать 1 сцену"),
        (3, "3 сцены", "Если убрать 3 сцены"),
        (5, "5 сцен", "Если убрать 5 сцен"),
        (21, "21 сцена", "Если убрать 21 сцену"),
        (112, "112 сцен", "Если убрать 112 сцен"),
    ],
)
def test_russian_plurals(count: int, russian: str, without: str) -> None:
    with translation.override("ru"):
        assert wording.scenes(count) == russian
        assert wording.without_scenes(count, 11, "12+") == f"{without} (11 с), было бы: 12+"


def test_sizes_days_and_moments() -> None:
    night = datetime(2026, 11, 22, 23, 10, tzinfo=UTC)
    with translation.override("ru"):
        assert wording.size(88_400_512) == "84,3\xa0МБ"
        assert wording.day(date(2026, 11, 1)) == "1 ноября 2026 г."
        assert wording.count(22607) == "22\xa0607"
        assert "ноября 2026" in wording.moment(night)
    with translation.override("en"):
        assert wording.count(22607) == "22,607"


def test_a_score_never_claims_a_certainty_that_it_is_not() -> None:
    with translation.override("en"):
        assert wording.score(0.9999) == "0.99"
        assert wording.score(1.0) == "1.00"
        assert wording.score(0.949) == "0.95"
    with translation.override("ru"):
        assert wording.score(0.97) == "0,97"


TITLES = [
    (wording.category_title, Category),
    (wording.severity_title, Severity),
    (wording.fix_title, Fix),
    (wording.human_title, Human),
    (wording.modality_title, Modality),
    (wording.detector_status_title, DetectorStatus),
    (wording.label_title, Label),
]


@pytest.mark.parametrize(("title", "identifiers"), TITLES, ids=lambda part: part.__name__)
def test_every_identifier_has_words_in_both_languages(title, identifiers: type[StrEnum]) -> None:
    for identifier in identifiers:
        with translation.override("en"):
            english = title(identifier.value)
        with translation.override("ru"):
            russian = title(identifier.value)
        assert re.search("[а-яё]", russian, re.IGNORECASE), f"{identifier}: {russian!r}"
        assert identifier == Label.MARK_WORD or not re.search("[а-яё]", english, re.IGNORECASE), (
            f"{identifier}: {english!r}"
        )
        assert english != identifier.value or "." not in identifier


def test_every_lane_of_the_timeline_has_words() -> None:
    assert set(wording.GROUPS) == {category.group for category in Category}


def test_every_shipped_detector_has_words() -> None:
    assert {spec.name for spec in all_detectors()} <= set(wording.DETECTORS)


def test_an_unknown_detector_or_step_is_shown_as_it_is() -> None:
    assert wording.detector_title("customer-logo") == "customer-logo"
    assert wording.step_title("detect:customer-logo") == "customer-logo"
    assert wording.step_title("notify-someone") == "notify-someone"


def test_titles_inside_a_sentence() -> None:
    assert wording.in_sentence("Текст на экране") == "текст на экране"
    assert wording.in_sentence("QR-коды") == "QR-коды"
