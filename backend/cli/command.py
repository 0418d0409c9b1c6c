"""What every command shares: its language, its exit codes, and one sentence instead of a traceback."""

from __future__ import annotations

import argparse
import io
import logging
import os
import sys
from abc import abstractmethod
from itertools import pairwise
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext as _

from cli.exit_codes import ExitCode

_log = logging.getLogger("pipeline.command")


class Refused(Exception):
    """The command ends here: ``sentence`` goes to standard error, ``code`` to the shell."""

    def __init__(self, code: ExitCode, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


class _Parser(argparse.ArgumentParser):
    """A wrong option is a misconfigured call (3); argparse's own 2 means "cannot be analysed" here."""

    def error(self, message: str) -> NoReturn:
        said = _("The call is not understood (%(detail)s). Try: %(command)s --help")
        self.exit(ExitCode.MISCONFIGURED, said % {"detail": message, "command": self.prog} + "\n")


class ComplianceCommand(BaseCommand):
    """A command of ``./compliance``. Subclasses define ``add_options`` and ``run``, which returns an exit code."""

    requires_system_checks = ()

    def run_from_argv(self, argv: list[str]) -> None:
        # The help and the refusal of a wrong option come before the options are read.
        with translation.override("en" if _asks_for_english(argv) else "ru"):
            super().run_from_argv(argv)

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        name = {"check_video": "check", "judge_run": "check"}.get(subcommand, subcommand)
        return _arguments(self, f"./compliance {name}")

    def execute(self, *args: Any, **options: Any) -> None:
        # A path or a word outside of the terminal's encoding must not end the work.
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="replace")
        with translation.override(options["lang"]):
            try:
                code = self.run(argparse.Namespace(**options))
                sys.stdout.flush()
            except Refused as refusal:
                self.stderr.write(refusal.sentence)
                code = refusal.code
            except KeyboardInterrupt:
                self.stderr.write(_("Stopped."))
                code = ExitCode.INTERRUPTED
            except BrokenPipeError:
                # Whoever read our output has had enough (``| head``); nothing more can be written there.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                code = ExitCode.INTERRUPTED
            except DatabaseError:
                _log.exception("database")
                self.stderr.write(
                    _("The database does not answer as it should. Check DATABASE_URL, DATA_DIR and the free space.")
                )
                code = ExitCode.MISCONFIGURED
            except Exception:  # noqa: BLE001 - the last resort: a traceback is for the log, a sentence for the user
                _log.exception("command")
                self.stderr.write(_("Something unforeseen happened. The log in DATA_DIR/logs says what."))
                code = ExitCode.MISCONFIGURED
        sys.exit(code)

    @abstractmethod
    def add_options(self, parser: argparse.ArgumentParser) -> None: ...

    @abstractmethod
    def run(self, options: argparse.Namespace) -> ExitCode: ...


def _asks_for_english(argv: list[str]) -> bool:
    return "--lang=en" in argv or ("--lang", "en") in pairwise(argv)


def _arguments(command: ComplianceCommand, prog: str) -> argparse.ArgumentParser:
    parser = _Parser(prog=prog, description=str(command.help), allow_abbrev=False, add_help=False)
    # argparse speaks English only.
    parser._positionals.title, parser._optionals.title = _("arguments"), _("options")
    parser.add_argument("-h", "--help", action="help", help=_("show this help"))
    parser.add_argument("--lang", choices=("ru", "en"), default="ru", help=_("language of messages and reports"))
    command.add_options(parser)
    # Django hands these to every command; they are not for users here.
    hidden = {"settings": None, "pythonpath": None, "traceback": False, "no_color": False, "force_color": False}
    parser.set_defaults(verbosity=1, skip_checks=True, **hidden)
    return parser
