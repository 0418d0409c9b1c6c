"""setup_env.sh, in a folder with spaces and Cyrillic letters."""

from __future__ import annotations

import stat
from pathlib import Path

from configured_checkout import REPOSITORY, Project

from compliance_app.dotenv_file import read_dotenv


def test_writes_a_development_environment(project: Project, tmp_path: Path) -> None:
    done = project.run(["sh", project.root / "setup_env.sh"], cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    file = project.root / ".env"
    values = read_dotenv(file).values
    assert values["DJANGO_ENV"] == "development"
    assert len(values["SECRET_KEY"]) >= 50
    assert set(values) == {"DJANGO_ENV", "SECRET_KEY"}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert values["SECRET_KEY"] not in done.stdout + done.stderr
    assert project.validate({}).returncode == 0


def test_keys_differ(project: Project) -> None:
    keys = set()
    for _ in range(2):
        project.run(["./setup_env.sh"])
        keys.add(read_dotenv(project.root / ".env").values["SECRET_KEY"])
        (project.root / ".env").unlink()
    assert len(keys) == 2


def test_never_overwrites(project: Project) -> None:
    file = project.root / ".env"
    file.write_text("MINE=1\n", encoding="utf-8")
    for arguments in ([], ["production"]):
        done = project.run(["./setup_env.sh", *arguments])
        assert done.returncode == 0
        assert "Файл .env уже есть" in done.stderr
        assert file.read_text(encoding="utf-8") == "MINE=1\n"


def test_a_dangling_link_is_left_alone(project: Project, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (project.root / ".env").symlink_to(elsewhere)
    assert project.run(["./setup_env.sh"]).returncode == 0
    assert not elsewhere.exists()


def test_a_production_template_has_a_key_and_the_rest_to_fill_in(project: Project) -> None:
    assert project.run(["./setup_env.sh", "production"]).returncode == 0
    text = (project.root / ".env").read_text(encoding="utf-8")
    key = read_dotenv(project.root / ".env").values["SECRET_KEY"]
    assert text.replace(key, "") == (project.root / ".env.example").read_text(encoding="utf-8")
    done = project.validate({})
    assert done.returncode == 1
    assert "SECRET_KEY" not in done.stdout


def test_an_unknown_environment_and_a_missing_python_are_said(project: Project) -> None:
    assert project.run(["./setup_env.sh", "prod"]).returncode == 2
    done = project.run(["./setup_env.sh"], {"PYTHON": "no-such-python"})
    assert done.returncode == 1
    assert "Python 3" in done.stderr
    assert not (project.root / ".env").exists()


def test_python_may_be_named(project: Project) -> None:
    chosen = project.root / "мой python"
    chosen.write_text("#!/bin/sh\necho chosen-key\n", encoding="utf-8")
    chosen.chmod(0o755)
    assert project.run(["./setup_env.sh"], {"PYTHON": str(chosen)}).returncode == 0
    assert read_dotenv(project.root / ".env").values["SECRET_KEY"] == "chosen-key"


def test_dotenv_is_not_committed() -> None:
    assert ".env" in (REPOSITORY / ".gitignore").read_text(encoding="utf-8").split()
