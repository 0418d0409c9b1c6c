"""Live progress on standard error: a bar in a terminal, a line now and then elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from types import TracebackType

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from pipeline.progress import RunProgress
from pipeline.step_names import detector_of
from reports import wording

_REFRESH_S = 0.2
_LINE_EVERY_S = 15.0

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
            if self._console.is_terminal:
                self._show_bar()
            else:
                self._print_lines()

    def _show_bar(self) -> None:
        columns = (TextColumn("{task.percentage:>3.0f} %"), BarColumn(20), TextColumn("{task.description}"))
        with Progress(*columns, console=self._console, transient=True, auto_refresh=False) as bar:
            task = bar.add_task("", total=1.0)
            while not self._over.wait(_REFRESH_S):
                bar.update(task, completed=self._progress.view().fraction, description=self._words())
                bar.refresh()

    def _print_lines(self) -> None:
        while not self._over.wait(_LINE_EVERY_S):
            view = self._progress.view()
            self._console.print(
                f"{round(view.fraction * 100)} % · {self._words()}", markup=False, highlight=False, soft_wrap=True
            )

    def _words(self) -> str:
        """What is left first, then what is at work: a narrow terminal cuts the end."""
        view = self._progress.view()
        steps = _at_work(view.running)
        if view.eta_s is None:
            return steps
        left = _("about %(time)s left") % {"time": wording.duration(max(1.0, view.eta_s))}
        return f"{left} · {steps}"


def _at_work(running: Sequence[str]) -> str:
    if not running:
        return _("preparing")
    if len(running) <= MOST_NAMES:
        return ", ".join(map(wording.step_title, running))
    detectors = sum(detector_of(step) is not None for step in running)
    return ngettext("%(count)d detector at work", "%(count)d detectors at work", detectors) % {"count": detectors}
