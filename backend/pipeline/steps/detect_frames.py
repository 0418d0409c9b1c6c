"""detect:* for detectors that look at frames: one decode of the video feeds all of them, each in its own thread."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Mapping, Sequence

from detectors.protocol import DetectionStopped
from detectors.weights import MissingWeights
from evidence import Frame, VideoFacts
from media.reading import FrameReading, ReadingCoverage
from media.rejection import VideoRejected
from pipeline.facts import ReadingFacts, video_facts_from_json
from pipeline.failures import DETECTOR_FAILED
from pipeline.job import Failure, Job, Outcome
from pipeline.step_names import VALIDATE
from pipeline.steps.detecting import DetectorAtWork, missing
from pipeline.steps.rejecting import rejected

_log = logging.getLogger(__name__)

FRAMES_WAITING = 4
"""Frames held for a slow detector before the reading waits: 2.8 MB each at 1280x720."""


class _Looker:
    """A thread that shows frames to one detector. The first error ends its work; frames after it are thrown away."""

    def __init__(self, step: str, job: Job, duration_s: float) -> None:
        self.step = step
        self.failure: Failure | None = None
        self._job = job
        self._duration_s = duration_s
        self._frames: queue.Queue[Frame | None] = queue.Queue(FRAMES_WAITING)
        self.at_work = DetectorAtWork(step, job)
        self._thread = threading.Thread(target=self._work, name=step, daemon=True)
        self._thread.start()

    def show(self, frame: Frame | None) -> None:
        """Hand on a frame, or ``None`` after the last one. Raises ``DetectionStopped``."""
        while True:
            try:
                self._frames.put(frame, timeout=0.1)
                return
            except queue.Full:
                if self._job.stopping():
                    raise DetectionStopped from None

    def join(self) -> None:
        while self._thread.is_alive():
            self._thread.join(timeout=0.1)
            if self._job.stopping():
                raise DetectionStopped

    def _next(self) -> Frame | None:
        while True:
            try:
                return self._frames.get(timeout=0.2)
            except queue.Empty:
                if self._job.stopping():
                    return None

    def _work(self) -> None:
        while (frame := self._next()) is not None:
            if self.failure is not None or self._job.stopping():
                continue
            try:
                self.at_work.look(frame)
            except DetectionStopped:
                continue
            except Exception:  # noqa: BLE001 - one detector's failure must not take the others along
                _log.exception("%s failed", self.step)
                self.failure = Failure(DETECTOR_FAILED, retry=True)
            self._job.on_progress(self.step, frame.until_s / self._duration_s)


def detect_in_frames(job: Job) -> Mapping[str, Outcome]:
    """One outcome for each claimed detector; a missing model or a crash of one leaves the others at work."""
    facts = video_facts_from_json(job.settled[VALIDATE].facts)
    outcomes: dict[str, Outcome] = {}
    lookers: list[_Looker] = []
    for step in job.steps:
        try:
            lookers.append(_Looker(step, job, facts.duration_s))
        except MissingWeights as error:
            outcomes[step] = missing(error)
    if not lookers:
        return outcomes
    try:
        coverage = _show_every_frame(lookers, job, facts)
    except VideoRejected as rejection:
        return outcomes | {looker.step: rejected(rejection) for looker in lookers}
    for looker in lookers:
        looker.join()
        outcomes[looker.step] = looker.failure or looker.at_work.finish(
            reading=_reading_facts(coverage), complete=coverage.complete
        )
    return outcomes


def _show_every_frame(lookers: Sequence[_Looker], job: Job, facts: VideoFacts) -> ReadingCoverage:
    try:
        with FrameReading(job.workspace.video_path, facts, job.workspace.limits, stopping=job.stopping) as reading:
            for frame in reading:
                for looker in lookers:
                    looker.show(frame)
        return reading.coverage
    finally:
        for looker in lookers:
            looker.show(None)


def _reading_facts(coverage: ReadingCoverage) -> ReadingFacts:
    return ReadingFacts(
        frames_looked_at=coverage.frames_looked_at,
        frames_analysed=coverage.frames_analysed,
        shot_starts_s=tuple(round(start_s, 3) for start_s in coverage.shot_starts_s),
    )
