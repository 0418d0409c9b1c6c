"""``manage.py work``: a worker. Any number of them, on any machines, may share one database and one storage."""

from __future__ import annotations

import argparse
import threading

from django.utils.translation import gettext_lazy

from accounts.outgoing_mail import flush
from cli.command import ComplianceCommand
from cli.embedded_database import prepare_database
from cli.exit_codes import ExitCode
from cli.stopping import leave, stopping_on_signals
from pipeline.worker import Worker

_MAIL_S = 2.0
"""For mail that is about to leave."""


class Command(ComplianceCommand):
    help = gettext_lazy("Check the videos that wait in line, until it is stopped.")

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Only the language."""

    def run(self, options: argparse.Namespace) -> ExitCode:
        prepare_database()
        stopping = threading.Event()
        with stopping_on_signals(stopping):
            Worker(stopping).run()
        mail = threading.Thread(target=flush, daemon=True)
        mail.start()
        mail.join(timeout=_MAIL_S)
        leave(ExitCode.NOTHING_NEEDS_ACTION)
