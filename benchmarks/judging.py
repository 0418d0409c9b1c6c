"""How long judging takes: loading the packs, and 50,000 observations of a two-hour video under two packs.

Usage: ``PYTHONPATH=backend .venv/bin/python benchmarks/judging.py``. Processor seconds, best of three.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from evidence import Label, Modality, Observation, Span
from policy.evaluation import judge
from policy.loading import load_packs

TWO_HOURS_S = 7200.0
PACKS = ("ru-436fz", "ru-ads")
DETECTORS = frozenset({"speech", "text", "objects", "scenes", "safety", "words"})


def cpu_s(work: Callable[[], object]) -> float:
    best_s = float("inf")
    for _ in range(3):
        start_s = time.process_time()
        work()
        best_s = min(best_s, time.process_time() - start_s)
    return best_s


def long_video(scenes: int, frames: int) -> list[Observation]:
    """``scenes`` stretches, each of ``frames`` hits of one label a second apart, as detectors give them."""
    chance = random.Random(7)  # noqa: S311 - a fixed sample, no secret
    labels = [label for label in Label if not label.startswith(("speech.", "text."))]
    starts = [(chance.choice(labels), chance.uniform(0, TWO_HOURS_S - 60)) for _ in range(scenes)]
    return [
        Observation(
            detector="words",
            label=label,
            score=chance.random(),
            span=Span(start_s + frame, start_s + frame + chance.uniform(0.3, 1.0)),
            modality=Modality.TEXT,
            id=f"words-{number}-{frame}",
        )
        for number, (label, start_s) in enumerate(starts)
        for frame in range(frames)
    ]


def main() -> None:
    packs = load_packs(PACKS)
    together, scattered = long_video(scenes=2_500, frames=20), long_video(scenes=50_000, frames=1)
    for name, work in {
        "load both packs": lambda: load_packs(PACKS),
        "judge 2,500 runs of 20 hits": lambda: [judge(pack, together, TWO_HOURS_S, DETECTORS) for pack in packs],
        "judge 50,000 scattered hits": lambda: [judge(pack, scattered, TWO_HOURS_S, DETECTORS) for pack in packs],
    }.items():
        print(f"{name}: {cpu_s(work):.3f} s")  # noqa: T201


if __name__ == "__main__":
    main()
