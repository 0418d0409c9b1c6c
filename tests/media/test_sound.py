"""The working file of the sound: mono, 16 kHz, and every sample where the pictures are."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from tests.media.synthetic_video import panning, tone, write_video

from evidence import AudioTrack
from media.limits import Limits
from media.probing import probe_video
from media.rejection import ReadingStopped
from media.sound import SoundFacts, extract_sound, load_sound

SAMPLES = Path(__file__).parents[2] / "samples" / "media"


def listen(path: Path, to: Path) -> tuple[SoundFacts, AudioTrack]:
    facts = extract_sound(path, probe_video(path, Limits()), to)
    assert facts is not None
    assert [entry.name for entry in to.parent.iterdir() if entry.name.endswith(".part")] == []
    return facts, load_sound(to)


def loud_spans_s(track: AudioTrack) -> list[tuple[float, float]]:
    """Where 5-ms windows are louder than a tenth of full scale."""
    window = 80
    whole = track.samples[: len(track.samples) // window * window].reshape(-1, window)
    loud = np.concatenate([[False], np.abs(whole).max(axis=1) > 0.1, [False]])
    edges = np.flatnonzero(np.diff(loud.astype(int)))
    return [(begin * 0.005, end * 0.005) for begin, end in edges.reshape(-1, 2)]


@pytest.mark.parametrize(
    ("name", "video_start_s", "sound_start_s", "onset_s"),
    [
        ("together.mp4", 0.0, 0.0, 0.0),
        ("late_sound.mp4", 0.0, 0.7, 0.7),
        ("late_sound.mkv", 0.0, 0.7, 0.7),
        ("both_late.mkv", 3.0, 3.5, 0.5),
        ("both_late.mov", 3.0, 3.5, 0.5),
    ],
)
def test_sound_stays_with_the_pictures(tmp_path, name, video_start_s, sound_start_s, onset_s):
    path = write_video(
        tmp_path / name, panning(75), start_s=video_start_s, sound=tone(1.0), sound_start_s=sound_start_s
    )

    _, track = listen(path, tmp_path / "sound.pcm")

    ((begin_s, end_s),) = loud_spans_s(track)
    assert begin_s == pytest.approx(onset_s, abs=0.02)
    assert end_s == pytest.approx(onset_s + 1.0, abs=0.03)


def test_sound_before_the_first_frame_is_left_out(tmp_path):
    sound = tone(2.0)
    sound[:, : 48_000 * 3 // 2] = 0
    path = write_video(tmp_path / "late_video.mkv", panning(50), start_s=1.0, sound=sound, sound_codec="flac")

    facts, track = listen(path, tmp_path / "sound.pcm")

    assert facts.duration_s == pytest.approx(1.0, abs=0.01)
    assert loud_spans_s(track)[0][0] == pytest.approx(0.5, abs=0.02)


def test_a_gap_is_silence_and_what_follows_is_in_time(tmp_path):
    path = tmp_path / "gap.mkv"
    gap_start_s = write_with_gap(path, sound_s=1.0, gap_after_s=0.5, gap_s=1.0)

    facts, track = listen(path, tmp_path / "sound.pcm")

    first, second = loud_spans_s(track)
    assert first == pytest.approx((0.0, gap_start_s), abs=0.02)
    assert second == pytest.approx((gap_start_s + 1.0, 2.0), abs=0.02)
    assert facts == SoundFacts(pytest.approx(2.0, abs=0.01), complete=True)


def write_with_gap(path: Path, *, sound_s: float, gap_after_s: float, gap_s: float) -> float:
    """Shift the packets from ``gap_after_s`` on; tells where the gap really begins, packets being 96 ms long."""
    whole = write_video(path.with_suffix(".part.mkv"), panning(60), sound=tone(sound_s), sound_codec="flac")
    gap_start_s = 0.0
    with av.open(str(whole)) as source, av.open(str(path), "w") as output:
        tracks = {stream.index: output.add_stream_from_template(stream) for stream in source.streams}
        for packet in source.demux():
            if packet.dts is None:
                continue
            if packet.stream.type == "audio" and packet.pts * packet.time_base >= gap_after_s:
                gap_start_s = gap_start_s or float(packet.pts * packet.time_base)
                packet.pts += round(gap_s / packet.time_base)
                packet.dts = packet.pts
            packet.stream = tracks[packet.stream.index]
            output.mux(packet)
    return gap_start_s


@pytest.mark.parametrize(("layout", "channels", "codec"), [("stereo", 2, "aac"), ("5.1", 6, "ac3"), ("5.1", 6, "aac")])
def test_many_channels_become_one(tmp_path, layout, channels, codec):
    path = write_video(
        tmp_path / "many.mp4",
        panning(25),
        sound=tone(1.0, channels=channels),
        sound_layout=layout,
        sound_codec=codec,
    )

    _, track = listen(path, tmp_path / "sound.pcm")

    assert track.sample_rate_hz == 16_000
    assert track.samples.dtype == np.float32
    assert 0.2 < np.abs(track.samples).max() <= 1.0
    ((begin_s, end_s),) = loud_spans_s(track)
    assert end_s - begin_s == pytest.approx(1.0, abs=0.03)


def test_the_pitch_is_kept(tmp_path):
    path = write_video(tmp_path / "cd.mov", panning(25), sound=tone(1.0, rate=44_100), sound_rate=44_100)

    _, track = listen(path, tmp_path / "sound.pcm")

    spectrum = np.abs(np.fft.rfft(track.samples[:16_000]))
    assert spectrum.argmax() == pytest.approx(440, abs=2)


def test_no_track_is_no_sound(tmp_path):
    path = write_video(tmp_path / "silent.mp4", panning(10))

    assert extract_sound(path, probe_video(path, Limits()), tmp_path / "sound.pcm") is None
    assert not (tmp_path / "sound.pcm").exists()


def test_stopping_leaves_no_file(tmp_path):
    path = SAMPLES / "bigbuckbunny.mp4"
    facts = probe_video(path, Limits())

    with pytest.raises(ReadingStopped):
        extract_sound(path, facts, tmp_path / "sound.pcm", stopping=lambda: True)

    assert list(tmp_path.iterdir()) == []
