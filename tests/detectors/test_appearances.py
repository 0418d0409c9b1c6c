from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from detectors.appearances import Appearances, Moment, Sighting
from evidence import Box, Label, Observation, Span

BOTTLE, KNIFE = Label.OBJECT_BOTTLE, Label.OBJECT_KNIFE


def follow(*frames: dict[Label, float]) -> list[Observation]:
    appearances = Appearances("objects")
    seen = []
    for number, scores in enumerate(frames):
        sightings = {label: Sighting(score) for label, score in scores.items()}
        seen += appearances.see(Moment(float(number), number + 1.0), sightings)
    return seen + appearances.finish()


def test_consecutive_frames_make_one_observation_placed_by_the_best_one() -> None:
    box = Box(0.1, 0.1, 0.2, 0.2)
    appearances = Appearances("objects")
    appearances.see(Moment(3.0, 4.0), {BOTTLE: Sighting(0.52)})
    appearances.see(Moment(4.0, 4.5), {BOTTLE: Sighting(0.58, box)})
    appearances.see(Moment(4.5, 6.0), {BOTTLE: Sighting(0.55)})

    (seen,) = appearances.finish()

    assert (seen.span, seen.score, seen.box, seen.frame_s) == (Span(3.0, 6.0), 0.52, box, 4.0)


def test_a_strong_moment_in_a_weak_row_is_told_apart() -> None:
    """The peak of a row must not lend its score to the seconds around it."""
    seen = follow({BOTTLE: 0.51}, {BOTTLE: 0.52}, {BOTTLE: 0.81}, {BOTTLE: 0.5})

    assert {(one.score, one.span) for one in seen} == {(0.5, Span(0.0, 4.0)), (0.81, Span(2.0, 3.0))}


def test_a_rising_row_is_reported_by_tenths() -> None:
    seen = follow({BOTTLE: 0.5}, {BOTTLE: 0.9}, {BOTTLE: 0.6})

    assert {(one.score, one.span) for one in seen} == {
        (0.5, Span(0.0, 3.0)),
        (0.6, Span(1.0, 3.0)),
        (0.9, Span(1.0, 2.0)),
    }


def test_an_interruption_makes_two() -> None:
    assert [seen.span for seen in follow({BOTTLE: 0.5}, {}, {BOTTLE: 0.5})] == [Span(0.0, 1.0), Span(2.0, 3.0)]


def test_labels_do_not_mix() -> None:
    spans = {seen.label: seen.span for seen in follow({BOTTLE: 0.5}, {BOTTLE: 0.5, KNIFE: 0.5}, {KNIFE: 0.5})}

    assert spans == {BOTTLE: Span(0.0, 2.0), KNIFE: Span(1.0, 3.0)}


SCORES = st.dictionaries(st.sampled_from([BOTTLE, KNIFE]), st.floats(0, 1), max_size=2)


@given(frames=st.lists(SCORES, max_size=12), tenths=st.integers(0, 10))
def test_whatever_tenth_is_asked_for_its_seconds_are_the_frames_that_reach_it(
    frames: list[dict[Label, float]], tenths: int
) -> None:
    least = tenths / 10
    strong = [one for one in follow(*frames) if one.score >= least]

    for label in (BOTTLE, KNIFE):
        covered = {
            second
            for one in strong
            if one.label is label
            for second in range(int(one.span.start_s), int(one.span.end_s))
        }
        assert covered == {number for number, scores in enumerate(frames) if scores.get(label, -1.0) >= least}


@given(st.lists(SCORES, max_size=12))
def test_no_two_observations_say_the_same(frames: list[dict[Label, float]]) -> None:
    seen = follow(*frames)

    assert len({(one.label, one.span) for one in seen}) == len(seen)
    for one in seen:
        inside = [scores[one.label] for scores in frames[int(one.span.start_s) : int(one.span.end_s)]]
        assert one.score == min(inside)
