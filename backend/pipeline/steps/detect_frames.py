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
from pipeline.job import Job, Outcome, failure_of
from pipeline.step_names import VALIDATE
from pipeline.steps.detecting import DetectorAtWork, missing
from pipeline.steps.rejecting import rejected

_log = logging.getLogger(__name__)

FRAMES_WAITING = 4
"""Frames held for a slow detector before the reading waits: 2.8 MB each at 1280x720."""


class _Looker:
    """One detector in its own thread, from loading its model to its outcome. Its failure is its own."""

    def __init__(self, step: str, job: Job, facts: VideoFacts) -> None:
        self.step = step
        self._job = job
        self._facts = facts
        self._outcome: Outcome | None = None
        self._items: queue.Queue[Frame | ReadingCoverage] = queue.Queue(FRAMES_WAITING)
        self._thread = threading.Thread(target=self._work, name=step, daemon=True)
        self._thread.start()

    @property
    def is_over(self) -> bool:
        return not self._thread.is_alive()

    def show(self, item: Frame | ReadingCoverage) -> None:
        """Hand on a frame, or at the end what was read; dropped when the detector is over.

        Raises ``DetectionStopped``.
        """
        while not self.is_over:
            if self._job.stopping():
                raise DetectionStopped
            try:
                self._items.put(item, timeout=0.1)
                return
            except queue.Full:
                continue

    def outcome(self) -> Outcome:
        """Wait for the end. Raises ``DetectionStopped`` when the detector did not see everything."""
        while not self.is_over:
            self._thread.join(timeout=0.1)
            if self._job.stopping():
                raise DetectionStopped
        if self._outcome is None:
            raise DetectionStopped
        return self._outcome

    def _work(self) -> None:
        try:
            self._outcome = self._detect()
        except DetectionStopped:
            pass  # no outcome: what was found so far is thrown away
        except MissingWeights as error:
            self._outcome = missing(error)
        except Exception as error:  # noqa: BLE001 - one detector's failure must not take the others along
            _log.exception("%s failed", self.step)
            self._outcome = failure_of(error, DETECTOR_FAILED)

    def _detect(self) -> Outcome:
        at_work = DetectorAtWork(self.step, self._job)
        while isinstance(item := self._next(), Frame):
            at_work.look(item)
            self._job.on_progress(self.step, item.until_s / max(self._facts.duration_s, item.until_s, 0.001))
        return at_work.finish(reading=_reading_facts(item), complete=item.complete)

    def _next(self) -> Frame | ReadingCoverage:
        while not self._job.stopping():
            try:
                return self._items.get(timeout=0.2)
            except queue.Empty:
                continue
        raise DetectionStopped


def detect_in_frames(job: Job) -> Mapping[str, Outcome]:
    """One outcome for each claimed detector; a missing model or a crash of one leaves the others at work."""
    facts = video_facts_from_json(job.settled[VALIDATE].facts)
    lookers = [_Looker(step, job, facts) for step in job.steps]
    try:
        _show_every_frame(lookers, job, facts)
    except VideoRejected as rejection:
        return {looker.step: rejected(rejection) for looker in lookers}
    return {looker.step: looker.outcome() for looker in lookers}


def _show_every_frame(lookers: Sequence[_Looker], job: Job, facts: VideoFacts) -> None:
    with FrameReading(job.workspace.video_path, facts, job.workspace.limits, stopping=job.stopping) as reading:
        for count, frame in enumerate(reading, start=1):
            if all(looker.is_over for looker in lookers):
                return
            for looker in lookers:
                looker.show(frame)
            job.workspace.live.frames_were_looked_at(count)
    for looker in lookers:
        looker.show(reading.coverage)


def _reading_facts(coverage: ReadingCoverage) -> ReadingFacts:
    return ReadingFacts(
        frames_looked_at=coverage.frames_looked_at,
        frames_analysed=coverage.frames_analysed,
        shot_starts_s=tuple(round(start_s, 3) for start_s in coverage.shot_starts_s),
    )
