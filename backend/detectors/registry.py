"""Finds the detectors: every module of this package with a ``SPEC``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from functools import cache
from graphlib import CycleError, TopologicalSorter

import detectors
from detectors.protocol import DetectorSpec


class BrokenRegistry(Exception):
    """Two detectors share a name, or one comes after another that does not exist or that comes after it."""


@cache
def all_detectors() -> tuple[DetectorSpec, ...]:
    """Every detector, each after those that it builds on, alphabetical otherwise. Loads no model and no native runtime.

    Raises ``BrokenRegistry``.
    """
    modules = (
        importlib.import_module(f"{detectors.__name__}.{module.name}")
        for module in pkgutil.iter_modules(detectors.__path__)
        if not module.ispkg
    )
    return in_order(module.SPEC for module in modules if hasattr(module, "SPEC"))


def in_order(specs: Iterable[DetectorSpec]) -> tuple[DetectorSpec, ...]:
    """Sort by ``after``, then by name. Raises ``BrokenRegistry``."""
    by_name: dict[str, DetectorSpec] = {}
    for spec in specs:
        if spec.name in by_name:
            raise BrokenRegistry(f"two detectors are called {spec.name!r}")
        by_name[spec.name] = spec
    for spec in by_name.values():
        if unknown := set(spec.after) - by_name.keys():
            raise BrokenRegistry(f"{spec.name!r} comes after {', '.join(sorted(unknown))}, which does not exist")
    sorter = TopologicalSorter({name: by_name[name].after for name in sorted(by_name)})
    try:
        return tuple(by_name[name] for name in sorter.static_order())
    except CycleError as error:
        raise BrokenRegistry(f"a circle of detectors: {' -> '.join(error.args[1])}") from error
