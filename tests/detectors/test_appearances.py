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


def test_consecutive_frames_make_one_observation_of_the_best_frame() -> None:
    box = Box(0.1, 0.1, 0.2, 0.2)
    appearances = Appearances("objects")
    appearances.see(Moment(3.0, 4.0), {BOTTLE: Sighting(0.5)})
    appearances.see(Moment(4.0, 4.5), {BOTTLE: Sighting(0.9, box)})
    appearances.see(Moment(4.5, 6.0), {BOTTLE: Sighting(0.6)})

    (seen,) = appearances.finish()

    assert (seen.span, seen.score, seen.box, seen.frame_s) == (Span(3.0, 6.0), 0.9, box, 4.0)


def test_an_interruption_makes_two() -> None:
    assert [seen.span for seen in follow({BOTTLE: 0.5}, {}, {BOTTLE: 0.5})] == [Span(0.0, 1.0), Span(2.0, 3.0)]


def test_labels_do_not_mix() -> None:
    spans = {seen.label: seen.span for seen in follow({BOTTLE: 0.5}, {BOTTLE: 0.5, KNIFE: 0.5}, {KNIFE: 0.5})}

    assert spans == {BOTTLE: Span(0.0, 2.0), KNIFE: Span(1.0, 3.0)}


@given(st.lists(st.dictionaries(st.sampled_from([BOTTLE, KNIFE]), st.floats(0, 1)), max_size=12))
def test_every_sighting_is_covered_once_and_nothing_else(frames: list[dict[Label, float]]) -> None:
    seen = follow(*frames)

    for label in (BOTTLE, KNIFE):
        seconds = [
            second for one in seen if one.label is label for second in range(int(one.span.start_s), int(one.span.end_s))
        ]
        assert sorted(seconds) == [number for number, scores in enumerate(frames) if label in scores]
    assert max((one.score for one in seen), default=0) == max((max(f.values()) for f in frames if f), default=0)
