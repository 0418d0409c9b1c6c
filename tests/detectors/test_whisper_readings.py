"""What Whisper's library hands over, checked at the edge: numbers that are none."""

from __future__ import annotations

from dataclasses import replace
from math import inf, nan

import pytest
from faster_whisper.transcribe import Segment, Word

from detectors.engines.outputs import BrokenOutput
from detectors.engines.whisper import reading_of

HELLO = Word(start=0.5, end=1.0, word=" Добрый", probability=0.9)
DAY = Word(start=1.0, end=1.5, word=" день", probability=0.8)
SAID = Segment(
    id=1,
    seek=0,
    start=0.5,
    end=1.5,
    text=" Добрый день",
    tokens=[],
    avg_logprob=-0.3,
    compression_ratio=1.1,
    no_speech_prob=0.01,
    words=[HELLO, DAY],
    temperature=0.0,
)


def test_a_sound_segment() -> None:
    reading = reading_of(SAID)

    assert reading.text == "Добрый день"
    assert [(word.text, word.start_s, word.end_s, word.probability) for word in reading.words] == [
        ("Добрый", 0.5, 1.0, 0.9),
        ("день", 1.0, 1.5, 0.8),
    ]


@pytest.mark.parametrize("chance", [nan, inf, -inf])
def test_a_word_without_a_probability_is_no_certainty(chance: float) -> None:
    (first, _) = reading_of(replace(SAID, words=[replace(HELLO, probability=chance), DAY])).words

    assert first.probability == 0.0


@pytest.mark.parametrize(("start_s", "end_s"), [(nan, 1.0), (0.5, nan), (0.5, inf), (-inf, 1.0)])
def test_a_word_without_times_is_left_out(start_s: float, end_s: float) -> None:
    reading = reading_of(replace(SAID, words=[replace(HELLO, start=start_s, end=end_s), DAY]))

    assert [word.text for word in reading.words] == ["день"]
    assert reading.text == "Добрый день"


@pytest.mark.parametrize("number", ["avg_logprob", "no_speech_prob", "compression_ratio"])
def test_a_segment_whose_belief_cannot_be_judged_stops_the_reading(number: str) -> None:
    with pytest.raises(BrokenOutput):
        reading_of(replace(SAID, **{number: nan}))


def test_a_segment_without_words() -> None:
    assert reading_of(replace(SAID, words=None)).words == ()
