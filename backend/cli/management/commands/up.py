"""``./compliance up``: the whole product on this machine: web server, worker and its chores over one SQLite file."""

from __future__ import annotations

import argparse
import fcntl
import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.console import Console

from cli.child_processes import ChildProcesses, Program
from cli.command import ComplianceCommand, Refused
from cli.embedded_database import prepare_database
from cli.exit_codes import ExitCode
from cli.first_start import FirstStart, begin_installation
from cli.folders import refusing_bad_folders
from cli.followed_run import FollowedRun
from cli.listening import address_of, is_open_to_others, listen
from cli.stopping import stopping_on_signals
from compliance_app.configuration_variables import DEVELOPMENT

_BACKEND = Path(settings.BASE_DIR) / "backend"
_TICK_S = 0.25
_THREADS = 12


class Command(ComplianceCommand):
    help = gettext_lazy("Start the site on this machine: web server and worker, until Ctrl-C.")

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help=_("port of the site (8000)"))
        parser.add_argument(
            "--host", default="127.0.0.1", help=_("address to listen on (127.0.0.1: only this machine)")
        )

    def run(self, options: argparse.Namespace) -> ExitCode:
        if settings.DJANGO_ENV != DEVELOPMENT:
            raise Refused(
                ExitCode.MISCONFIGURED,
                _("“up” is for one machine with DJANGO_ENV=development. On a server start gunicorn and workers."),
            )
        console = Console(stderr=True, highlight=False)
        stopping = threading.Event()
        with _only_one_here(), stopping_on_signals(stopping), listen(options.host, options.port) as listener:
            prepare_database()
            begun = begin_installation(options.lang)
            children = ChildProcesses(_programs(listener), lambda name, status: _say_died(console, name))
            try:
                children.start()
                address = address_of(options.host, options.port)
                _introduce(console, address, begun, listener)
                followed = None if begun is None else FollowedRun(begun.run_id, _page(address, begun), console)
                _watch(children, stopping, followed)
            finally:
                console.print(_("Stopping …"))
                children.stop()
        console.print(_("Stopped. What was not finished goes on at the next start."))
        return ExitCode.NOTHING_NEEDS_ACTION


@contextmanager
def _only_one_here() -> Iterator[None]:
    """Two of them over the same data would both think that they are alone. Raises ``Refused``."""
    with refusing_bad_folders():
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        opened = (settings.DATA_DIR / ".up.lock").open("w")
    with opened as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(
                ExitCode.MISCONFIGURED,
                _("It is running already, over the same data. Stop it with Ctrl-C where it was started."),
            ) from error
        yield


def _programs(listener: socket.socket) -> tuple[Program, ...]:
    environment = {**os.environ, settings.SERVED_BY_UP: "1", "SECRET_KEY": settings.SECRET_KEY, "PYTHONUNBUFFERED": "1"}
    descriptor = listener.fileno()
    gunicorn = (
        *(sys.executable, "-m", "gunicorn", "compliance_app.wsgi:application", "--chdir", str(_BACKEND)),
        *("--bind", f"fd://{descriptor}", "--workers", "1", "--worker-class", "gthread"),
        # A part of an upload over a slow line may take minutes; a thread that waits for it holds up nobody.
        *("--threads", str(_THREADS), "--timeout", "120", "--graceful-timeout", "2", "--keep-alive", "15"),
        *("--no-control-socket", "--log-level", "warning"),
    )
    worker = (sys.executable, str(_BACKEND / "manage.py"), "work")
    logs = settings.DATA_DIR / "logs"
    return (
        Program("web", gunicorn, environment, logs / "web.log", (descriptor,)),
        Program("work", worker, environment, logs / "work.log"),
    )


def _introduce(console: Console, address: str, begun: FirstStart | None, listener: socket.socket) -> None:
    console.print(_("The site: %(address)s") % {"address": address}, style="bold", soft_wrap=True)
    if begun is not None:
        # The password goes to the terminal alone: never into a log, and it is kept nowhere in clear.
        console.print(_("Sign in as %(name)s with the password %(password)s") % _credentials(begun), markup=False)
        console.print(_("It is shown only now; you will be asked for one of your own."), markup=False)
    if is_open_to_others(listener):
        console.print(_("Other machines can reach it too, and the connection is not encrypted."), style="yellow")
    console.print(_("Ctrl-C stops it."), markup=False)


def _credentials(begun: FirstStart) -> dict[str, str]:
    return {"name": begun.username, "password": begun.password}


def _page(address: str, begun: FirstStart) -> str:
    return address.rstrip("/") + reverse("video", args=[begun.video_id])


def _watch(children: ChildProcesses, stopping: threading.Event, followed: FollowedRun | None) -> None:
    try:
        while not stopping.wait(_TICK_S):
            children.look_after()
            if followed is not None and followed.show():
                followed = None
    finally:
        if followed is not None:
            followed.close()


def _say_died(console: Console, name: str) -> None:
    said = {
        "web": _("The web server ended unexpectedly and is started again. Why: DATA_DIR/logs/web.log"),
        "work": _("The worker ended unexpectedly and is started again; its check goes on. Why: DATA_DIR/logs/work.log"),
    }[name]
    console.print(said, style="yellow", soft_wrap=True)
