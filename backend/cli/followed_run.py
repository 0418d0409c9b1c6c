"""A run of the worker, followed in the terminal by what the database says of it."""

from __future__ import annotations

import time
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console

from cli.progress_display import progress_words
from cli.progress_line import ProgressLine
from pipeline.models import PipelineRun, RunStatus
from pipeline.run_view import RunView, view_of_run

_EVERY_S = 1.0


class FollowedRun:
    """``show`` draws its line and says when it is over, with a sentence on how it ended. ``page`` is its address."""

    def __init__(self, run_id: UUID, page: str, console: Console) -> None:
        self._run_id = run_id
        self._page = page
        self._console = console
        self._line = ProgressLine(console)
        self._looked = 0.0
        said = _("The sample video is being checked; that takes a minute or two. Watch it: %(page)s")
        console.print(said % {"page": page}, soft_wrap=True)

    def show(self) -> bool:
        """Whether the run is over; to be called often, it looks once a second."""
        if time.monotonic() - self._looked < _EVERY_S:
            return False
        self._looked = time.monotonic()
        run = PipelineRun.objects.filter(pk=self._run_id).first()
        if run is None:
            self._line.close()
            return True
        view = view_of_run(run)
        if not view.is_over:
            self._line.show(view.fraction, progress_words([step.name for step in view.running], view.eta_s))
            return False
        self._line.close()
        self._console.print(_ending(view, self._page), markup=False, soft_wrap=True)
        return True

    def close(self) -> None:
        self._line.close()


def _ending(view: RunView, page: str) -> str:
    match view.status:
        case RunStatus.COMPLETED:
            seconds = round(view.elapsed_s or 0.0)
            said = ngettext(
                "The sample is checked (%(count)d second): %(page)s",
                "The sample is checked (%(count)d seconds): %(page)s",
                seconds,
            )
            return said % {"count": seconds, "page": page}
        case RunStatus.CANCELLED:
            return _("The check of the sample was cancelled.")
        case _:
            return _("The sample could not be checked. %(why)s") % {"why": view.error}
