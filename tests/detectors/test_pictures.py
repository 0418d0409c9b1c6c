"""Objects, scenes and safety on real pictures."""

from __future__ import annotations

import numpy as np
import pytest
from detector_material import everything_seen, frames, photo, video_frames

from detectors import objects, safety, scenes
from detectors.protocol import DetectorSettings, DetectorSpec
from evidence import Label, Modality

PICTURE_DETECTORS = pytest.mark.parametrize(
    "spec", [objects.SPEC, scenes.SPEC, safety.SPEC], ids=lambda spec: spec.name
)

HARMLESS_PHOTOS = ("astronaut.png", "chelsea.png", "motorcycle_left.png", "rocket.jpg")


def test_a_cup_of_coffee(settings: DetectorSettings) -> None:
    (seen,) = everything_seen(objects.SPEC, frames([photo("coffee.png")] * 3), settings)

    assert (seen.label, seen.modality, seen.span.duration_s) == (Label.OBJECT_CUP, Modality.IMAGE, 3.0)
    assert seen.box is not None
    assert (seen.box.left < 0.4, seen.box.left + seen.box.width > 0.6) == (True, True)


def test_a_cup_that_comes_and_goes(settings: DetectorSettings) -> None:
    cup, cat = photo("coffee.png"), photo("chelsea.png")

    seen = everything_seen(objects.SPEC, frames([cat, cup, cup, cat, cup]), settings)

    assert [(one.span.start_s, one.span.end_s) for one in seen] == [(1.0, 3.0), (4.0, 5.0)]


@PICTURE_DETECTORS
def test_harmless_photos_raise_no_alarm(spec: DetectorSpec, settings: DetectorSettings) -> None:
    assert everything_seen(spec, frames(map(photo, HARMLESS_PHOTOS)), settings) == []


@PICTURE_DETECTORS
@pytest.mark.parametrize("video", ["bigbuckbunny.mp4", "earth-480x270.mp4", "title-card-1080p.mp4"])
def test_harmless_videos_raise_no_alarm(spec: DetectorSpec, video: str, settings: DetectorSettings) -> None:
    assert everything_seen(spec, video_frames(video)[:12], settings) == []


@PICTURE_DETECTORS
def test_odd_pictures_are_looked_at_and_nothing_is_invented(spec: DetectorSpec, settings: DetectorSettings) -> None:
    noise = np.random.default_rng(5).integers(0, 256, (240, 320, 3), np.uint8)
    plain = [np.full((90, 160, 3), grey, np.uint8) for grey in (0, 128, 255)]
    narrow = [np.zeros((1280, 16, 3), np.uint8), np.zeros((1, 1, 3), np.uint8)]

    assert everything_seen(spec, frames([noise, *plain, *narrow]), settings) == []


@PICTURE_DETECTORS
def test_no_frames_no_observations(spec: DetectorSpec, settings: DetectorSettings) -> None:
    assert everything_seen(spec, [], settings) == []
