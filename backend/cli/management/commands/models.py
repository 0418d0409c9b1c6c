"""``./compliance models``: which model files there are, where they come from, and whether they can be used."""

from __future__ import annotations

import argparse

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.command import ComplianceCommand
from cli.exit_codes import ExitCode
from cli.workspaces import detector_settings
from detectors.registry import all_detectors
from detectors.weights import Problem, Weights, WeightsState, state
from reports import wording


class Command(ComplianceCommand):
    help = gettext_lazy("List the model files: source, licence, checksum, state.")

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Only the language."""

    def run(self, options: argparse.Namespace) -> ExitCode:
        settings = detector_settings()
        table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
        for title in (_("File"), _("Detector"), _("Source"), _("Licence"), "SHA-256", _("State")):
            table.add_column(title, overflow="fold")
        usable = True
        for weights, detectors in _users_of_weights().items():
            found = state(weights, settings.models_dir, settings.cache_dir)
            usable = usable and found.problem is None
            table.add_row(
                weights.file_name,
                ", ".join(map(wording.detector_title, detectors)),
                weights.source,
                weights.licence,
                weights.sha256[:16] + "…",
                Text(_state_title(found), style="green" if found.problem is None else "bold red"),
            )
        Console().print(table)
        return ExitCode.NOTHING_NEEDS_ACTION if usable else ExitCode.MISCONFIGURED


def _users_of_weights() -> dict[Weights, list[str]]:
    """One file may serve several detectors."""
    users: dict[Weights, list[str]] = {}
    for spec in all_detectors():
        for weights in spec.weights:
            users.setdefault(weights, []).append(spec.name)
    return users


def _state_title(found: WeightsState) -> str:
    if found.problem is None:
        return _("ready") if found.assembled else _("ready, joined on first use")
    return {
        Problem.ABSENT: _("missing"),
        Problem.WRONG_CHECKSUM: _("wrong checksum"),
        Problem.UNREADABLE: _("cannot be read"),
        Problem.CACHE_UNWRITABLE: _("cannot be written"),
    }[found.problem]
