"""``./compliance models``: which model files there are, where they come from, and whether they can be used."""

from __future__ import annotations

import argparse

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.console import Console
from rich.text import Text

from cli.command import ComplianceCommand
from cli.exit_codes import ExitCode
from detectors.registry import all_detectors
from detectors.weights import Problem, Weights, WeightsState, state
from pipeline.installation import detector_settings
from reports import wording


class Command(ComplianceCommand):
    help = gettext_lazy("List the model files: source, licence, checksum, state.")

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Only the language."""

    def run(self, options: argparse.Namespace) -> ExitCode:
        settings = detector_settings()
        output = Console(highlight=False)
        found = {weights: state(weights, settings.models_dir, settings.cache_dir) for weights in _users_of_weights()}
        for weights, detectors in _users_of_weights().items():
            output.print(_entry(found[weights], detectors), soft_wrap=True)
        unusable = sum(file.problem is not None for file in found.values())
        output.print(_("Model files: %(total)d, unusable: %(bad)d") % {"total": len(found), "bad": unusable})
        return ExitCode.MISCONFIGURED if unusable else ExitCode.NOTHING_NEEDS_ACTION


def _entry(found: WeightsState, detectors: list[str]) -> Text:
    weights = found.weights
    fine = found.problem is None
    entry = Text("✓ " if fine else "✗ ", style="green" if fine else "bold red")
    entry.append(weights.file_name, style="bold default")
    entry.append(f"  {wording.size(weights.size_bytes)}  ", style="default")
    entry.append(_state_title(found))
    for title, value in (
        (_("Detector"), ", ".join(map(wording.detector_title, detectors))),
        (_("Source"), weights.source),
        (_("Licence"), f"{weights.licence} (models/{weights.licence_file})"),
        ("SHA-256", weights.sha256),
    ):
        entry.append(f"\n    {title}: {value}", style="not bold dim default")
    return entry


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
