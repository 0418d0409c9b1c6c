"""What the player needs beside a video: thumbnails, loudness, and a copy that browsers play."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from tests.media.synthetic_video import panning, plain, tone, write_video

from evidence import VideoFacts
from media.browser_playback import Conversion, conversion_for
from media.limits import Limits
from media.probing import probe_video
from media.proxy import ProxyFailed, make_proxy
from media.rejection import ReadingStopped
from media.sound import extract_sound
from media.sprite import MOST_TILES, TILE_SIDE, draw_sprite
from media.waveform import MOST_PEAKS, draw_waveform


def facts_of(path: Path) -> VideoFacts:
    return probe_video(path, Limits())


RED, GREEN = plain(0, 0, 255), plain(0, 255, 0)


def picture(jpeg: bytes) -> np.ndarray:
    return cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)


def test_thumbnails_lie_in_rows_in_time_order(tmp_path: Path) -> None:
    video = write_video(tmp_path / "v.mp4", [*[RED] * 125, *[GREEN] * 125], fps=25)
    facts = facts_of(video)

    sprite = draw_sprite(video, facts)

    assert (sprite.count, sprite.columns) == (10, 10)
    assert sprite.every_s == pytest.approx(1.0, abs=0.01)
    assert max(sprite.width, sprite.height) == TILE_SIDE
    sheet = picture(sprite.jpeg)
    assert sheet.shape[:2] == (sprite.height, sprite.columns * sprite.width)
    middles = [sheet[sprite.height // 2, number * sprite.width + sprite.width // 2] for number in range(10)]
    assert [("red" if middle[2] > middle[1] else "green") for middle in middles] == ["red"] * 5 + ["green"] * 5


def test_a_long_video_has_no_more_thumbnails_than_a_short_one(tmp_path: Path) -> None:
    video = write_video(tmp_path / "v.mp4", panning(150), fps=1)

    sprite = draw_sprite(video, facts_of(video))

    assert sprite.count == MOST_TILES
    assert sprite.every_s * sprite.count == pytest.approx(150, abs=2)


def test_the_poster_is_a_lively_picture(tmp_path: Path) -> None:
    video = write_video(tmp_path / "v.mp4", [*[plain(0, 0, 0)] * 50, *panning(50), *[plain(0, 0, 0)] * 50], fps=25)

    assert picture(draw_sprite(video, facts_of(video)).poster).std() > 10


def test_loudness_follows_the_sound(tmp_path: Path) -> None:
    quiet_then_loud = np.concatenate([0.1 * tone(2.0), tone(2.0)], axis=1)
    video = write_video(tmp_path / "v.mp4", panning(100), fps=25, sound=quiet_then_loud)
    extract_sound(video, facts_of(video), tmp_path / "sound.pcm")

    waveform = draw_waveform(tmp_path / "sound.pcm")

    assert len(waveform.peaks) <= MOST_PEAKS
    assert len(waveform.peaks) * waveform.step_s == pytest.approx(4.0, abs=0.2)
    quarter = len(waveform.peaks) // 4
    assert waveform.peaks[quarter] < 30 < 100 < waveform.peaks[3 * quarter] < 180


def test_no_sound_is_no_loudness(tmp_path: Path) -> None:
    (tmp_path / "sound.pcm").write_bytes(b"")

    assert draw_waveform(tmp_path / "sound.pcm").peaks == b""


@pytest.mark.parametrize(
    ("container", "video_codec", "audio_codec", "conversion"),
    [
        ("mp4", "h264", "aac", None),
        ("mp4", "av1", "opus", None),
        ("webm", "vp9", "opus", None),
        ("webm", "vp8", None, None),
        ("mkv", "h264", "aac", Conversion("mp4", copies_video=True, copies_audio=True)),
        ("mov", "h264", "pcm_s16le", Conversion("mp4", copies_video=True, copies_audio=False)),
        ("mkv", "vp8", "vorbis", Conversion("webm", copies_video=True, copies_audio=True)),
        ("mp4", "hevc", "aac", Conversion("mp4", copies_video=False, copies_audio=True)),
        ("avi", "mpeg4", "mp3", Conversion("mp4", copies_video=False, copies_audio=True)),
        ("mov", "prores", None, Conversion("mp4", copies_video=False, copies_audio=True)),
    ],
)
def test_what_browsers_need(
    tmp_path: Path, container: str, video_codec: str, audio_codec: str | None, conversion: Conversion | None
) -> None:
    facts = facts_of(write_video(tmp_path / "v.mp4", panning(5)))

    changed = replace(facts, container=container, video_codec=video_codec, audio_codec=audio_codec)

    assert conversion_for(changed) == conversion


def test_a_copy_keeps_pictures_and_sound_in_a_container_that_plays(tmp_path: Path) -> None:
    video = write_video(tmp_path / "моё видео.mkv", panning(50), sound=tone(2.0))
    facts = facts_of(video)
    conversion = conversion_for(facts)
    assert conversion is not None
    fractions: list[float] = []

    make_proxy(video, facts, conversion, tmp_path / "proxy.mp4", on_progress=fractions.append)

    copy = facts_of(tmp_path / "proxy.mp4")
    assert conversion_for(copy) is None
    assert (copy.width, copy.height) == (facts.width, facts.height)
    assert copy.duration_s == pytest.approx(facts.duration_s, abs=0.1)
    assert fractions[-1] > 0.5


def test_foreign_pictures_are_encoded_anew_and_not_larger_than_they_need_be(tmp_path: Path) -> None:
    video = write_video(
        tmp_path / "v.avi", [plain(0, 0, 255, width=1920, height=1080)] * 10, codec="mpeg4", options={}, sound=None
    )
    facts = facts_of(video)
    conversion = conversion_for(facts)
    assert conversion is not None

    make_proxy(video, facts, conversion, tmp_path / "proxy.mp4")

    copy = facts_of(tmp_path / "proxy.mp4")
    assert (copy.video_codec, copy.width, copy.height) == ("h264", 1280, 720)


def test_what_ffmpeg_refuses_leaves_nothing(tmp_path: Path) -> None:
    video = write_video(tmp_path / "v.mkv", panning(25))
    facts = facts_of(video)
    content = bytearray(video.read_bytes())
    content[64:] = bytes(len(content) - 64)
    video.write_bytes(content)

    with pytest.raises(ProxyFailed):
        make_proxy(video, facts, Conversion("mp4", copies_video=True, copies_audio=True), tmp_path / "proxy.mp4")
    assert [path.name for path in tmp_path.iterdir()] == ["v.mkv"]


def test_stopping_ends_ffmpeg(tmp_path: Path) -> None:
    video = write_video(tmp_path / "v.mkv", panning(250))
    stop = threading.Event()
    stop.set()

    with pytest.raises(ReadingStopped):
        make_proxy(
            video,
            facts_of(video),
            Conversion("mp4", copies_video=False, copies_audio=True),
            tmp_path / "proxy.mp4",
            stopping=stop.is_set,
        )
    assert [path.name for path in tmp_path.iterdir()] == ["v.mkv"]
