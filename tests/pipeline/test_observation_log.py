from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence import Box, Label, Modality, Observation, Span, Word
from pipeline.observation_log import ObservationLogDamaged, read_observations, write_observations

milliseconds = st.integers(0, 7_200_000).map(lambda ms: ms / 1000)
text = st.text(max_size=40)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    first, second = sorted((draw(milliseconds), draw(milliseconds)))
    return Span(first, second)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    left, right = sorted(draw(st.lists(st.integers(0, 1000), min_size=2, max_size=2, unique=True)))
    top, bottom = sorted(draw(st.lists(st.integers(0, 1000), min_size=2, max_size=2, unique=True)))
    return Box(left / 1000, top / 1000, (right - left) / 1000, (bottom - top) / 1000)


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    return Observation(
        detector="words",
        label=draw(st.sampled_from(Label)),
        score=draw(st.integers(0, 10_000)) / 10_000,
        span=draw(spans()),
        modality=draw(st.sampled_from(Modality)),
        box=draw(st.none() | boxes()),
        frame_s=draw(st.none() | milliseconds),
        text=draw(st.none() | text),
        context=draw(st.none() | text),
        words=tuple(draw(st.lists(st.builds(Word, text, milliseconds, milliseconds), max_size=3))),
        based_on=tuple(draw(st.lists(st.just("speech-000001"), max_size=2))),
    )


def without_id(seen: Observation) -> tuple[object, ...]:
    box = seen.box
    edges = None if box is None else tuple(round(edge, 4) for edge in (box.left, box.top, box.width, box.height))
    return (seen.label, seen.score, seen.span, seen.modality, edges, seen.frame_s, seen.text, seen.context, seen.words)


@given(st.lists(observations(), max_size=8))
def test_what_was_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, seen: list[Observation]) -> None:
    path = tmp_path_factory.mktemp("log") / "observations" / "words.1.jsonl"

    assert write_observations(path, "words", seen) == len(seen)
    back = read_observations(path)

    assert sorted(map(repr, map(without_id, back))) == sorted(map(repr, map(without_id, seen)))
    assert [found.span for found in back] == sorted(found.span for found in back)
    assert len({found.id for found in back}) == len(back)
    assert [left.name for left in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "line",
    ["not json", "[]", "{}", '{"id": "a", "detector": "words", "label": "no.such.label", "score": 1}'],
)
def test_a_damaged_line_is_named_by_its_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / "words.1.jsonl"
    write_observations(path, "words", [Observation("words", Label.WORD_RUDE, 1.0, Span(0, 1), Modality.SPEECH)])
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")

    with pytest.raises(ObservationLogDamaged) as damage:
        read_observations(path)

    assert damage.value.line_number == 2
