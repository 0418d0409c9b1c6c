"""What a database refuses, both refuse."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from billing.models import Balance, EntryKind, LedgerEntry
from pipeline.models import PipelineRun
from videos.models import Project, ProjectSettings, Upload, UploadPart, Video
from webhooks.models import Delivery, Endpoint, Event

pytestmark = pytest.mark.usefixtures("each_database")


@pytest.fixture
def owner(each_database: str) -> User:
    return User.objects.create_user("owner", "Owner@example.org", "not-a-common-one")


def refused(change: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            change()
    except IntegrityError:
        return True
    return False


def test_one_account_per_address_in_any_letter_case(owner: User) -> None:
    assert refused(lambda: User.objects.create_user("second", "owner@EXAMPLE.org", "x"))
    User.objects.create_user("without-address", "", "x")
    User.objects.create_user("without-address-too", "", "x")


def test_a_balance_is_never_negative(owner: User) -> None:
    balance = Balance.objects.create(owner=owner, available_s=10)

    assert refused(lambda: Balance.objects.filter(pk=balance.pk).update(available_s=F("available_s") - 11))
    balance.refresh_from_db()
    assert balance.available_s == 10


def test_a_run_is_booked_once_of_each_kind(owner: User) -> None:
    run_id = uuid.uuid4()

    def book(kind: EntryKind, run: uuid.UUID | None) -> None:
        LedgerEntry.objects.create(owner=owner, kind=kind, seconds=60, available_change_s=-60, run_id=run)

    book(EntryKind.RESERVE, run_id)
    book(EntryKind.CHARGE, run_id)
    assert refused(lambda: book(EntryKind.RESERVE, run_id))
    book(EntryKind.GRANT, None)
    book(EntryKind.GRANT, None)


def test_numbers_are_given_once(owner: User) -> None:
    project = Project.objects.create(owner=owner, name="Обзоры")
    video = Video.objects.create(project=project, name="1.mp4", size_bytes=1)
    upload = Upload.objects.create(project=project, created_by=owner, name="1.mp4", storage_key="u/1")
    PipelineRun.objects.create(video=video, number=1, signature="s")
    ProjectSettings.objects.create(project=project, number=1)
    UploadPart.objects.create(upload=upload, number=1, size_bytes=1)

    assert refused(lambda: PipelineRun.objects.create(video=video, number=1, signature="s"))
    assert refused(lambda: ProjectSettings.objects.create(project=project, number=1))
    assert refused(lambda: UploadPart.objects.create(upload=upload, number=1, size_bytes=1))


def test_a_subject_is_announced_once_and_replayed_often(owner: User) -> None:
    project = Project.objects.create(owner=owner, name="Обзоры")
    endpoint = Endpoint.objects.create(project=project, url="https://example.org/", secret="s", created_by=owner)
    subject = uuid.uuid4()

    def deliver(replay_of: Delivery | None = None) -> Delivery:
        return Delivery.objects.create(
            endpoint=endpoint,
            event=Event.RUN_FINISHED,
            subject_id=subject,
            payload={},
            next_attempt_at=timezone.now(),
            replay_of=replay_of,
        )

    first = deliver()
    assert refused(deliver)
    deliver(replay_of=first)
    deliver(replay_of=first)


def test_sizes_beyond_two_gigabytes_fit(owner: User) -> None:
    video = Video.objects.create(name="1.mp4", size_bytes=2**40)

    video.refresh_from_db()
    assert video.size_bytes == 2**40
