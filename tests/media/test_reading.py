"""The frames that detectors get: exact times, upright, no shot missed, no second of the video without a frame."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from tests.media.synthetic_video import (
    HEIGHT,
    WIDTH,
    join_streams,
    panning,
    plain,
    texture,
    turn_on_display,
    write_video,
)

from evidence import Frame
from media.limits import Limits
from media.probing import probe_video
from media.reading import FRAME_LONGEST_SIDE, FrameReading, ReadingCoverage
from media.rejection import ReadingStopped

SAMPLES = Path(__file__).parents[2] / "samples" / "media"


def read(path: Path, sample_fps: float = 1.0) -> tuple[list[Frame], ReadingCoverage, float]:
    """Frames, coverage and the video's duration; whatever the video, the spans must join without a hole."""
    limits = Limits(sample_fps=sample_fps)
    facts = probe_video(path, limits)
    with FrameReading(path, facts, limits) as reading:
        frames = list(reading)
    assert frames[0].time_s == 0.0
    assert frames[-1].until_s == pytest.approx(facts.duration_s)
    assert all(frame.until_s == following.time_s for frame, following in pairwise(frames))
    assert [frame.index for frame in frames] == list(range(len(frames)))
    assert reading.coverage.frames_analysed == len(frames)
    assert reading.coverage.last_frame_s == frames[-1].time_s
    assert reading.coverage.shot_starts_s == tuple(frame.time_s for frame in frames if frame.is_shot_start)
    return frames, reading.coverage, facts.duration_s


@pytest.mark.parametrize("name", ["a.mp4", "a.mov", "a.mkv", "a.webm", "a.avi"])
def test_every_container_reads_to_its_end(tmp_path, name):
    codec = {"a.webm": "libvpx-vp9", "a.avi": "mpeg4"}.get(name, "libx264")
    options = {"deadline": "realtime", "cpu-used": "8"} if codec == "libvpx-vp9" else None
    frames, coverage, _ = read(write_video(tmp_path / name, panning(80), codec=codec, options=options))

    assert coverage.complete
    assert len(frames) >= 3


def test_times_are_exact_with_a_variable_frame_rate_and_b_frames(tmp_path):
    """Each picture is a shot of its own, so each must come with precisely its time."""
    times_s = [Fraction(tick, 90_000) for tick in (0, 45_001, 90_000, 180_007, 184_000 + 90_000, 360_013)]
    options = {"preset": "veryfast", "bf": "2", "b-adapt": "0"}
    path = write_video(
        tmp_path / "vfr.mp4", [texture(seed) for seed in range(6)], times_s=times_s, options=options, fps=90_000
    )

    frames, _, _ = read(path, sample_fps=0.001)

    expected = {float(time_s) for time_s in times_s}
    assert {frame.time_s for frame in frames} <= expected
    assert len(frames) >= 4


def test_the_clock_starts_at_the_first_frame(tmp_path):
    frames, coverage, duration_s = read(write_video(tmp_path / "late.mp4", panning(50), start_s=3.0))

    assert (frames[0].time_s, duration_s) == (0.0, 2.0)
    assert coverage.complete


@pytest.mark.parametrize(
    ("degrees", "red_corner"), [(0, (0.25, 0.25)), (90, (0.25, 0.75)), (180, (0.75, 0.75)), (270, (0.75, 0.25))]
)
def test_pictures_are_upright_and_bgr(tmp_path, degrees, red_corner):
    """The coded picture is red in its top left quarter; turned clockwise, that quarter goes round the corners."""
    image = plain(200, 60, 20)
    image[: HEIGHT // 2, : WIDTH // 2] = (20, 40, 220)
    path = write_video(tmp_path / "turned.mp4", [image] * 5)
    turn_on_display(path, degrees)

    frames, _, _ = read(path)

    height, width, channels = frames[0].image.shape
    assert ((height, width) if degrees % 180 == 0 else (width, height), channels) == ((HEIGHT, WIDTH), 3)
    row, column = int(red_corner[0] * height), int(red_corner[1] * width)
    assert frames[0].image[row, column] == pytest.approx((20, 40, 220), abs=12)
    assert frames[0].image[height - 1 - row, width - 1 - column] == pytest.approx((200, 60, 20), abs=12)


def test_ten_bit_pictures_keep_their_colours(tmp_path):
    options = {"preset": "ultrafast", "x265-params": "log-level=none"}
    path = write_video(
        tmp_path / "ten.mp4", [plain(30, 90, 210)] * 5, codec="libx265", pix_fmt="yuv420p10le", options=options
    )

    frames, _, _ = read(path)

    assert frames[0].image.dtype == np.uint8
    assert frames[0].image.mean(axis=(0, 1)) == pytest.approx((30, 90, 210), abs=6)


def test_large_pictures_are_made_smaller_never_larger():
    large, _, _ = read(SAMPLES / "title-card-1080p.mp4")
    small, _, _ = read(SAMPLES / "earth-480x270.mp4")

    assert large[0].image.shape == (720, FRAME_LONGEST_SIDE, 3)
    assert small[0].image.shape == (270, 480, 3)


def test_an_inserted_shot_of_a_third_of_a_second_is_seen(tmp_path):
    images = panning(100)
    images[56:64] = [texture(99)] * 8
    frames, coverage, _ = read(write_video(tmp_path / "insert.mp4", images))

    inserted = [frame for frame in frames if np.abs(frame.image.astype(int) - texture(99)).mean() < 10]
    assert [(frame.is_shot_start, frame.time_s) for frame in inserted] == [(True, pytest.approx(2.24, abs=0.08))]
    assert inserted[0].until_s == pytest.approx(2.56, abs=0.08)
    assert len(coverage.shot_starts_s) == 3


def test_a_screencast_becomes_intervals(tmp_path):
    """A page stands for 8 s, a small line of text appears, the page stands on: two frames tell it all."""
    page = plain(235, 235, 235, width=640, height=360)
    with_line = page.copy()
    with_line[300:310, 40:200] = 40
    path = write_video(tmp_path / "screen.mp4", [page] * 200 + [with_line] * 120)

    frames, coverage, duration_s = read(path)

    assert duration_s == pytest.approx(12.8)
    assert len(frames) == 2
    assert frames[1].time_s == pytest.approx(8.0, abs=0.2)
    assert coverage.frames_looked_at >= 150


@pytest.mark.parametrize(("lasts_s", "fade_s"), [(0.5, 0.0), (0.5, 0.1), (2.1, 0.0), (2.1, 0.3)])
def test_a_caption_over_a_still_picture_keeps_its_times(tmp_path, lasts_s, fade_s):
    """A subtitle changes so few pixels that it is no new shot, and it seldom begins on a whole second."""
    start_s, end_s = 3.34, 3.34 + lasts_s
    ground = texture(3, width=640, height=360)
    written = ground.copy()
    cv2.putText(written, "SOME WORDS TO READ", (60, 320), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (255, 255, 255), 2)

    def shown(time_s: float) -> float:
        if not fade_s:
            return float(start_s <= time_s < end_s)
        return float(np.clip(min(time_s - start_s, end_s - time_s) / fade_s, 0, 1))

    images = [
        cv2.addWeighted(written, share, ground, 1 - share, 0) for share in (shown(frame / 25) for frame in range(200))
    ]
    frames, _, _ = read(write_video(tmp_path / "caption.mp4", images))

    ink = np.abs(written.astype(int) - ground).max(axis=2) > 60
    with_words = [frame for frame in frames if np.abs(frame.image.astype(int) - ground)[ink].mean() > 30]
    assert with_words[0].time_s == pytest.approx(start_s, abs=0.2)
    assert with_words[-1].until_s == pytest.approx(end_s, abs=0.3 if fade_s else 0.2)
    assert max(np.abs(frame.image.astype(int) - ground)[ink].mean() for frame in with_words) > 100
    assert len(frames) <= 9


def test_moving_pictures_get_the_floor_rate(tmp_path):
    frames, _, duration_s = read(write_video(tmp_path / "pan.mp4", panning(150)), sample_fps=2.0)

    assert 2 * duration_s <= len(frames) <= 1.25 * 2 * duration_s + 2
    assert all(frame.until_s - frame.time_s <= 0.5 + 1e-6 for frame in frames)


def test_a_change_of_size_on_the_way_keeps_one_size(tmp_path):
    """VP8 may change its picture size at any keyframe."""
    small = write_video(tmp_path / "small.webm", panning(20), codec="libvpx")
    large_images = [texture(5, width=640, height=360)] * 20
    large = write_video(tmp_path / "large.webm", large_images, codec="libvpx")
    switched = join_streams(small, large, tmp_path / "switched.webm")

    frames, _, _ = read(switched, sample_fps=5)

    assert {frame.image.shape for frame in frames} == {(HEIGHT, WIDTH, 3)}
    assert np.abs(frames[-1].image.astype(int) - texture(5)).mean() < 12


def test_stopping_between_two_frames(tmp_path):
    path = write_video(tmp_path / "pan.mp4", panning(100))
    facts = probe_video(path, Limits())
    asked_to_stop = False
    with FrameReading(path, facts, Limits(), stopping=lambda: asked_to_stop) as reading:
        frames = iter(reading)
        next(frames)
        asked_to_stop = True
        with pytest.raises(ReadingStopped):
            next(frames)
        assert not reading.coverage.complete
        assert reading.coverage.frames_analysed == 1


def test_leaving_early_leaves_nothing_behind(tmp_path):
    path = write_video(tmp_path / "pan.mp4", panning(100))
    facts = probe_video(path, Limits())

    with FrameReading(path, facts, Limits(sample_fps=25)) as reading:
        first = next(iter(reading))

    assert first.time_s == 0.0
    assert not reading.coverage.complete


def test_damage_in_the_middle_is_survived_and_admitted(tmp_path):
    path = write_video(tmp_path / "pan.mp4", panning(250), options={"preset": "ultrafast", "g": "25"})
    facts = probe_video(path, Limits())
    content = bytearray(path.read_bytes())
    third = len(content) // 3
    content[third : third + len(content) // 4] = bytes(len(content) // 4)
    path.write_bytes(content)

    with FrameReading(path, facts, Limits()) as reading:
        frames = list(reading)

    assert frames[-1].until_s == pytest.approx(facts.duration_s, abs=0.1)
    assert not reading.coverage.complete
