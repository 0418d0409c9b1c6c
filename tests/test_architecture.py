"""``docs/ARCHITECTURE.md`` tells the truth."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from pipeline.table import PIPELINE, WhenFailed
from pipeline.web_table import WEB_PIPELINE
from reports.product import VERSION

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")


def first_column(heading: str) -> list[str]:
    section = PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^\| `([^`]+)` \|", section, flags=re.MULTILINE)


def test_the_page_names_every_folder() -> None:
    folders = {f"backend/{init.parent.name}" for init in (ROOT / "backend").glob("*/__init__.py")}

    assert set(first_column("Folders")) == folders


ROWS_OF_STEPS = re.findall(r"^\| `([^`]+)` \| (.+?) \| (.+?) \|$", PAGE.split("## The pipeline")[1], flags=re.MULTILINE)


def test_the_page_shows_the_table_of_steps() -> None:
    detectors = {step.name for step in PIPELINE if step.name.startswith("detect:")}
    stated = {
        name: (detectors if "every" in after else set(re.findall(r"`([^`]+)`", after)), "missing" in failing)
        for name, after, failing in ROWS_OF_STEPS
        if name in {step.name for step in PIPELINE}
    }

    assert stated == {step.name: (set(step.after), step.when_failed is WhenFailed.REPORT_MISSING) for step in PIPELINE}


def test_the_page_shows_the_steps_of_the_site() -> None:
    own = {step.name: step for step in WEB_PIPELINE if step.name not in {known.name for known in PIPELINE}}
    stated = {
        name: (set(re.findall(r"`([^`]+)`", after)), "run fails" in failing)
        for name, after, failing in ROWS_OF_STEPS
        if name in own
    }

    assert stated == {name: (set(step.after), step.when_failed is WhenFailed.FAIL_RUN) for name, step in own.items()}
    for step in WEB_PIPELINE:
        known = next((known for known in PIPELINE if known.name == step.name), None)
        if known is not None:
            more = {"fetch_video", "admit_video"} if step.name == "preprocess_video" else {"fetch_video"}
            assert set(step.after) == set(known.after) | more


def test_one_version_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["version"] == VERSION
