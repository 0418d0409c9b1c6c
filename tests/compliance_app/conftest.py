"""A copy of the project to configure: the developer's own `.env` and data stay out of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from configured_checkout import REPOSITORY, Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A fresh checkout without `.env`: compliance_app is copied, the other packages are linked."""
    root = tmp_path / "мой проект"
    backend = root / "backend"
    backend.mkdir(parents=True)
    for package in (REPOSITORY / "backend").iterdir():
        if package.is_dir() and package.name not in {"compliance_app", "__pycache__"}:
            (backend / package.name).symlink_to(package)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(REPOSITORY / "backend" / "compliance_app", backend / "compliance_app", ignore=ignored)
    shutil.copy(REPOSITORY / "backend" / "manage.py", backend)
    shutil.copy(REPOSITORY / "setup_env.sh", root)
    shutil.copy(REPOSITORY / ".env.example", root)
    shutil.copytree(REPOSITORY / "docs", root / "docs")
    return Project(root)
