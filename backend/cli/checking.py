"""Checking one file on this machine: begin or take up its run, walk the pipeline, hand back the report."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console

from cli.command import Refused
from cli.exit_codes import ExitCode
from cli.own_dictionaries import require_valid_dictionaries
from cli.progress_display import ProgressDisplay
from cli.workspaces import create, detector_settings, limits_from_settings, run_directory
from media.limits import Limits
from media.opened_video import open_video
from media.rejection import RejectionReason, VideoRejected
from pipeline.analysis import load_analysis
from pipeline.engine import Engine, RunCancelled
from pipeline.failures import REJECTED
from pipeline.job import Workspace
from pipeline.judging import report_of
from pipeline.models import PipelineRun, RunStatus, StepRun, StepStatus
from pipeline.progress import RunProgress
from pipeline.runs import (
    FileIdentity,
    analysis_signature,
    begin_run,
    discard_run,
    finish_video,
    take_up,
    unfinished_run,
)
from pipeline.table import PIPELINE
from policy.loading import load_packs
from reports.document import Language, ReportDocument
from reports.product import VERSION
from videos.models import VideoStatus
from videos.rejection_messages import rejection_sentence

_GRACE_S = 0.8
"""How long cancelled threads may take to notice: with the rest of the way out it stays below two seconds."""


@dataclass(frozen=True, slots=True)
class Checked:
    report: ReportDocument
    run_folder: Path


def check_video_file(path: Path, packs: Sequence[str], language: Language, console: Console, *, quiet: bool) -> Checked:
    """Analyse a file with every local detector and judge it under ``packs``.

    Raises ``Refused`` when the file cannot be analysed; nothing of it is left then. On Ctrl-C finished steps are kept.
    """
    limits = limits_from_settings()
    settings = detector_settings()
    require_valid_dictionaries(settings)
    identity = _identify(path, limits)
    signature = analysis_signature(limits, settings)
    run = unfinished_run(identity, signature)
    if run is None:
        run, kept = begin_run(identity, signature, packs, language), []
        directory = run_directory(run.pk)
        create(directory)
    else:
        directory = run_directory(run.pk)
        create(directory)
        kept = take_up(run, directory, packs, language)
    workspace = Workspace(path, identity.name, directory, limits, settings, tuple(packs), language)
    if kept and not quiet:
        said = ngettext(
            "Going on where it stopped: %(count)d step is already done.",
            "Going on where it stopped: %(count)d steps are already done.",
            len(kept),
        )
        console.print(said % {"count": len(kept)}, markup=False)
    if _walk(run, workspace, console, language, quiet=quiet) is RunStatus.FAILED:
        sentence = _why_failed(run)
        discard_run(run, directory)
        raise Refused(ExitCode.CANNOT_BE_ANALYSED, sentence)
    directory.remove_working_files()
    finish_video(run, VideoStatus.VERIFICATION)
    analysis = load_analysis(directory.analysis)
    report = report_of(analysis, directory.kept, load_packs(packs), language=language, product_version=VERSION)
    return Checked(report, directory.kept)


def _identify(path: Path, limits: Limits) -> FileIdentity:
    """Name and fingerprint of a file that is worth opening. Raises ``Refused``."""
    try:
        with open_video(path, max_size_bytes=limits.max_size_bytes) as video:
            return FileIdentity(path.name, video.sha256(stopping=lambda: False), video.size_bytes)
    except VideoRejected as rejection:
        raise Refused(ExitCode.CANNOT_BE_ANALYSED, rejection_sentence(rejection)) from rejection


def _walk(run: PipelineRun, workspace: Workspace, console: Console, language: str, *, quiet: bool) -> RunStatus:
    progress = RunProgress({step.name: step.effort for step in PIPELINE})
    cancelled = threading.Event()
    engine = Engine(run, workspace, progress, cancelled, _GRACE_S)
    with _stopping_on_signals(cancelled):
        try:
            if quiet:
                return engine.walk()
            with ProgressDisplay(progress, console, language):
                return engine.walk()
        except RunCancelled:
            workspace.directory.remove_unfinished_files()
            console.print(_("Stopped. Finished steps are kept: run the same command to go on."), markup=False)
            _leave()


def _leave() -> NoReturn:
    """End the process at once: a thread inside a model cannot be interrupted, and taking the interpreter down with the
    models loaded costs most of a second."""
    connection.close()
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(ExitCode.INTERRUPTED)


@contextmanager
def _stopping_on_signals(cancelled: threading.Event) -> Iterator[None]:
    """Ctrl-C and a polite kill ask the engine to stop. The old handlers come back at the end."""

    def stop(number: int, frame: FrameType | None) -> None:
        cancelled.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _why_failed(run: PipelineRun) -> str:
    """One sentence. The reason itself, with its traceback, is in the log of steps."""
    failed = StepRun.objects.filter(run=run, status=StepStatus.FAILED).exclude(name__startswith="detect:").first()
    if failed is not None and failed.error == REJECTED:
        reason = RejectionReason(failed.error_details["reason"])
        return rejection_sentence(VideoRejected(reason, **failed.error_details["details"]))
    step = failed.name if failed is not None else "?"
    return _("The video could not be analysed: step “%(step)s” failed. The log of steps in DATA_DIR says why.") % {
        "step": step
    }
