"""Which frames are of interest, tried on made-up clocks and pictures."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from media.sampling import FrameSampler, Interest

DARK, LIGHT = np.full((9, 16), 20, np.uint8), np.full((9, 16), 200, np.uint8)
PAGE = np.full((36, 64, 3), 230, np.uint8)


@settings(deadline=None)
@given(
    gaps_s=st.lists(st.floats(0.001, 0.3), min_size=1, max_size=300),
    sample_fps=st.floats(0.5, 5.0),
    brightness=st.randoms(use_true_random=False),
)
def test_no_stretch_longer_than_the_interval_goes_unlooked(gaps_s, sample_fps, brightness):
    """Between two frames of interest lies at most one interval, unless the video has no frame in between at all."""
    sampler = FrameSampler(sample_fps)
    times_s = np.concatenate([[0.0], np.cumsum(gaps_s)])
    of_interest = []
    for time_s in times_s:
        luma = np.full((9, 16), brightness.randrange(256), np.uint8)
        if sampler.glance(float(time_s), luma) is not Interest.NONE:
            of_interest.append(time_s)

    assert of_interest[0] == 0.0
    ends = [*of_interest[1:], times_s[-1]]
    for start_s, end_s in zip(of_interest, ends, strict=True):
        widest_gap_s = max((gap for gap in gaps_s), default=0.0)
        assert end_s - start_s <= 1 / sample_fps + widest_gap_s + 1e-6


def test_an_even_clock_gives_exactly_the_floor_rate():
    sampler = FrameSampler(1.0)
    seen = [frame for frame in range(251) if sampler.glance(frame / 25, DARK) is not Interest.NONE]

    assert seen == list(range(0, 251, 25))


def test_a_cut_and_the_cut_back_are_both_shots():
    sampler = FrameSampler(1.0)
    shots = []
    for frame in range(60):
        luma = LIGHT if 30 <= frame < 35 else DARK
        if sampler.glance(frame / 25, luma) is Interest.SHOT_START:
            shots.append(frame)

    assert shots == [0, 30, 35]


def test_a_strobe_light_does_not_make_every_frame_a_shot():
    sampler = FrameSampler(1.0)
    interests = [sampler.glance(frame / 25, LIGHT if frame % 2 else DARK) for frame in range(250)]

    assert interests.count(Interest.SHOT_START) < 25


GROUND = np.random.default_rng(7).integers(40, 90, (72, 128)).astype(np.uint8)
WRITTEN = GROUND.copy()
WRITTEN[62, 10:50:3] = 235


def test_a_line_of_text_is_noticed_in_its_first_and_its_last_frame():
    """Thirteen of 9216 points change, by 0.2 on average: far from a new shot."""
    sampler = FrameSampler(1.0)
    noise = np.random.default_rng(1)
    noticed = []
    for frame in range(100):
        luma = (WRITTEN if 33 <= frame < 46 else GROUND) + noise.integers(0, 8, GROUND.shape, dtype=np.uint8)
        interest = sampler.glance(frame / 25, luma)
        if interest is Interest.CAPTION:
            noticed.append(frame)

    assert noticed == [33, 46]


def test_text_that_never_rests_costs_at_most_a_quarter_more_frames():
    sampler = FrameSampler(1.0)
    kept = 0
    for frame in range(2500):
        interest = sampler.glance(frame / 25, WRITTEN if frame % 25 < 12 else GROUND)
        thumbnail = np.full((36, 64, 3), frame % 256, np.uint8)
        kept += interest is not Interest.NONE and sampler.is_news(interest, thumbnail)

    assert 100 <= kept <= 125 + 6


def test_noise_is_a_duplicate_and_a_new_line_of_text_is_not():
    sampler = FrameSampler(1.0)
    sampler.is_news(Interest.SHOT_START, PAGE)
    noisy = PAGE + np.random.default_rng(1).integers(0, 3, PAGE.shape, dtype=np.uint8)
    with_line = PAGE.copy()
    with_line[30, 10:14] -= 9

    assert not sampler.is_news(Interest.FLOOR, noisy)
    assert sampler.is_news(Interest.FLOOR, with_line)


def test_slow_changes_add_up():
    """Each frame is compared with the last kept one, so a slow fade is not lost in small steps."""
    sampler = FrameSampler(1.0)
    kept = [level for level in range(100) if sampler.is_news(Interest.FLOOR, np.full((36, 64, 3), level, np.uint8))]

    assert kept == list(range(0, 100, 2))


def test_a_change_of_colour_alone_is_news():
    sampler = FrameSampler(1.0)
    sampler.is_news(Interest.SHOT_START, np.full((36, 64, 3), 128, np.uint8))
    tinted = np.full((36, 64, 3), 128, np.uint8)
    tinted[5, 5] = (128, 120, 136)

    assert sampler.is_news(Interest.FLOOR, tinted)
