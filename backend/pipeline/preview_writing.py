"""Findings while a run is at work: what was noticed so far, judged like a finished run, every few seconds."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from django.db import Error, connections
from django.utils import timezone

from detectors.protocol import DetectorSettings
from detectors.registry import all_detectors
from evidence import Label, Observation
from pipeline.job import Workspace
from pipeline.models import PipelineRun
from pipeline.preview import PreliminaryFinding, RunPreview, preview_to_json
from pipeline.progress import RunProgress
from pipeline.run_claims import claimed_run
from policy.evaluation import judge
from policy.judgement import Trigger
from policy.loading import load_packs
from policy.pack import Pack
from policy.thresholds import counted
from reports.printable import printable

_log = logging.getLogger(__name__)

SHOWN = 12
"""Preliminary findings that are kept: a first impression, not a report."""

_EVERY_S = 2.0
_SHARE = 0.1
"""Of the time at most: the detectors need the processor."""

_READ = frozenset({Label.SPEECH_SEGMENT, Label.TEXT_LINE, Label.TEXT_QR})
_WORDS = next(spec for spec in all_detectors() if spec.name == "words")
_EVERY_DETECTOR = frozenset(spec.name for spec in all_detectors())


class PreviewWriter:
    """Writes ``PipelineRun.preview`` from its own thread during the ``with`` block."""

    def __init__(self, run: PipelineRun, owner: str, workspace: Workspace, progress: RunProgress) -> None:
        self._run = run
        self._owner = owner
        self._workspace = workspace
        self._progress = progress
        self._over = threading.Event()
        self._seen = -1
        self._found: tuple[PreliminaryFinding, ...] = ()
        self._total = 0
        self._thread = threading.Thread(target=self._work, name="preview", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join(timeout=1.0)

    def _work(self) -> None:
        packs = load_packs(self._workspace.packs, self._workspace.pack_dirs)
        pause_s = _EVERY_S
        try:
            while not self._over.wait(pause_s):
                started = time.thread_time()
                self._write(packs)
                pause_s = max(_EVERY_S, (time.thread_time() - started) / _SHARE)
        finally:
            connections.close_all()

    def _write(self, packs: Sequence[Pack]) -> None:
        live = self._workspace.live
        if live.changes != self._seen:
            self._seen = live.changes
            self._found, self._total = preliminary_findings(live.snapshot(), packs, self._workspace)
        preview = RunPreview(
            written_at=timezone.now(),
            eta_s=self._progress.view().eta_s,
            frames_looked_at=live.frames,
            findings=self._found,
            findings_total=self._total,
        )
        try:
            claimed_run(self._run, self._owner).update(preview=preview_to_json(preview))
        except Error:
            _log.warning("the preview was not written", exc_info=True)
            connections.close_all()  # the next one tries a new connection


def preliminary_findings(
    noticed: Sequence[Observation], packs: Sequence[Pack], workspace: Workspace
) -> tuple[tuple[PreliminaryFinding, ...], int]:
    """The gravest ``SHOWN`` in time order, and how many there are in all.

    Words are looked for in what was said and written so far; the whole transcript may still change them.
    """
    worded = [seen for seen in noticed if seen.detector != _WORDS.name]
    everything = [*worded, *_words_in(worded, workspace.detector_settings)]
    considered = counted(everything, packs, workspace.thresholds)
    reached_s = max((seen.span.end_s for seen in everything), default=0.0)
    triggers = [
        trigger
        for pack in packs
        for trigger in judge(pack, considered, duration_s=reached_s, completed_detectors=_EVERY_DETECTOR).triggers
    ]
    gravest = sorted(triggers, key=lambda one: (not one.action_needed, -one.severity.rank, -one.score, one.span))
    quotes = _Quotes(considered)
    shown = sorted(gravest[:SHOWN], key=lambda one: (one.span, one.id))
    return tuple(_finding(trigger, quotes.of(trigger)) for trigger in shown), len(triggers)


def _words_in(noticed: Sequence[Observation], settings: DetectorSettings) -> list[Observation]:
    readings = [seen for seen in noticed if seen.label in _READ]
    if not readings:
        return []
    detector = _WORDS.make(settings)
    for seen in sorted(readings, key=lambda one: one.span):
        detector.look(seen)
    return list(detector.finish())


class _Quotes:
    """What was said or written at the time of a trigger: observations at work have no ids yet."""

    def __init__(self, considered: Sequence[Observation]) -> None:
        self._worded = [seen for seen in considered if seen.text and seen.label not in _READ]

    def of(self, trigger: Trigger) -> str:
        inside = [seen for seen in self._worded if seen.span.gap_s(trigger.span) <= 0]
        best = max(inside, key=lambda seen: seen.score, default=None)
        return printable(best.text or "")[:80] if best is not None else ""


def _finding(trigger: Trigger, quote: str) -> PreliminaryFinding:
    return PreliminaryFinding(
        start_s=round(trigger.span.start_s, 3),
        end_s=round(trigger.span.end_s, 3),
        title=trigger.title,
        category=trigger.category,
        severity=trigger.severity,
        pack=trigger.pack,
        quote=quote,
        action_needed=trigger.action_needed,
    )
