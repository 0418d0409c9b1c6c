"""``./compliance`` itself, in a copy of the project whose path has spaces and Cyrillic letters."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from product import ROOT, copied_tree

from first_use import cksum


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy with this interpreter as its installed environment, as the first use leaves it; no ``.env`` yet."""
    folder = tmp_path_factory.mktemp("launcher") / "Мой проект"
    folder.mkdir()
    for _ in copied_tree(folder):
        pass
    environment = folder / ".venv"
    (environment / "bin").mkdir(parents=True)
    (environment / "bin" / "python").symlink_to(sys.executable)
    shutil.copy(Path(sys.prefix) / "pyvenv.cfg", environment)
    library = f"lib/python{sys.version_info.major}.{sys.version_info.minor}"
    (environment / library).parent.mkdir()
    (environment / library).symlink_to(Path(sys.prefix) / library)
    for kind in ("base", "test"):
        (environment / f"installed-{kind}").write_text(cksum(folder / "requirements" / f"{kind}.txt") + "\n")
    return folder


def launch(
    project: Path, *arguments: str | Path, cwd: Path | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **more}
    return subprocess.run(
        [str(project / "compliance"), *map(str, arguments)],
        cwd=cwd or project,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_the_first_use_writes_a_private_env_and_a_second_keeps_it(project: Path) -> None:
    (project / ".env").unlink(missing_ok=True)

    first = launch(project, "models")
    written = (project / ".env").read_text(encoding="utf-8")
    second = launch(project, "models")

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "DJANGO_ENV=development" in written
    assert stat.S_IMODE((project / ".env").stat().st_mode) == 0o600
    assert (project / ".env").read_text(encoding="utf-8") == written
    assert second.stderr == ""


def test_it_works_from_another_folder_and_with_a_hostile_environment(project: Path, tmp_path: Path) -> None:
    (tmp_path / "django").mkdir()
    (tmp_path / "django" / "__init__.py").write_text("raise SystemExit(99)")

    done = launch(project, "models", "--lang", "en", cwd=tmp_path, PYTHONPATH=str(tmp_path), CDPATH=str(tmp_path))

    assert done.returncode == 0, done.stderr
    assert "nanodet-m-416.onnx" in done.stdout


def test_a_link_to_the_launcher_finds_the_project(project: Path, tmp_path: Path) -> None:
    link = tmp_path / "bin" / "compliance"
    link.parent.mkdir()
    link.symlink_to(project / "compliance")

    done = subprocess.run([str(link), "models"], capture_output=True, text=True, timeout=300, check=False)

    assert done.returncode == 0, done.stderr


def test_a_missing_model_is_listed_and_named_in_the_report_never_clean(project: Path, tmp_path: Path) -> None:
    weights = project / "models" / "nanodet-m-416.onnx"
    kept = weights.read_bytes()
    video = project / "samples" / "media" / "title-card-1080p.mp4"
    try:
        weights.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
        listed = launch(project, "models", "--lang", "en")
        checked = launch(project, "check", video, "--lang", "en", DATA_DIR=str(tmp_path), TEMP_DIR=str(tmp_path))
    finally:
        weights.write_bytes(kept)

    assert listed.returncode == 3
    assert "wrong checksum" in listed.stdout
    assert checked.returncode == 3, checked.stderr
    assert "Objects in frame: not checked" in checked.stdout


def test_an_unknown_command_is_refused(project: Path) -> None:
    done = launch(project, "chek", "video.mp4")

    assert done.returncode == 3
    assert "chek" in done.stderr
    assert done.stdout == ""


def test_help_needs_no_installation(tmp_path: Path) -> None:
    shutil.copy(ROOT / "compliance", tmp_path)

    done = launch(tmp_path, "help")

    assert done.returncode == 0
    assert "demo" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["compliance"]


def test_without_a_python_it_says_what_to_install(tmp_path: Path) -> None:
    shutil.copy(ROOT / "compliance", tmp_path)
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("dirname", "cat", "cksum"):
        (tools / tool).symlink_to(shutil.which(tool) or tool)

    done = launch(tmp_path, "demo", PATH=str(tools))

    assert done.returncode == 3
    assert "Python 3.11" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 2
