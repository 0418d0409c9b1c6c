"""``docs/ARCHITECTURE.md`` tells the truth."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from pipeline.table import PIPELINE, WhenFailed
from reports.product import VERSION

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")


def first_column(heading: str) -> list[str]:
    section = PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^\| `([^`]+)` \|", section, flags=re.MULTILINE)


def test_the_page_names_every_folder() -> None:
    folders = {f"backend/{init.parent.name}" for init in (ROOT / "backend").glob("*/__init__.py")}

    assert set(first_column("Folders")) == folders


def test_the_page_shows_the_table_of_steps() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| (.+?) \| (.+?) \|$", PAGE.split("## The pipeline")[1], flags=re.MULTILINE)
    detectors = {step.name for step in PIPELINE if step.name.startswith("detect:")}
    stated = {
        name: (detectors if "every" in after else set(re.findall(r"`([^`]+)`", after)), "missing" in failing)
        for name, after, failing in rows
        if name in {step.name for step in PIPELINE}
    }

    assert stated == {step.name: (set(step.after), step.when_failed is WhenFailed.REPORT_MISSING) for step in PIPELINE}


def test_one_version_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["version"] == VERSION
