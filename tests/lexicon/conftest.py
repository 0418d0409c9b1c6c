"""One lexicon for all tests: it is immutable, and loading takes half a second."""

from pathlib import Path

import pytest

from lexicon import Lexicon


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture(scope="session")
def ordinary_words() -> list[str]:
    lines = (Path(__file__).parent / "ordinary_words.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.fixture(scope="session")
def profane_spellings() -> list[tuple[str, str, str]]:
    """(tier, kind of spelling, spelling)."""
    lines = (Path(__file__).parent / "profane_spellings.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(tier, kind, spelling) for tier, kind, spelling in rows]
