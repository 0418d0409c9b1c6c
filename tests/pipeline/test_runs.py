"""Which run of a file is worked on: ownership, taking up, leftovers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from pipeline.models import PipelineRun, RunStatus, StepRun, StepStatus
from pipeline.run_directory import RunDirectory
from pipeline.runs import FileIdentity, OwnedRun, discard_run, forget_working_files, own_run
from pipeline.settling import settle_run
from videos.models import Video, VideoStatus

pytestmark = pytest.mark.django_db(transaction=True)

IDENTITY = FileIdentity("ролик.mp4", "a" * 64, 1000)


class Machine:
    """One machine's folders."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.owned: list[OwnedRun] = []

    def directory_of(self, run_id: UUID) -> RunDirectory:
        return RunDirectory.of(str(run_id), data_dir=self.folder / "data", temp_dir=self.folder)

    def own(self, signature: str = "models-1", packs: tuple[str, ...] = ("ru-ads",)) -> OwnedRun:
        self.owned.append(own_run(IDENTITY, signature, packs, "ru", self.directory_of))
        return self.owned[-1]


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path)
    yield machine
    for owned in machine.owned:
        owned.lock.release()


def finish(owned: OwnedRun, *names: str) -> None:
    """Mark steps as done and leave the files that they would leave."""
    for row in owned.run.steps.filter(name__in=names):
        facts: dict[str, object] = {}
        if row.name == "preprocess_video":
            facts = {"has_sound": True}
            owned.directory.sound.write_bytes(b"")
        elif row.name.startswith("detect:"):
            path = owned.directory.observations(row.name.removeprefix("detect:"), 1)
            path.parent.mkdir(exist_ok=True)
            path.write_text("")
            facts = {"file": path.name}
        elif row.name == "find_triggers":
            owned.directory.analysis.write_text("{}")
        StepRun.objects.filter(pk=row.pk).update(status=StepStatus.COMPLETED, facts=facts)


def test_two_processes_never_share_a_run(machine: Machine) -> None:
    first = machine.own()
    second = machine.own()

    assert first.run.pk != second.run.pk
    assert (first.run.number, second.run.number) == (1, 2)
    assert Video.objects.count() == 1


def test_a_run_that_nobody_owns_any_more_is_taken_up(machine: Machine) -> None:
    first = machine.own()
    finish(first, "validate_video", "preprocess_video", "detect:speech")
    first.lock.release()

    second = machine.own()

    assert second.run.pk == first.run.pk
    assert set(second.kept_steps) == {"validate_video", "preprocess_video", "detect:speech"}


def test_other_models_begin_anew(machine: Machine) -> None:
    first = machine.own("models-1")
    first.lock.release()

    assert machine.own("models-2").run.pk != first.run.pk


def test_a_finished_run_is_history(machine: Machine) -> None:
    first = machine.own()
    settle_run(first.run, RunStatus.COMPLETED)
    first.lock.release()

    assert machine.own().run.number == 2
    assert Video.objects.get().status == VideoStatus.PROCESSING


def test_whoever_asks_again_gives_every_step_new_tries(machine: Machine) -> None:
    first = machine.own()
    finish(first, "validate_video", "preprocess_video")
    first.run.steps.filter(name="detect:text").update(status=StepStatus.FAILED, failures=3, error="worker_lost")
    first.run.steps.filter(name="detect:speech").update(status=StepStatus.PENDING, failures=2)
    settle_run(first.run, RunStatus.FAILED)
    first.lock.release()

    second = machine.own()

    assert second.run.pk == first.run.pk
    rows = {row.name: (row.status, row.failures, row.error) for row in second.run.steps.all()}
    assert rows["detect:text"] == rows["detect:speech"] == (StepStatus.PENDING, 0, "")
    assert PipelineRun.objects.get().status == RunStatus.RUNNING


def test_other_packs_only_judge_again(machine: Machine) -> None:
    first = machine.own(packs=("ru-ads",))
    everything = list(first.run.steps.values_list("name", flat=True))
    finish(first, *everything[:-1])
    first.lock.release()

    second = machine.own(packs=("ru-436fz",))

    assert set(everything) - set(second.kept_steps) == {"find_triggers", "build_report"}


def test_a_lost_file_is_made_again_with_all_that_depends_on_it(machine: Machine) -> None:
    first = machine.own()
    everything = list(first.run.steps.values_list("name", flat=True))
    finish(first, *everything[:-1])
    first.directory.observations("text", 1).unlink()
    first.lock.release()

    second = machine.own()

    lost = {"detect:text", "detect:words", "find_triggers", "build_report"}
    assert set(everything) - set(second.kept_steps) == lost


@pytest.mark.parametrize(("heard", "again"), [(True, set()), (False, {"preprocess_video"})])
def test_lost_sound_is_read_again_only_for_who_has_not_heard_it(machine: Machine, heard: bool, again: set[str]) -> None:
    first = machine.own()
    finish(first, "validate_video", "preprocess_video", "detect:objects", *(["detect:speech"] if heard else []))
    first.directory.remove_working_files()
    first.lock.release()

    kept = set(machine.own().kept_steps)

    assert {"validate_video", "detect:objects"} <= kept
    assert {"preprocess_video"} - kept == again


def test_a_discarded_run_leaves_nothing(machine: Machine) -> None:
    owned = machine.own()

    discard_run(owned.run, owned.directory)

    assert not Video.objects.exists()
    assert not owned.directory.kept.exists()
    assert not owned.directory.working.exists()


def test_a_video_with_another_run_survives_the_discarding_of_one(machine: Machine) -> None:
    first, second = machine.own(), machine.own()

    discard_run(second.run, second.directory)

    assert list(PipelineRun.objects.values_list("pk", flat=True)) == [first.run.pk]


def test_working_files_that_nobody_will_ask_for_are_forgotten(machine: Machine) -> None:
    unfinished, finished, outdated = machine.own(), machine.own(), machine.own("models-0")
    settle_run(finished.run, RunStatus.COMPLETED)
    for owned in (unfinished, finished, outdated):
        owned.directory.sound.write_bytes(b"sound")
        owned.lock.release()
    gone = machine.directory_of(uuid4())
    gone.working.mkdir(parents=True)
    foreign = unfinished.directory.working.parent / "not-a-run"
    foreign.mkdir()

    forget_working_files("models-1", unfinished.directory.working.parent, machine.directory_of)

    left = {path.name for path in unfinished.directory.working.parent.iterdir()}
    assert left == {str(unfinished.run.pk), "not-a-run"}


def test_the_working_files_of_a_run_at_work_are_never_touched(machine: Machine) -> None:
    owned = machine.own("models-0")
    owned.directory.sound.write_bytes(b"sound")

    forget_working_files("models-1", owned.directory.working.parent, machine.directory_of)

    assert owned.directory.sound.exists()


def test_what_was_computed_without_a_failed_step_is_computed_again(machine: Machine) -> None:
    first = machine.own()
    everything = list(first.run.steps.values_list("name", flat=True))
    finish(first, *(name for name in everything if name not in ("detect:speech", "build_report")))
    first.run.steps.filter(name="detect:speech").update(status=StepStatus.FAILED, error="unexpected")
    first.lock.release()

    kept = set(machine.own().kept_steps)

    assert set(everything) - kept == {"detect:speech", "detect:words", "find_triggers", "build_report"}


def test_a_refused_check_does_not_spoil_an_earlier_report(machine: Machine) -> None:
    first = machine.own()
    settle_run(first.run, RunStatus.COMPLETED)
    second = machine.own()
    settle_run(second.run, RunStatus.FAILED)

    discard_run(second.run, second.directory)

    assert Video.objects.get().status == VideoStatus.VERIFICATION


def test_a_planted_link_is_not_followed_by_the_cleaning(machine: Machine) -> None:
    finished = machine.own()
    settle_run(finished.run, RunStatus.COMPLETED)
    finished.lock.release()
    link = machine.folder / "planted"
    link.symlink_to(machine.folder / "data" / "runs")

    forget_working_files("models-1", link, machine.directory_of)

    assert finished.directory.kept.is_dir()


def test_installations_do_not_share_working_files(tmp_path: Path) -> None:
    one, other = (
        RunDirectory.of("run", data_dir=tmp_path / name, temp_dir=tmp_path).working.parent for name in ("a", "b")
    )

    assert one != other
