"""The sound of the demonstration video: a synthesised narrator, a real reader, and a quiet chord under both."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt
from demo_script import Line, Scene

Samples = npt.NDArray[np.float32]

SAMPLE_RATE_HZ = 44_100
VOICE = "voice_msu_ru_nsh_clunits"
SPEECH_PEAK = 0.75
CHORDS_HZ = (
    (110.0, 164.8, 220.0, 277.2),
    (98.0, 146.8, 196.0, 246.9),
    (87.3, 130.8, 174.6, 220.0),
    (98.0, 146.8, 185.0, 246.9),
)
CHORD_S = 7.5
MUSIC_LEVEL = 0.012  # about 36 dB under the speech: felt, not heard by a speech recogniser


def read_wav(path: Path) -> Samples:
    """Mono samples at ``SAMPLE_RATE_HZ``, the loudest at ``SPEECH_PEAK``, silence at both ends cut."""
    with wave.open(str(path)) as file:
        rate = file.getframerate()
        if file.getnchannels() != 1 or file.getsampwidth() != 2:
            raise SystemExit(f"{path.name}: expected 16-bit mono")
        raw = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
    loud = np.flatnonzero(np.abs(raw) > 0.02 * np.abs(raw).max())
    raw = raw[max(0, loud[0] - rate // 20) : loud[-1] + rate // 10]
    count = round(len(raw) * SAMPLE_RATE_HZ / rate)
    resampled = np.interp(np.arange(count) * rate / SAMPLE_RATE_HZ, np.arange(len(raw)), raw)
    return (resampled * SPEECH_PEAK / np.abs(resampled).max()).astype(np.float32)


def synthesise(text: str, folder: Path) -> Samples:
    """Speak Russian ``text`` with festival. The voice reads UTF-8."""
    tool = shutil.which("text2wave")
    if tool is None:
        raise SystemExit("text2wave is missing: apt-get install festival festvox-ru")
    written, spoken = folder / "line.txt", folder / "line.wav"
    written.write_text(text + "\n", encoding="utf-8")
    subprocess.run([tool, "-eval", f"({VOICE})", "-o", str(spoken), str(written)], check=True)
    return read_wav(spoken)


def music(duration_s: float) -> Samples:
    """Slow chords of sine waves that swell and fade into each other."""
    time_s = np.arange(round(duration_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    sound = np.zeros_like(time_s)
    for number in range(int(duration_s / CHORD_S) + 2):
        distance = np.abs(time_s - number * CHORD_S) / CHORD_S
        swell = np.where(distance < 1, np.cos(distance * np.pi / 2) ** 2, 0)
        for tone, hertz in enumerate(CHORDS_HZ[number % len(CHORDS_HZ)]):
            sound += (
                swell
                * np.sin(2 * np.pi * hertz * time_s + tone)
                * (1 + 0.25 * np.sin(2 * np.pi * 0.13 * time_s + tone))
            )
    fade = np.clip(np.minimum(time_s / 1.5, (duration_s - time_s) / 2.0), 0, 1)
    return (sound * fade * MUSIC_LEVEL).astype(np.float32)


def mix(scenes: tuple[Scene, ...], recordings: Path) -> tuple[Samples, dict[Line, tuple[float, float]]]:
    """The whole sound track, and when each line is heard (start and end in seconds).

    Raises ``SystemExit`` when a line is longer than the room that its scene gives it.
    """
    total_s = sum(scene.duration_s for scene in scenes)
    track = music(total_s)
    heard: dict[Line, tuple[float, float]] = {}
    scene_start_s = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for scene in scenes:
            free_from_s = scene_start_s
            for line in scene.lines:
                speech = (
                    read_wav(recordings / line.recording) if line.recording else synthesise(line.text, Path(folder))
                )
                start_s = scene_start_s + line.at_s
                end_s = start_s + len(speech) / SAMPLE_RATE_HZ
                if start_s < free_from_s or end_s > scene_start_s + scene.duration_s:
                    raise SystemExit(f"no room for {line.text!r}: {start_s:.1f}..{end_s:.1f} s")
                first = round(start_s * SAMPLE_RATE_HZ)
                track[first : first + len(speech)] += speech[: len(track) - first]
                heard[line] = (start_s, end_s)
                free_from_s = end_s
            scene_start_s += scene.duration_s
    return np.clip(track, -1, 1), heard
