"""Live progress on standard error: a bar in a terminal, a line now and then elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from types import TracebackType

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console

from cli.progress_line import ProgressLine
from pipeline.progress import RunProgress
from pipeline.step_names import detector_of
from reports import wording

_REFRESH_S = 0.2

MOST_NAMES = 2
"""More steps than this at work are counted instead of named, so that a line fits 80 columns."""


class ProgressDisplay:
    """Shows a ``RunProgress`` from its own thread during the ``with`` block. ``console`` writes to standard error."""

    def __init__(self, progress: RunProgress, console: Console, language: str) -> None:
        self._progress = progress
        self._console = console
        self._language = language
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._show, name="progress", daemon=True)

    def __enter__(self) -> ProgressDisplay:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join(timeout=1.0)

    def _show(self) -> None:
        # The active language belongs to a thread.
        with translation.override(self._language):
            line = ProgressLine(self._console)
            while not self._over.wait(_REFRESH_S):
                line.show(self._progress.view().fraction, self._words())
            line.close()

    def _words(self) -> str:
        view = self._progress.view()
        return progress_words(view.running, view.eta_s)


def progress_words(running: Sequence[str], eta_s: float | None) -> str:
    """What is left first, then the steps at work: a narrow terminal cuts the end."""
    steps = _at_work(running)
    if eta_s is None:
        return steps
    left = _("about %(time)s left") % {"time": wording.duration(max(1.0, eta_s))}
    return f"{left} · {steps}"


def _at_work(running: Sequence[str]) -> str:
    if not running:
        return _("preparing")
    if len(running) <= MOST_NAMES:
        return ", ".join(map(wording.step_title, running))
    detectors = sum(detector_of(step) is not None for step in running)
    return ngettext("%(count)d detector at work", "%(count)d detectors at work", detectors) % {"count": detectors}
