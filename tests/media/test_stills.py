"""Pictures for the report are exactly the frames that the detectors saw."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.media.synthetic_video import panning, texture, turn_on_display, write_video

from media.limits import Limits
from media.probing import probe_video
from media.reading import FrameReading
from media.rejection import ReadingStopped
from media.stills import read_stills

SAMPLES = Path(__file__).parents[2] / "samples" / "media"


@pytest.mark.parametrize("options", [{"preset": "ultrafast", "g": "50"}, {"preset": "veryfast", "g": "250", "bf": "3"}])
@pytest.mark.parametrize("name", ["video.mp4", "video.mkv"])
def test_stills_are_the_frames_that_were_analysed(tmp_path, name, options):
    """14 s, so that the far ones are sought and the near ones are decoded in one go."""
    path = write_video(tmp_path / name, panning(350), options=options)
    turn_on_display(path, 90) if name.endswith("mp4") else None
    facts = probe_video(path, Limits())
    with FrameReading(path, facts, Limits(sample_fps=2)) as reading:
        frames = {frame.time_s: frame.image for frame in reading}
    asked = [time_s for index, time_s in enumerate(frames) if index in (0, 3, 4, 18, 27)]

    stills = read_stills(path, facts, reversed(asked))

    assert sorted(stills) == asked
    for time_s, image in stills.items():
        assert np.array_equal(image, frames[time_s])


def test_a_time_past_the_end_gives_the_last_frame(tmp_path):
    path = write_video(tmp_path / "video.mp4", [*panning(40), *[texture(7)] * 10])

    stills = read_stills(path, probe_video(path, Limits()), [99.0])

    assert np.abs(stills[99.0].astype(int) - texture(7)).mean() < 8


def test_nothing_asked_nothing_read():
    path = SAMPLES / "bigbuckbunny.mp4"

    assert read_stills(path, probe_video(path, Limits()), []) == {}


def test_stopping():
    path = SAMPLES / "bigbuckbunny.mp4"
    facts = probe_video(path, Limits())

    with pytest.raises(ReadingStopped):
        read_stills(path, facts, [1.0], stopping=lambda: True)
