"""Going on with a run that was begun: which of its finished steps are kept, and which have to be done again."""

from __future__ import annotations

from collections.abc import Sequence, Set

from pipeline.models import PipelineRun, StepRun, StepStatus
from pipeline.run_directory import RunDirectory
from pipeline.step_names import BUILD_REPORT, FETCH, FIND_TRIGGERS, PLAYBACK, PREPROCESS, PUBLISH, detect_step
from pipeline.table import Step


def keep_finished(
    run: PipelineRun,
    directory: RunDirectory,
    table: Sequence[Step],
    changed: Set[str] = frozenset(),
    *,
    fresh_tries: bool,
) -> tuple[str, ...]:
    """Prepare the rows of an unfinished run for going on; returns the names of the steps that are kept.

    Steps whose files are gone are done again, and so are those of ``changed`` and what depends on either. With
    ``fresh_tries`` somebody asks again, so every step that is not done gets its full number of tries; without, what
    failed stays failed and is counted on: a step that kills its worker again and again must end.
    """
    rows = {row.name: row for row in StepRun.objects.filter(run=run)}
    again = {
        name
        for name, row in rows.items()
        if (row.status == StepStatus.COMPLETED and _files_gone(row, directory))
        or row.status in (StepStatus.PENDING, StepStatus.RUNNING)
        or (row.status == StepStatus.FAILED and fresh_tries)
    }
    inputs_gone = again & {FETCH, PREPROCESS}
    again = _with_dependants(table, (again - inputs_gone) | changed)
    for name in (PREPROCESS, FETCH):
        if name in inputs_gone and _is_needed(name, table, rows, again):
            again.add(name)
    kept = tuple(name for name, row in rows.items() if row.status == StepStatus.COMPLETED and name not in again)
    undone = StepRun.objects.filter(run=run, name__in=again)
    if not fresh_tries:
        undone = undone.filter(status__in=(StepStatus.COMPLETED, StepStatus.FAILED))
    undone.update(status=StepStatus.PENDING, progress=0.0, failures=0, claimed_by="", error="", error_details={})
    return kept


def _with_dependants(table: Sequence[Step], names: set[str]) -> set[str]:
    """The table is in order of dependence, so one walk finds whatever comes after one of them."""
    found = set(names)
    for step in table:
        if found & set(step.after):
            found.add(step.name)
    return found


def _is_needed(name: str, table: Sequence[Step], rows: dict[str, StepRun], again: set[str]) -> bool:
    """Whether what an input step brings is still read: only who has to hear needs the sound again, and only who has to
    look needs the video."""
    if rows[name].status != StepStatus.COMPLETED:
        return True
    readers = {step.name for step in table if step.lane == "sound"} | {PLAYBACK}
    if name == FETCH:
        readers = {step.name for step in table} - {FETCH, PUBLISH, BUILD_REPORT}
    return any(reader in again for reader in readers)


def _files_gone(row: StepRun, directory: RunDirectory) -> bool:
    if row.name == FETCH:
        copy = row.facts.get("copy")
        return copy is not None and not (directory.working / copy).is_file()
    if row.name == PREPROCESS:
        return bool(row.facts.get("has_sound")) and not directory.sound.is_file()
    if row.name == FIND_TRIGGERS:
        return not directory.analysis.is_file()
    if row.name == BUILD_REPORT:
        return not directory.report.is_file()
    if row.name == PLAYBACK:
        return not directory.playback.is_dir()
    if row.name.startswith(detect_step("")):
        return not (directory.kept / "observations" / row.facts.get("file", "")).is_file()
    return False
