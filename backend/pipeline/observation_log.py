"""Observations on disk: one JSON object a line, written once, in the order of their start."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from evidence import Box, Label, Modality, Observation, Span, Word


class ObservationLogDamaged(Exception):
    """A stored line is not an observation; ``line_number`` counts from 1."""

    def __init__(self, file_name: str, line_number: int) -> None:
        super().__init__(f"{file_name}:{line_number} is not an observation")
        self.file_name = file_name
        self.line_number = line_number


def write_observations(path: Path, detector: str, observations: Iterable[Observation]) -> int:
    """Give each observation its id (``detector-000001`` in time order), write all or nothing; returns how many."""
    ordered = sorted(observations, key=lambda seen: (seen.span, seen.label, seen.text or ""))
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".tmp")
    with unfinished.open("w", encoding="utf-8") as lines:
        for number, seen in enumerate(ordered, start=1):
            lines.write(json.dumps(_to_json(replace(seen, id=f"{detector}-{number:06d}")), ensure_ascii=False) + "\n")
        lines.flush()
        os.fsync(lines.fileno())
    unfinished.replace(path)
    return len(ordered)


def read_observations(path: Path) -> list[Observation]:
    """All observations of one file. Raises ``ObservationLogDamaged`` on the first line that is not one, ``OSError``."""
    found = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                found.append(_from_json(json.loads(line)))
            except (ValueError, TypeError, KeyError) as error:
                raise ObservationLogDamaged(path.name, number) from error
    return found


def _to_json(seen: Observation) -> dict[str, Any]:
    box = seen.box
    return {
        "id": seen.id,
        "detector": seen.detector,
        "label": seen.label.value,
        "score": round(seen.score, 4),
        "start_s": round(seen.span.start_s, 3),
        "end_s": round(seen.span.end_s, 3),
        "modality": seen.modality.value,
        "box": None if box is None else [round(edge, 5) for edge in (box.left, box.top, box.width, box.height)],
        "frame_s": None if seen.frame_s is None else round(seen.frame_s, 3),
        "text": seen.text,
        "context": seen.context,
        "words": [
            [word.text, round(word.start_s, 3), round(word.end_s, 3), round(word.probability, 3)] for word in seen.words
        ],
        "language": seen.language,
        "based_on": list(seen.based_on),
    }


def _from_json(line: Mapping[str, Any]) -> Observation:
    box = line["box"]
    return Observation(
        detector=str(line["detector"]),
        label=Label(line["label"]),
        score=float(line["score"]),
        span=Span(float(line["start_s"]), float(line["end_s"])),
        modality=Modality(line["modality"]),
        box=None if box is None else _box(*(float(edge) for edge in box)),
        frame_s=None if line["frame_s"] is None else float(line["frame_s"]),
        text=line["text"],
        context=line["context"],
        words=tuple(
            Word(str(text), float(start_s), float(end_s), float(probability))
            for text, start_s, end_s, probability in line["words"]
        ),
        language=line["language"],
        based_on=tuple(str(seen_id) for seen_id in line["based_on"]),
        id=str(line["id"]),
    )


def _box(left: float, top: float, width: float, height: float) -> Box:
    # Rounding to five digits can push an edge 0.00001 outside of the frame.
    return Box(left, top, min(width, 1.0 - left), min(height, 1.0 - top))
