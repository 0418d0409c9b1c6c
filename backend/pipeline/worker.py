"""The worker: takes what waits, one run at a time, and does the chores of the site beside it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

from django.conf import settings
from django.db import Error, InterfaceError, OperationalError, close_old_connections, connections

from accounts.forgetting import forget_expired
from pipeline.claims import owner_name
from pipeline.failures import UNEXPECTED
from pipeline.finishing import finish_run
from pipeline.ingesting import ingest_next, start_ingested
from pipeline.installation import run_directory
from pipeline.leftovers import remove_leftovers
from pipeline.lost_runs import free_lost_runs
from pipeline.models import PipelineRun, RunStatus
from pipeline.run_claims import hand_back_all, take_run
from pipeline.schedule import Chore, keep_doing
from pipeline.withdrawing import cancel_withdrawn
from pipeline.working import work_on
from videos.uploading import abort_stale_uploads, finish_interrupted_uploads
from videos.url_ingest import clear_downloads
from webhooks.delivering import deliver_due

_log = logging.getLogger(__name__)

_IDLE_S = 1.0
_AFTER_TROUBLE_S = 3.0
_LEAVING_S = 2.0
_HOUR_S = 3600.0

DELIVERING = (Chore("deliver webhooks", 2.0, deliver_due),)
UPKEEP = (
    Chore("free lost runs", 5.0, free_lost_runs),
    Chore("cancel checks of deleted videos", 5.0, cancel_withdrawn),
    Chore("start checks of fetched videos", 10.0, start_ingested),
    Chore("finish interrupted uploads", 60.0, finish_interrupted_uploads),
    Chore("abort stale uploads", _HOUR_S, abort_stale_uploads),
    Chore("remove leftovers", _HOUR_S, lambda: remove_leftovers(settings.DATA_DIR / "runs", run_directory)),
    Chore("clear downloads", _HOUR_S, clear_downloads),
    Chore("forget what expired", 24 * _HOUR_S, forget_expired),
)


class Worker:
    """``run`` works until ``stopping`` is set. Any number of workers may share a database."""

    def __init__(self, stopping: threading.Event) -> None:
        self._stopping = stopping
        self._owner = owner_name()
        self._troubled = False

    def run(self) -> None:
        """Raises nothing: what goes wrong is logged, and the work goes on."""
        beside = [
            threading.Thread(target=keep_doing, args=(DELIVERING, self._stopping), name="delivering", daemon=True),
            threading.Thread(target=keep_doing, args=(UPKEEP, self._stopping), name="upkeep", daemon=True),
            threading.Thread(target=self._ingest, name="ingest", daemon=True),
        ]
        for thread in beside:
            thread.start()
        while not self._stopping.is_set():
            if not self._once():
                self._stopping.wait(_IDLE_S)
        _wait_for(beside)

    def _once(self) -> bool:
        """Work on the next run; false when nothing waits."""
        try:
            close_old_connections()
            if self._troubled:
                hand_back_all(self._owner)
                self._troubled = False
            run = take_run(self._owner)
            if run is None:
                return False
            self._work_on(run)
        except Error:
            self._troubled = True
            self._after_trouble("the database")
        return True

    def _work_on(self, run: PipelineRun) -> None:
        try:
            work_on(run, self._owner, self._stopping.is_set)
        except (OperationalError, InterfaceError):  # the database is away; any other error of it is this run's
            raise
        except Exception:  # noqa: BLE001 - one run's misfortune must not end the worker
            _log.exception("run %s", run.pk)
            finish_run(run, self._owner, RunStatus.FAILED, error=UNEXPECTED)

    def _after_trouble(self, what: str) -> None:
        _log.exception("trouble with %s", what)
        connections.close_all()
        self._stopping.wait(_AFTER_TROUBLE_S)

    def _ingest(self) -> None:
        """Videos from addresses are fetched beside the analysis: the network is slow, and needs no processor."""
        try:
            while not self._stopping.is_set():
                try:
                    if not ingest_next(self._owner, self._stopping.is_set):
                        self._stopping.wait(_IDLE_S)
                except Exception:  # noqa: BLE001 - as above
                    self._after_trouble("a video from an address")
        finally:
            connections.close_all()


def _wait_for(threads: Sequence[threading.Thread]) -> None:
    for thread in threads:
        thread.join(timeout=_LEAVING_S / len(threads))
