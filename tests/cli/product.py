"""The product as its user has it: a folder of its own, its commands as processes, its files on disk."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Result:
    code: int
    stdout: str
    stderr: str
    seconds: float


class Product:
    """Commands run against ``data`` and ``temp`` folders of their own."""

    def __init__(self, folder: Path, root: Path = ROOT) -> None:
        self.root = root
        self.data = folder / "data"
        self.temp = folder / "temp"
        self.temp.mkdir(parents=True)

    def command(self, *arguments: str | Path) -> list[str]:
        return [sys.executable, str(self.root / "backend" / "manage.py"), *map(str, arguments)]

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
        folders = {"DATA_DIR": str(self.data), "TEMP_DIR": str(self.temp)}
        return {**kept, "DJANGO_ENV": "development", **folders, **more}

    def run(self, *arguments: str | Path, **environment: str) -> Result:
        started = time.monotonic()
        done = subprocess.run(
            self.command(*arguments),
            env=self.environment(**environment),
            capture_output=True,
            text=True,
            timeout=400,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr, time.monotonic() - started)

    def start(self, *arguments: str | Path) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*arguments),
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def steps(self) -> list[tuple[str, str]]:
        """(step, status) of every line of the step log so far."""
        log = self.data / "logs" / "pipeline.jsonl"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        parsed = [json.loads(line) for line in lines]
        return [(line["step"], line["status"]) for line in parsed if "step" in line]

    def runs(self) -> list[Path]:
        folder = self.data / "runs"
        return sorted(folder.iterdir()) if folder.exists() else []

    def working_files(self) -> list[Path]:
        return [path for path in self.temp.rglob("*") if path.is_file()]


def wait_until(condition: Callable[[], bool], process: subprocess.Popen[str], timeout_s: float = 200) -> None:
    """Poll until something has happened; fails loudly when the process ends or time runs out before."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            process.kill()
            raise AssertionError("it did not happen in time")
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.05)
            out, err = process.communicate()
            raise AssertionError(f"the process ended with {process.returncode} before it happened: {out}{err}")


def interrupt(process: subprocess.Popen[str]) -> Result:
    """Ctrl-C as a terminal sends it: to the whole process group."""
    started = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    return Result(process.returncode, out, err, time.monotonic() - started)


def copied_tree(folder: Path) -> Iterator[Path]:
    """Copy every file that git knows or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        source, target = ROOT / name, folder / name
        if not source.is_file():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)
        yield target
