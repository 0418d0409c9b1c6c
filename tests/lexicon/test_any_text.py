"""Properties that hold for every text."""

import itertools
import time

from hypothesis import given
from hypothesis import strategies as st

from evidence import Label
from lexicon import Lexicon, sentence_around
from lexicon.folding import fold

FRAGMENTS = st.sampled_from(
    ["хуй", "х*й", "сука", "промокод", "SPORT20", "ООО «", "»", "erid:", "2VtzqwABcd", "Реклама", "₽", "1 990", "8 800",
     "точка ру", "скидка", "20 %", "\n", " ", ".", "ё", "й", "И\u0306", "\u200b", "*", "ИНН", "7707083893", "на озоне"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(FRAGMENTS, st.text(max_size=6)), max_size=30).map("".join)


@given(text=TEXTS, spoken=st.booleans())
def test_offsets_are_exact_and_nothing_raises(lexicon, text, spoken):
    hits = lexicon.find(text, spoken=spoken)
    for hit in hits:
        assert 0 <= hit.start < hit.end <= len(text)
        assert hit.text == text[hit.start : hit.end]
        assert 0.0 < hit.score <= 1.0
        assert hit.entry
    assert hits == sorted(hits, key=lambda hit: (hit.start, hit.end, hit.label))
    for label in Label:
        same = [hit for hit in hits if hit.label == label]
        assert all(before.end <= after.start for before, after in itertools.pairwise(same))


@given(text=st.text(), spoken=st.booleans())
def test_any_unicode_is_survived(lexicon, text, spoken):
    lexicon.find(text, spoken=spoken)


@given(text=st.text())
def test_folding_remembers_where_every_character_came_from(text):
    folded = fold(text)
    assert len(folded.chars) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    for start, end in zip(folded.starts, folded.ends, strict=True):
        assert 0 <= start < end <= len(text)


@given(text=TEXTS, data=st.data())
def test_the_sentence_around_a_place_holds_it(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert text[start:end].strip() in sentence_around(text, start, end)


def test_an_unpunctuated_two_hour_transcript_is_read_in_seconds(lexicon):
    text = " ".join(
        ["мы сегодня поговорим про сериалы и новый телефон который стоит двадцать тысяч рублей ну и вообще"] * 1000
    )
    started = time.process_time()
    hits = lexicon.find(text, spoken=True)
    assert time.process_time() - started < 20  # measured: 1 s; quadratic work would take minutes
    assert sum(hit.label is Label.OFFER_PRICE for hit in hits) == 1000


def test_hostile_repetition_is_linear(lexicon):
    started = time.process_time()
    for piece in ("а.", "х***й* ", "а б ", "1 ", "ООО «", "6ля3@$ ", "промокод ", "erid "):
        lexicon.find(piece * 2000, spoken=False)
    assert time.process_time() - started < 20  # measured: 1.5 s


def test_loading_twice_gives_the_same_answers(lexicon):
    text = "Реклама. ООО «Ромашка», промокод SPORT20, пиздец"
    assert Lexicon.load().find(text, spoken=False) == lexicon.find(text, spoken=False)
