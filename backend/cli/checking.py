"""Checking one file on this machine: begin or take up its run, walk the pipeline, hand back the report."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console

from cli.command import Refused
from cli.exit_codes import ExitCode
from cli.folders import refusing_bad_folders, unwritable_folders
from cli.own_dictionaries import require_valid_dictionaries
from cli.progress_display import ProgressDisplay
from cli.rejudging import report_from
from cli.stopping import leave, stopping_on_signals
from media.limits import Limits
from media.opened_video import open_video
from media.rejection import VideoRejected
from pipeline.engine import Engine, RunCancelled, StorageTrouble
from pipeline.failure_sentences import failure_sentence
from pipeline.failures import REJECTED
from pipeline.installation import detector_settings, limits_from_settings, run_directory, working_folder
from pipeline.job import Workspace
from pipeline.models import PipelineRun, RunStatus, StepStatus
from pipeline.progress import RunProgress
from pipeline.runs import (
    FileIdentity,
    OwnedRun,
    analysis_signature,
    discard_run,
    forget_working_files,
    own_run,
)
from pipeline.step_names import PREPROCESS, VALIDATE, detect_step
from pipeline.table import PIPELINE
from reports import wording
from reports.document import Language, ReportDocument
from videos.installed_packs import pack_dirs
from videos.rejection_messages import rejection_sentence

_GRACE_S = 0.8
"""How long cancelled threads may take to notice: with the rest of the way out it stays below two seconds."""


@dataclass(frozen=True, slots=True)
class Checked:
    report: ReportDocument
    run_folder: Path


def check_video_file(path: Path, packs: Sequence[str], language: Language, console: Console, *, quiet: bool) -> Checked:
    """Analyse a file with every local detector and judge it under ``packs``.

    Raises ``Refused`` when the file cannot be analysed; nothing of it is left then. On Ctrl-C, and when the disk is
    full, finished steps are kept.
    """
    limits = limits_from_settings()
    settings = detector_settings()
    require_valid_dictionaries(settings)
    identity = _identify(path, limits)
    signature = analysis_signature(limits, settings)
    with refusing_bad_folders():
        forget_working_files(signature, working_folder(), run_directory)
        owned = own_run(identity, signature, packs, language, run_directory)
    if owned.kept_steps and not quiet:
        said = ngettext(
            "Begun before: %(count)d finished step is taken over.",
            "Begun before: %(count)d finished steps are taken over.",
            len(owned.kept_steps),
        )
        console.print(said % {"count": len(owned.kept_steps)}, markup=False)
    workspace = Workspace(
        path, identity.name, identity.sha256, owned.directory, limits, settings, tuple(packs), pack_dirs(), language
    )
    if _walk(owned.run, workspace, console, language, quiet=quiet) is RunStatus.FAILED:
        raise _failed(owned)
    owned.directory.remove_working_files()
    report = report_from(owned.directory.kept, packs, language)
    owned.lock.release()
    return Checked(report, owned.directory.kept)


def _identify(path: Path, limits: Limits) -> FileIdentity:
    """Name and fingerprint of a file that is worth opening. Raises ``Refused``."""
    try:
        with open_video(path, max_size_bytes=limits.max_size_bytes) as video:
            # A name from an old archive may not be UTF-8; the database and the report need text.
            name = os.fsencode(path.name).decode("utf-8", "replace")
            return FileIdentity(name, video.sha256(stopping=lambda: False), video.size_bytes)
    except VideoRejected as rejection:
        raise Refused(ExitCode.CANNOT_BE_ANALYSED, rejection_sentence(rejection)) from rejection


def _walk(run: PipelineRun, workspace: Workspace, console: Console, language: str, *, quiet: bool) -> RunStatus:
    progress = RunProgress({step.name: step.effort for step in PIPELINE})
    cancelled = threading.Event()
    engine = Engine(run, workspace, progress, cancelled, _GRACE_S)
    with stopping_on_signals(cancelled):
        try:
            if quiet:
                return engine.walk()
            with ProgressDisplay(progress, console, language):
                return engine.walk()
        except StorageTrouble as trouble:
            workspace.directory.remove_unfinished_files()
            raise Refused(ExitCode.MISCONFIGURED, unwritable_folders(trouble.reason)) from trouble
        except RunCancelled:
            workspace.directory.remove_unfinished_files()
            console.print(_("Stopped. Finished steps are kept: run the same command to go on."), markup=False)
            leave(ExitCode.INTERRUPTED)


def _failed(owned: OwnedRun) -> Refused:
    """What to say, and what to keep. The reason itself, with its traceback, is in the log of steps."""
    failed = owned.run.steps.filter(status=StepStatus.FAILED).exclude(name__startswith=detect_step("")).first()
    name = failed.name if failed is not None else PREPROCESS
    if failed is not None and failed.error == REJECTED:
        sentence = failure_sentence(failed.error, failed.error_details, name)
    else:
        sentence = _("The video could not be analysed: step “%(step)s” failed. The log of steps in DATA_DIR says why.")
        sentence %= {"step": wording.step_title(name)}
    if name in (VALIDATE, PREPROCESS) or (failed is not None and failed.error == REJECTED):
        discard_run(owned.run, owned.directory)
        return Refused(ExitCode.CANNOT_BE_ANALYSED, sentence)
    return Refused(ExitCode.MISCONFIGURED, sentence)  # hours of detection are kept for another try
