from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from detector_material import (
    SAMPLES,
    english_recordings,
    everything_seen,
    recording,
    russian_recordings,
    silence,
    track,
    video_sound,
    word_errors,
)

from detectors import speech
from detectors.protocol import DetectionStopped, DetectorSettings
from evidence import AudioTrack, Label, Modality, Observation

SPEECH_RU, SPEECH_EN = SAMPLES / "speech_ru", SAMPLES / "speech_en"


@pytest.fixture(scope="module")
def ears(settings: DetectorSettings) -> speech.SpeechDetector:
    """One model for all: it remembers nothing between tracks."""
    return speech.SpeechDetector(settings)


def text_of(seen: list[Observation]) -> str:
    return " ".join(one.text or "" for one in seen)


def test_russian_speech(ears: speech.SpeechDetector) -> None:
    said = dict(list(russian_recordings().items())[:7])
    pieces = [piece for name in said for piece in (recording(SPEECH_RU / name), silence(0.5))]

    seen = list(ears.look(track(*pieces)))
    errors, words = word_errors(" ".join(said.values()), text_of(seen))

    assert {one.language for one in seen} == {"ru"}
    assert errors / words < 0.28
    assert all((one.label, one.modality) == (Label.SPEECH_SEGMENT, Modality.SPEECH) for one in seen)


def test_english_speech(ears: speech.SpeechDetector) -> None:
    said = english_recordings()
    pieces = [piece for name in said for piece in (recording(SPEECH_EN / name), silence(1))]

    seen = list(ears.look(track(*pieces)))
    errors, words = word_errors(" ".join(said.values()), text_of(seen))

    assert {one.language for one in seen} == {"en"}
    assert errors / words < 0.1


def test_each_language_is_written_in_itself_and_words_keep_their_time(ears: speech.SpeechDetector) -> None:
    russian = recording(SPEECH_RU / "ru_0002.wav")
    english = recording(SPEECH_EN / "sense_and_sensibility_01_austen_64kb-0880.wav")
    start_of_english_s = len(russian) / 16_000 + 2

    seen = list(ears.look(track(russian, silence(2), english, silence(4), russian)))

    assert list(dict.fromkeys(one.language for one in seen)) == ["ru", "en"]
    first_english = next(one for one in seen if one.language == "en")
    assert first_english.words[0].start_s == pytest.approx(start_of_english_s, abs=0.5)
    again = seen[-1]
    assert again.words[-1].end_s == pytest.approx(
        start_of_english_s + (len(english) + len(russian)) / 16_000 + 4, abs=1
    )
    for one in seen:
        times = [time for word in one.words for time in (word.start_s, word.end_s)]
        assert times == sorted(times)
        assert (one.span.start_s, one.span.end_s) == (times[0], times[-1])


def tone(seconds: float) -> np.ndarray:
    t = np.arange(round(seconds * 16_000)) / 16_000
    return 0.1 * sum(np.sin(2 * np.pi * pitch * t) * (1 + np.sin(4.4 * t)) for pitch in (220, 277, 330))


@pytest.mark.parametrize("sound", ["none", "blink", "silence", "noise", "hiss", "hum", "chords", "animation", "globe"])
def test_nothing_is_invented_where_nobody_speaks(sound: str, ears: speech.SpeechDetector) -> None:
    noise = np.random.default_rng(1)
    samples = {
        "none": lambda: silence(0),
        "blink": lambda: silence(0.02),
        "silence": lambda: silence(40),
        "noise": lambda: noise.normal(0, 0.1, 320_000),
        "hiss": lambda: noise.normal(0, 0.003, 320_000),
        "hum": lambda: 0.2 * np.sin(2 * np.pi * 50 * np.arange(320_000) / 16_000),
        "chords": lambda: tone(20),
        "animation": lambda: video_sound("bigbuckbunny.mp4"),
        "globe": lambda: video_sound("earth-480x270.mp4"),
    }[sound]()

    assert list(ears.look(track(samples))) == []


def test_a_stretch_over_the_border_of_two_blocks_is_heard_once(ears: speech.SpeechDetector) -> None:
    voice = recording(SPEECH_RU / "ru_0100.wav")
    before = speech.BLOCK_S - len(voice) / 16_000 / 2

    across = list(ears.look(track(silence(before), voice, silence(3))))

    assert text_of(across) == text_of(list(ears.look(track(voice, silence(3)))))
    assert across[0].span.start_s == pytest.approx(before, abs=0.6)


def test_progress_moves_to_the_end(settings: DetectorSettings) -> None:
    fractions: list[float] = []
    voice = recording(SPEECH_RU / "ru_0003.wav")
    watched = replace(settings, on_progress=fractions.append)
    everything_seen(speech.SPEC, [track(voice, silence(70), voice)], watched)

    assert fractions == sorted(fractions)
    assert len(set(fractions)) > 1
    assert fractions[-1] == 1.0


@pytest.mark.parametrize("after_times", [0, 1, 2])
def test_stopping_stops(after_times: int, settings: DetectorSettings) -> None:
    asked = iter(range(1000))
    stopped = replace(settings, stopping=lambda: next(asked) >= after_times)

    with pytest.raises(DetectionStopped):
        everything_seen(speech.SPEC, [track(recording(SPEECH_RU / "ru_0003.wav"))], stopped)


def test_another_sample_rate_is_refused(ears: speech.SpeechDetector) -> None:
    with pytest.raises(ValueError, match="16000"):
        list(ears.look(AudioTrack(silence(1), 44_100)))
