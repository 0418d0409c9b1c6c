"""``./compliance check FILE``: analyse a video, or judge a finished run again (``--from``)."""

from __future__ import annotations

import argparse

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.console import Console

from cli.check_options import add_check_options, hand_over, require_sense
from cli.checking import check_video_file
from cli.command import ComplianceCommand
from cli.embedded_database import prepare_database
from cli.exit_codes import ExitCode
from cli.pack_choice import chosen_packs
from cli.rejudging import report_from


class Command(ComplianceCommand):
    help = gettext_lazy("Analyse a video and propose a verdict of each policy pack.")

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        add_check_options(parser)

    def run(self, options: argparse.Namespace) -> ExitCode:
        require_sense(options)
        packs = chosen_packs(options.packs)
        if options.run_folder is not None:
            return hand_over(report_from(options.run_folder, packs, options.lang), options, None)
        prepare_database()
        messages = Console(stderr=True)
        video = options.file.absolute()
        checked = check_video_file(video, packs, options.lang, messages, quiet=options.quiet)
        if not options.quiet:
            messages.print(_("Run: %(folder)s") % {"folder": checked.run_folder}, markup=False, soft_wrap=True)
        return hand_over(checked.report, options, video)
