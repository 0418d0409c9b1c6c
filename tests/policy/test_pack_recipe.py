"""The recipe's example is a working pack."""

from __future__ import annotations

import re
from pathlib import Path

from policy.loading import load_packs
from policy.pack_testing import run_pack_tests

RECIPE = Path(__file__).parents[2] / "docs" / "recipes" / "policy-pack.md"


def test_the_example_of_the_recipe_loads_and_passes_its_tests(tmp_path: Path) -> None:
    example, *_ = re.findall(r"```yaml\n(.*?)```", RECIPE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "house-rules.yaml").write_text(example, encoding="utf-8")
    (pack,) = load_packs(["house-rules"], [tmp_path])
    assert run_pack_tests(pack) == []


def test_the_recipe_names_every_key_of_a_condition() -> None:
    text = RECIPE.read_text(encoding="utf-8")
    keys = ["label", "all", "any", "not", "window", "modality", "min_score", "min_seconds", "min_count", "within"]
    keys += ["first_seconds", "merge", "near", "together", "continues", "shows", "damaged"]
    assert [key for key in keys if f"{key}:" not in text] == []
