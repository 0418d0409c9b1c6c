"""Settles a frame's scores with its neighbours' in the shot, so that one odd frame in a calm shot does not count."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from detectors.appearances import Moment
from evidence import Label


@dataclass(frozen=True, slots=True)
class Vote:
    """What is known of one frame: its own scores before, the settled ones after the vote."""

    moment: Moment
    shot: int
    scores: Mapping[Label, float]


class ShotVote:
    """A frame's vote is the median of its own score and its two neighbours' within the shot; a shot of one frame still
    has its own voice. Every frame has the same labels. A frame is settled when the next one has been taken.
    """

    def __init__(self) -> None:
        self._recent: deque[Vote] = deque(maxlen=3)
        self._shot = 0

    def take(self, moment: Moment, scores: Mapping[Label, float], *, is_shot_start: bool) -> Vote | None:
        """Take the next frame; give back the one before it, settled."""
        self._shot += is_shot_start
        self._recent.append(Vote(moment, self._shot, scores))
        return self._settled(len(self._recent) - 2) if len(self._recent) > 1 else None

    def last(self) -> Vote | None:
        """The last frame, settled without a successor."""
        return self._settled(len(self._recent) - 1) if self._recent else None

    def _settled(self, at: int) -> Vote:
        frame = self._recent[at]
        voters = [other for other in list(self._recent)[max(0, at - 1) : at + 2] if other.shot == frame.shot]
        votes = {label: median(voter.scores[label] for voter in voters) for label in frame.scores}
        return Vote(frame.moment, frame.shot, votes)
