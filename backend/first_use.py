"""First use: make ``.venv``, install pinned packages, write ``.env``. Standard library only; run by ``./compliance``.

Usage: ``python -I backend/first_use.py ROOT base|test``. Safe to interrupt and to run twice at once.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path


class SetupFailed(Exception):
    """A sentence for the user, in Russian and English."""


def say(russian: str, english: str) -> None:
    """Russian unless the environment asks for English."""
    chosen = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    print(english if chosen.startswith("en") else russian, flush=True)  # noqa: T201 - this script's output


def cksum(path: Path) -> str:
    """What the launcher compares: the output of cksum(1) on standard input."""
    with path.open("rb") as file:
        answer = subprocess.run(["cksum"], stdin=file, capture_output=True, text=True, check=True)  # noqa: S607
    return answer.stdout.strip()


def make_venv(folder: Path) -> Path:
    """An environment of this interpreter. One that was made half-way, or for a Python that is gone, is made again."""
    python = folder / "bin" / "python"
    usable = python.exists() and subprocess.run([python, "-I", "-c", "import pip"], capture_output=True).returncode == 0
    if not usable:
        say(f"Готовлю окружение Python {sys.version.split()[0]} …", f"Preparing Python {sys.version.split()[0]} …")
        shutil.rmtree(folder, ignore_errors=True)
        # By its full name (python3.12, not python3): an upgrade of the system's default Python must not change ours.
        interpreter = os.path.realpath(sys.executable)
        subprocess.run([interpreter, "-I", "-m", "venv", folder], check=True, stdout=subprocess.DEVNULL)
    return python


def run_pip(command: Sequence[str | Path], packages: int) -> bool:
    """Run pip and show one line that counts packages; what pip said is shown only when it fails."""
    said: list[str] = []
    fetched = 0
    # English words of pip, whatever the user's language, because its lines are counted.
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", env=environment
    ) as pip:
        for line in pip.stdout or ():
            said.append(line)
            if line.startswith(("Collecting ", "Requirement already satisfied")):
                fetched += 1
                show(f"{min(fetched, packages)}/{packages}  {line.split()[1] if line[0] == 'C' else ''}")
            elif line.startswith("Installing collected packages"):
                show("распаковка / unpacking …" if fetched else "")
    show("")
    if pip.returncode != 0:
        print("".join(said[-15:]), file=sys.stderr)  # noqa: T201
    return pip.returncode == 0


def show(text: str) -> None:
    """Replace the current line of a terminal; elsewhere such a line would only be noise."""
    if sys.stdout.isatty():
        print(f"\r\033[K{text[:76]}", end="", flush=True)  # noqa: T201


def install(python: Path, requirements: Path) -> None:
    say(
        "Устанавливаю пакеты по списку с контрольными суммами (скачать около 400 МБ, один раз) …",
        "Installing pinned packages, checked by hash (about 400 MB to fetch, once) …",
    )
    command = [python, "-I", "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:"]
    command += ["--disable-pip-version-check", "--no-input", "--progress-bar", "off", "-r", requirements]
    if not run_pip(command, packages=requirements.read_text(encoding="utf-8").count("==")):
        raise SetupFailed(
            "Пакеты не установились. Проверьте подключение к интернету и место на диске, затем повторите команду.\n"
            "The packages were not installed. Check the network and the free disk space, then run the command again."
        )


def write_env_file(root: Path, python: Path) -> None:
    if (root / ".env").exists():
        return
    environment = {**os.environ, "PYTHON": str(python)}
    subprocess.run(["/bin/sh", root / "setup_env.sh"], env=environment, check=True, stdout=subprocess.DEVNULL)


def set_up(root: Path, kind: str) -> None:
    requirements = root / "requirements" / f"{kind}.txt"
    stamp = root / ".venv" / f"installed-{kind}"
    started = time.monotonic()
    python = make_venv(root / ".venv")
    if not stamp.exists() or stamp.read_text(encoding="utf-8").strip() != cksum(requirements):
        install(python, requirements)
        # What the tests need includes what the product needs, at the same versions.
        for covered in {kind, "base"}:
            installed = cksum(root / "requirements" / f"{covered}.txt")
            (root / ".venv" / f"installed-{covered}").write_text(installed + "\n", encoding="utf-8")
        seconds = round(time.monotonic() - started)
        say(f"Готово: установка заняла {seconds} с.", f"Done: the installation took {seconds} s.")
    write_env_file(root, python)


def main(root: Path, kind: str) -> int:
    try:
        with (root / ".setup.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            set_up(root, kind)
    except SetupFailed as failure:
        print(failure, file=sys.stderr)  # noqa: T201
        return 3
    except (OSError, subprocess.CalledProcessError) as failure:
        reason = failure.strerror if isinstance(failure, OSError) else Path(str(failure.cmd[0])).name
        print(  # noqa: T201
            f"Не удалось подготовить программу в её папке ({reason}). Нужны права на запись и свободное место.\n"
            f"The product's folder could not be prepared ({reason}). It needs write access and free space.",
            file=sys.stderr,
        )
        return 3
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
