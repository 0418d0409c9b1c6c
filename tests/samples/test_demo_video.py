"""The demonstration video keeps its promises: small, of the right length, playable anywhere, with its sources named."""

import itertools
import json
import re
from pathlib import Path

import av
import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
VIDEO = SAMPLES / "demo.mp4"
MAX_BYTES = 6_000_000
MUST_PLANT = {
    "ad.unlabelled",
    "ad.labelled",
    "language.obscene",
    "language.rude",
    "offer.promo_code",
    "offer.price",
    "alcohol.visible",
    "text.line",
}


@pytest.fixture(scope="module")
def expected():
    return json.loads((SAMPLES / "demo.expected.json").read_text(encoding="utf-8"))


def planted(expected, kind):
    return [plant for plant in expected["planted"] if plant["kind"] == kind]


def test_it_is_small_enough_for_a_repository():
    assert 0 < VIDEO.stat().st_size <= MAX_BYTES


def test_every_frame_decodes_and_the_length_is_as_promised(expected):
    with av.open(str(VIDEO)) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_type = "AUTO"
        assert (stream.codec_context.name, stream.codec_context.width, stream.codec_context.height) == (
            "h264",
            1280,
            720,
        )
        times_s = [frame.time for frame in container.decode(stream)]
    assert times_s == sorted(times_s)
    shown_s = times_s[-1] + 1 / 25
    assert 60 <= shown_s <= 120
    assert shown_s == pytest.approx(expected["duration_s"], abs=0.1)


def test_it_has_sound_of_the_same_length(expected):
    with av.open(str(VIDEO)) as container:
        stream = container.streams.audio[0]
        assert stream.codec_context.name == "aac"
        samples = sum(frame.samples for frame in container.decode(stream))
    assert samples / stream.codec_context.sample_rate == pytest.approx(expected["duration_s"], abs=0.2)


def test_what_is_planted_lies_inside_the_video(expected):
    assert {plant["kind"] for plant in expected["planted"]} >= MUST_PLANT
    for plant in expected["planted"] + expected["speech"]:
        assert 0 <= plant["start_s"] < plant["end_s"] <= expected["duration_s"]


def test_the_two_advertisements_are_far_enough_apart_to_be_judged_apart(expected):
    (unlabelled,), (labelled,) = planted(expected, "ad.unlabelled"), planted(expected, "ad.labelled")
    assert labelled["start_s"] - unlabelled["end_s"] > 30
    assert labelled["end_s"] - labelled["start_s"] >= 6


def test_the_advertiser_number_has_a_right_check_digit(expected):
    (labelled,) = planted(expected, "ad.labelled")
    digits = [int(digit) for digit in re.search(r"ИНН (\d{10})", " ".join(labelled["words"])).group(1)]
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)  # the tax service's weights for the number of a legal entity
    assert sum(itertools.starmap(int.__mul__, zip(weights, digits, strict=False))) % 11 % 10 == digits[9]


def test_every_media_file_is_named_with_its_licence():
    page = (SAMPLES / "LICENSES.md").read_text(encoding="utf-8")
    patterns = re.findall(r"`((?:media|photos|fonts|speech_ru|speech_en)/[^`]+)`", page)
    named = {path for pattern in patterns for path in SAMPLES.glob(pattern)}
    notices = set(SAMPLES.rglob("COPYRIGHT"))
    for folder in ("media", "photos", "fonts", "speech_ru", "speech_en"):
        files = {path for path in (SAMPLES / folder).rglob("*") if path.is_file()}
        assert files
        assert sorted(str(path) for path in files - named - notices) == []


def test_every_file_that_the_licence_page_names_exists():
    page = (SAMPLES / "LICENSES.md").read_text(encoding="utf-8")
    for pattern in re.findall(r"`((?:media|photos|fonts|speech_ru|speech_en)/[^`]+)`", page):
        assert list(SAMPLES.glob(pattern)), pattern
