"""Of many who want one step, exactly one gets it: on both databases, from threads with connections of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.db.models import F

from accounts.models import User
from billing.models import Balance
from pipeline import claims
from pipeline.models import PipelineRun, StepRun
from videos.models import Video

pytestmark = pytest.mark.usefixtures("each_database")

CLAIMANTS = 8


def all_at_once(work: Callable[[int], object]) -> list[object]:
    """What each of ``CLAIMANTS`` threads got."""
    barrier = threading.Barrier(CLAIMANTS)
    got: list[object] = []

    def run(number: int) -> None:
        barrier.wait()
        try:
            got.append(work(number))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(CLAIMANTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def test_one_claimant_wins_a_step() -> None:
    video = Video.objects.create(name="1.mp4", size_bytes=1)
    run = PipelineRun.objects.create(video=video, number=1, signature="s")
    step = StepRun.objects.create(run=run, name="validate_video")

    attempts = all_at_once(lambda number: claims.claim(step, f"host:{number}:1"))

    assert sorted(attempts, key=str) == [1] + [None] * (CLAIMANTS - 1)
    assert claims.complete(step.pk, 1, {"by": "the winner"})
    assert not claims.complete(step.pk, 1, {"by": "the same once more"})


def test_a_conditional_update_inside_transactions_spends_no_more_than_there_is() -> None:
    owner = User.objects.create_user("owner", "owner@example.org", "x")
    Balance.objects.create(owner=owner, available_s=5)

    def spend(_: int) -> int:
        with transaction.atomic():
            assert User.objects.filter(pk=owner.pk).exists()  # reads before it writes, as a verb does
            return Balance.objects.filter(owner=owner, available_s__gte=1).update(available_s=F("available_s") - 1)

    assert sorted(all_at_once(spend), key=str) == [0] * (CLAIMANTS - 5) + [1] * 5
    assert Balance.objects.get(owner=owner).available_s == 0
