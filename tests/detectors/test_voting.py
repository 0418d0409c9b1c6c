"""The vote over neighbouring frames, on made-up scores: there is no picture of nudity or gore to test with."""

from __future__ import annotations

import pytest

from detectors.appearances import Moment
from detectors.voting import ShotVote
from evidence import Label

GORE = Label.SAFETY_GORE


def settled(*frames: tuple[float, bool]) -> list[float]:
    """Votes of one frame a second; ``True`` starts a shot."""
    votes = ShotVote()
    taken = [
        votes.take(Moment(second, second + 1.0), {GORE: score}, is_shot_start=starts)
        for second, (score, starts) in enumerate(frames)
    ]
    in_order = [vote for vote in [*taken, votes.last()] if vote is not None]
    assert [vote.moment.time_s for vote in in_order] == list(range(len(frames)))
    return [vote.scores[GORE] for vote in in_order]


def test_one_odd_frame_in_a_calm_shot_does_not_count() -> None:
    assert settled((0.1, True), (0.1, False), (0.9, False), (0.1, False), (0.1, False)) == [0.1] * 5


def test_two_neighbours_that_agree_count() -> None:
    votes = settled((0.1, True), (0.1, False), (0.9, False), (0.8, False), (0.1, False), (0.1, False))

    assert votes == [0.1, 0.1, 0.8, 0.8, 0.1, 0.1]


def test_a_shot_of_one_frame_has_its_own_voice() -> None:
    assert settled((0.1, True), (0.9, True), (0.1, True)) == [0.1, 0.9, 0.1]


def test_shots_do_not_vote_on_each_other() -> None:
    votes = settled((0.9, True), (0.9, False), (0.2, True), (0.2, False))

    assert votes == [0.9, 0.9, 0.2, 0.2]


def test_at_the_edge_of_a_shot_two_frames_meet_halfway() -> None:
    assert settled((0.2, True), (0.6, False)) == [pytest.approx(0.4)] * 2


def test_no_frames_no_votes() -> None:
    assert settled() == []
