"""What detectors are fed: frames and the audio track, in memory, at the size they need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One analysed frame, and the stretch of time that it stands for.

    ``image`` is ``[height, width, 3]`` uint8 in **BGR** order, rotation applied, longest side at most
    ``media.reading.FRAME_LONGEST_SIDE`` pixels. ``time_s`` is its presentation time; until ``until_s`` every decoded
    frame either was the same picture or lies less than one sampling interval away: what is seen here holds for
    ``[time_s, until_s)``. ``index`` counts analysed frames from 0. ``is_shot_start`` marks the first frame of a shot.
    """

    index: int
    time_s: float
    until_s: float
    is_shot_start: bool
    image: npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class AudioTrack:
    """The whole sound of a video: mono float32 in -1..1 at ``sample_rate_hz`` (16,000), from second 0 of the video."""

    samples: npt.NDArray[np.float32]
    sample_rate_hz: int

    @property
    def duration_s(self) -> float:
        return len(self.samples) / self.sample_rate_hz
