"""``./compliance check --from RUN_DIR``: a command of its own, because ``check_video`` loads what models need."""

from __future__ import annotations

import argparse

from django.utils.translation import gettext_lazy

from cli.check_options import add_check_options, hand_over, require_sense
from cli.command import ComplianceCommand
from cli.exit_codes import ExitCode
from cli.pack_choice import chosen_packs
from cli.rejudging import report_from


class Command(ComplianceCommand):
    help = gettext_lazy("Judge a finished run again, without models.")

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        add_check_options(parser)

    def run(self, options: argparse.Namespace) -> ExitCode:
        require_sense(options)
        return hand_over(report_from(options.run_folder, chosen_packs(options.packs), options.lang), options, None)
