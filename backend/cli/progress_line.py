"""One line of progress: a bar that is drawn over in a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

LINE_EVERY_S = 15.0


class ProgressLine:
    """``show`` it as often as you like from one thread, then ``close`` it."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar: Progress | None = None
        self._printed = time.monotonic()

    def show(self, fraction: float, words: str) -> None:
        if self._console.is_terminal:
            self._draw(fraction, words)
        elif time.monotonic() - self._printed >= LINE_EVERY_S:
            self._printed = time.monotonic()
            self._console.print(f"{round(fraction * 100)} % · {words}", markup=False, highlight=False, soft_wrap=True)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _draw(self, fraction: float, words: str) -> None:
        if self._bar is None:
            columns = (TextColumn("{task.percentage:>3.0f} %"), BarColumn(20), TextColumn("{task.description}"))
            self._bar = Progress(*columns, console=self._console, transient=True, auto_refresh=False)
            self._bar.add_task("", total=1.0)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], completed=fraction, description=words)
        self._bar.refresh()
