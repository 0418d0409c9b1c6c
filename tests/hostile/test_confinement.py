"""What the decoding child cannot do, tried from inside one; and that no child outlives its parent."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.media.synthetic_video import panning, write_video

BACKEND = Path(__file__).parents[2] / "backend"

ATTEMPTS = """
import os, socket, subprocess, sys
sys.path.insert(0, sys.argv[1])
from media.child.confinement import confine
confine(cpu_s=1, max_pixels=1_000_000)
def attempt(name, action):
    try:
        action()
    except (OSError, MemoryError) as error:
        os.write(1, f"{name}: refused\\n".encode())
    else:
        os.write(1, f"{name}: DONE\\n".encode())
attempt("open a file", lambda: os.open("/etc/hostname", os.O_RDONLY))
attempt("make a socket", lambda: socket.socket())
attempt("make a local socket", lambda: socket.socket(socket.AF_UNIX))
attempt("make a pipe", os.pipe)
attempt("double a descriptor", lambda: os.dup(0))
attempt("start a program", lambda: subprocess.run(["/bin/true"]))
attempt("take memory", lambda: bytearray(200_000_000))
attempt("write into a file", lambda: os.write(int(sys.argv[2]), b"x"))
while True:
    pass
"""

HOLD_A_READING = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from media.limits import Limits
from media.probing import probe_video
from media.reading import FrameReading
path = Path(sys.argv[2])
facts = probe_video(path, Limits())
with FrameReading(path, facts, Limits(sample_fps=25)) as reading:
    next(iter(reading))
    print("reading", flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the limits of Linux")
def test_a_confined_child_can_neither_reach_out_nor_run_on(tmp_path):
    with (tmp_path / "open.txt").open("wb") as file:
        child = subprocess.run(
            [sys.executable, "-I", "-c", ATTEMPTS, str(BACKEND), str(file.fileno())],
            pass_fds=(file.fileno(),),
            capture_output=True,
            timeout=60,
            preexec_fn=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN),
        )

    answers = child.stdout.decode().splitlines()
    assert len(answers) == 8, child.stderr.decode()
    assert [answer for answer in answers if not answer.endswith("refused")] == []
    assert child.returncode == -signal.SIGXCPU
    assert (tmp_path / "open.txt").read_bytes() == b""


@pytest.mark.skipif(sys.platform != "linux", reason="/proc and pidfd")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_the_child_dies_with_its_parent(tmp_path, how):
    path = write_video(tmp_path / "video.mp4", panning(200))
    parent = subprocess.Popen(
        [sys.executable, "-c", HOLD_A_READING, str(BACKEND), str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # A shell starts what runs in the background deaf to Ctrl-C, and these tests may be such a thing.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    with parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"reading\n"
        children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
        assert len(children) == 1
        watch = os.pidfd_open(int(children[0]))
        try:
            parent.send_signal(how)
            ended, _, _ = select.select([watch], [], [], 30.0)
        finally:
            os.close(watch)

    assert ended, "the decoding child outlived its parent"
