"""What the parent asks of a child: one task on one open file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum


class Task(StrEnum):
    PROBE = "probe"
    FRAMES = "frames"
    SOUND = "sound"
    STILLS = "stills"


@dataclass(frozen=True, slots=True)
class Request:
    """``file_descriptor`` is inherited and the only file the child can read. ``cpu_s`` is its processor time.
    ``times_s`` are the stills wanted, ``longest_s`` where sound ends at the latest."""

    task: Task
    file_descriptor: int
    parent_pid: int
    demuxer: str
    is_cut: bool
    cpu_s: int
    max_pixels: int
    max_duration_s: float = 0.0
    sample_fps: float = 1.0
    times_s: tuple[float, ...] = ()
    longest_s: float = 0.0

    def to_json(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_json(cls, text: bytes) -> Request:
        data = json.loads(text)
        return cls(**data | {"task": Task(data["task"]), "times_s": tuple(data["times_s"])})
