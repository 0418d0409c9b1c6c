from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from detectors.protocol import DetectorSpec, Reads
from detectors.registry import BrokenRegistry, all_detectors, in_order

BACKEND = Path(__file__).resolve().parents[2] / "backend"


def spec(name: str, *after: str) -> DetectorSpec:
    return DetectorSpec(name, "a model", Reads.OBSERVATIONS, lambda settings: None, after=after)


def test_every_detector_is_found_and_comes_after_those_it_builds_on() -> None:
    names = [detector.name for detector in all_detectors()]

    assert {"objects", "safety", "scenes", "speech", "text", "words"} <= set(names)
    assert names.index("words") > max(names.index("speech"), names.index("text"))


def test_order_is_alphabetical_where_nothing_else_decides() -> None:
    ordered = in_order([spec("c"), spec("a", "b"), spec("b")])

    assert [detector.name for detector in ordered] == ["b", "c", "a"]


@pytest.mark.parametrize(
    ("specs", "what"),
    [
        ([spec("a"), spec("a")], "two detectors"),
        ([spec("a", "ghost")], "ghost"),
        ([spec("a", "b"), spec("b", "a")], "circle"),
        ([spec("a", "a")], "circle"),
    ],
)
def test_a_broken_registry_says_what_is_wrong(specs: list[DetectorSpec], what: str) -> None:
    with pytest.raises(BrokenRegistry, match=what):
        in_order(specs)


def test_listing_the_detectors_loads_no_inference_runtime() -> None:
    """``check --from`` needs the names within a second, and each runtime takes half of it to import."""
    program = (
        "import sys; from detectors.registry import all_detectors; all_detectors();"
        "print(*{'onnxruntime', 'faster_whisper', 'ctranslate2', 'tesserocr', 'zxingcpp'} & set(sys.modules))"
    )
    listed = subprocess.run([sys.executable, "-c", program], cwd=BACKEND, capture_output=True, text=True, check=True)

    assert listed.stdout.strip() == ""
