"""What is told of a video comes from its decoded frames, for every container and the usual codecs."""

from __future__ import annotations

import hashlib
import shutil
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from tests.media.synthetic_video import panning, texture, tone, turn_on_display, write_video

from media.limits import Limits
from media.probing import probe_video
from media.reading import FrameReading
from media.rejection import ReadingStopped, RejectionReason, VideoRejected

SAMPLES = Path(__file__).parents[2] / "samples" / "media"

HEVC = {"preset": "ultrafast", "x265-params": "log-level=none"}
VP9 = {"deadline": "realtime", "cpu-used": "8"}
RECIPES = [
    ("video.mp4", {}, "mp4", "h264", "aac"),
    ("ten_bit.mp4", {"codec": "libx265", "pix_fmt": "yuv420p10le", "options": HEVC}, "mp4", "hevc", "aac"),
    ("prores.mov", {"codec": "prores_ks", "pix_fmt": "yuv422p10le"}, "mov", "prores", "aac"),
    ("phone.MOV", {"codec": "mjpeg", "pix_fmt": "yuvj420p"}, "mov", "mjpeg", "aac"),
    ("old.avi", {"codec": "mpeg4", "sound_codec": "libmp3lame"}, "avi", "mpeg4", "mp3"),
    ("recording.mkv", {"sound_codec": "flac"}, "mkv", "h264", "flac"),
    ("browser.webm", {"codec": "libvpx-vp9", "sound_codec": "libopus", "options": VP9}, "webm", "vp9", "opus"),
]


@pytest.mark.parametrize(("name", "recipe", "container", "video_codec", "audio_codec"), RECIPES)
def test_every_container_is_told_by_its_content(tmp_path, name, recipe, container, video_codec, audio_codec):
    path = write_video(tmp_path / name, panning(30), sound=tone(1.2), **recipe)

    facts = probe_video(path, Limits())

    assert (facts.container, facts.video_codec, facts.audio_codec) == (container, video_codec, audio_codec)
    assert (facts.width, facts.height, facts.rotation_degrees) == (320, 180, 0)
    assert facts.fps == pytest.approx(25, rel=0.05)
    assert facts.duration_s == pytest.approx(1.2, abs=0.081)
    assert facts.size_bytes == path.stat().st_size
    assert facts.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_real_videos_are_read():
    facts = [probe_video(path, Limits()) for path in sorted(SAMPLES.glob("*.mp4"))]

    told = [(fact.width, fact.height, round(fact.fps), round(fact.duration_s, 2)) for fact in facts]
    assert told == [(1280, 720, 25, 5.28), (480, 270, 30, 30.03), (1920, 1080, 30, 6.97)]


def test_no_sound_is_no_error(tmp_path):
    assert probe_video(write_video(tmp_path / "silent.mp4", panning(10)), Limits()).audio_codec is None


@pytest.mark.parametrize(("degrees", "size"), [(90, (180, 320)), (180, (320, 180)), (270, (180, 320))])
def test_a_phone_held_upright(tmp_path, degrees, size):
    path = write_video(tmp_path / "phone.mp4", panning(10))
    turn_on_display(path, degrees)

    facts = probe_video(path, Limits())

    assert (facts.rotation_degrees, facts.width, facts.height) == (degrees, *size)


def test_anamorphic_pixels_are_shown_square(tmp_path):
    path = tmp_path / "dvd.mkv"
    with av.open(str(path), "w") as output:
        stream = output.add_stream("libx264", rate=25, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 720, 576, "yuv420p"
        stream.codec_context.sample_aspect_ratio = Fraction(64, 45)
        for _ in range(5):
            output.mux(stream.encode(av.VideoFrame.from_ndarray(texture(1, width=720, height=576), "bgr24")))
        output.mux(stream.encode(None))

    facts = probe_video(path, Limits())

    assert (facts.width, facts.height) == (1024, 576)


def test_the_first_second_may_be_anywhere_on_the_files_clock(tmp_path):
    path = write_video(tmp_path / "late.mkv", panning(25), start_s=7.0)

    assert probe_video(path, Limits()).duration_s == pytest.approx(1.0, abs=0.002)


def test_paths_links_and_folders_do_not_matter(tmp_path, monkeypatch):
    folder = tmp_path / "Мои видео"
    folder.mkdir()
    write_video(folder / "ролик № 1.mp4", panning(10))
    (folder / "ссылка.mp4").symlink_to("ролик № 1.mp4")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    assert probe_video(Path("ссылка.mp4"), Limits()) == probe_video(folder / "ролик № 1.mp4", Limits())


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(max_size_bytes=100), RejectionReason.TOO_LARGE),
        (Limits(max_duration_s=1.0), RejectionReason.TOO_LONG),
        (Limits(max_pixels=320 * 180 - 1), RejectionReason.TOO_MANY_PIXELS),
        (Limits(allowed_formats=("mkv", "avi")), RejectionReason.FORMAT_NOT_ALLOWED),
    ],
)
def test_each_limit_holds(tmp_path, limits, reason):
    path = write_video(tmp_path / "video.mp4", panning(30))

    with pytest.raises(VideoRejected) as rejected:
        probe_video(path, limits)

    assert rejected.value.reason is reason


def test_the_content_decides_not_the_name(tmp_path):
    path = write_video(tmp_path / "video.mkv", panning(10))
    renamed = path.rename(tmp_path / "video.mp4")

    assert probe_video(renamed, Limits()).container == "mkv"
    with pytest.raises(VideoRejected) as rejected:
        probe_video(renamed, Limits(allowed_formats=("mp4",)))
    assert rejected.value.details["format"] == "mkv"


def test_a_second_unknown_sound_track_is_passed_over(tmp_path):
    path = tmp_path / "two_tracks.mkv"
    source = write_video(tmp_path / "one.mkv", panning(10), sound=tone(0.4))
    with av.open(str(source)) as one, av.open(str(path), "w") as two:
        video = two.add_stream_from_template(one.streams.video[0])
        foreign = two.add_stream("wavpack", rate=48_000, layout="mono")
        known = two.add_stream_from_template(one.streams.audio[0])
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", layout="mono")
        frame.sample_rate = 48_000
        two.mux(foreign.encode(frame) + foreign.encode(None))
        for packet in one.demux():
            if packet.dts is not None:
                packet.stream = video if packet.stream.type == "video" else known
                two.mux(packet)

    assert probe_video(path, Limits()).audio_codec == "aac"


def child_processes() -> set[str]:
    """Zombies too. Other tests of this process may have servers running."""
    return {pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()}


def test_stopping_stops_at_once_and_leaves_no_child(tmp_path):
    path = write_video(tmp_path / "video.mp4", panning(10))
    before = child_processes()

    with pytest.raises(ReadingStopped):
        probe_video(path, Limits(), stopping=lambda: True)

    assert child_processes() <= before


def test_limits_that_no_video_meets_are_refused():
    with pytest.raises(ValueError, match="positive"):
        Limits(sample_fps=0)
    with pytest.raises(ValueError, match="exe"):
        Limits(allowed_formats=("mp4", "exe"))


def test_a_file_that_changed_after_the_check_is_not_read(tmp_path):
    path = write_video(tmp_path / "video.mp4", panning(10))
    facts = probe_video(path, Limits())
    shutil.copy(SAMPLES / "earth-480x270.mp4", path)

    with pytest.raises(VideoRejected) as rejected, FrameReading(path, facts, Limits()):
        pass
    assert rejected.value.reason is RejectionReason.CHANGED
