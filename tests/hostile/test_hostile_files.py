"""Every crafted file ends in a reason or in the truth, within ten seconds and 600 MB, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.hostile import crafted_files
from tests.media.synthetic_video import panning, write_video

from media.limits import Limits
from media.probing import probe_video
from media.rejection import RejectionReason, VideoRejected

BACKEND = Path(__file__).parents[2] / "backend"
MOST_SECONDS = 10.0
MOST_MEMORY_BYTES = 600 * 1024**2

READ_WHOLE = """
import json, os, resource, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from media.limits import Limits
from media.probing import probe_video
from media.reading import FrameReading
from media.rejection import VideoRejected
from media.sound import extract_sound

def outcome(path):
    try:
        facts = probe_video(path, Limits())
        with FrameReading(path, facts, Limits()) as reading:
            frames = sum(1 for frame in reading)
        extract_sound(path, facts, Path("sound.pcm"))
        Path("sound.pcm").unlink(missing_ok=True)
        return {"duration_s": facts.duration_s, "frames": frames}
    except VideoRejected as rejected:
        return {"reason": rejected.reason, "details": rejected.details}

answers = []
for name in sys.argv[2:]:
    begin = time.monotonic()
    answers.append(outcome(Path(name)) | {"seconds": time.monotonic() - begin})
try:
    os.waitpid(-1, os.WNOHANG)
    left = True
except ChildProcessError:
    left = False
own_peak_kb = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
peak_kb = own_peak_kb + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps({"answers": answers, "peak_bytes": 1024 * peak_kb, "child_left": left}))
"""


def read_whole(paths: list[Path]) -> dict[str, Any]:
    """Probe and read files as the product does, in a process of its own: its peak and its largest child's are added.

    The working folder and ``TMPDIR`` is the files' own; nothing may be left there.
    """
    folder = paths[0].parent
    before = sorted(folder.iterdir())
    answer = subprocess.run(
        [sys.executable, "-c", READ_WHOLE, str(BACKEND), *(path.name for path in paths)],
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder)},
        capture_output=True,
        check=True,
        timeout=300,
    )
    told: dict[str, Any] = json.loads(answer.stdout)
    assert sorted(folder.iterdir()) == before
    assert not told["child_left"]
    assert told["peak_bytes"] < MOST_MEMORY_BYTES
    assert max(answer["seconds"] for answer in told["answers"]) < MOST_SECONDS
    assert answer.stderr == b""
    return told


@pytest.mark.parametrize(("craft", "reasons"), crafted_files.REJECTED.items())
def test_crafted_files_are_rejected_for_what_they_are(tmp_path, craft, reasons):
    (answer,) = read_whole([craft(tmp_path)])["answers"]

    assert answer.get("reason") in reasons, answer


@pytest.mark.parametrize("craft", crafted_files.TRUTH_TOLD)
def test_a_claimed_duration_is_not_believed(tmp_path: Path, craft: Callable[[Path], Path]):
    (answer,) = read_whole([craft(tmp_path)])["answers"]

    assert answer.get("duration_s") == pytest.approx(2.0, abs=0.05), answer


def test_bytes_flipped_at_random_never_break_the_reader(tmp_path):
    paths = crafted_files.damaged_at_random(tmp_path, 36)

    answers = read_whole(paths)["answers"]

    assert len(answers) == len(paths)
    assert [answer for answer in answers if answer.get("reason") == "reader_failed"] == []
    assert sum("frames" in answer for answer in answers) > len(answers) // 4


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.mp4", RejectionReason.NOT_FOUND),
        ("file.mp4/inside.mp4", RejectionReason.NOT_FOUND),
        ("folder.mp4", RejectionReason.NOT_A_FILE),
        ("pipe.mp4", RejectionReason.NOT_A_FILE),
        ("loop.mp4", RejectionReason.UNREADABLE),
        ("video.exe", RejectionReason.FORMAT_NOT_ALLOWED),
        ("video", RejectionReason.FORMAT_NOT_ALLOWED),
    ],
)
def test_what_is_no_video_file_is_told_at_once(tmp_path, name, reason):
    (tmp_path / "folder.mp4").mkdir()
    os.mkfifo(tmp_path / "pipe.mp4")
    (tmp_path / "loop.mp4").symlink_to("loop.mp4")
    video = write_video(tmp_path / "file.mp4", panning(5))
    for copy in ("video.exe", "video"):
        (tmp_path / copy).symlink_to(video)

    begin = time.monotonic()
    with pytest.raises(VideoRejected) as rejected:
        probe_video(tmp_path / name, Limits())

    assert rejected.value.reason is reason
    assert time.monotonic() - begin < 1.0
