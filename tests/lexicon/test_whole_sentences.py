"""Whole sentences: programmes that advertise nothing stay silent, and what an advertisement says is found."""

import itertools
from pathlib import Path

import pytest

from evidence import Label
from lexicon import Lexicon

HERE = Path(__file__).parent
CLAIMS = {
    Label.OFFER_PROMO_CODE,
    Label.OFFER_LINK,
    Label.OFFER_PHONE,
    Label.MARK_WORD,
    Label.WORD_OBSCENE,
    Label.WORD_RUDE,
}


def rows(name: str) -> list[str]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def found(lexicon: Lexicon, label: Label, text: str, *, spoken: bool = False) -> list[str]:
    return [hit.text for hit in lexicon.find(text, spoken=spoken) if hit.label is label]


@pytest.mark.parametrize("spoken", [False, True], ids=["screen", "speech"])
@pytest.mark.parametrize("text", rows("ordinary_sentences.txt"))
def test_an_ordinary_sentence_is_silent(lexicon, text, spoken):
    assert [hit for hit in lexicon.find(text, spoken=spoken) if hit.label in CLAIMS] == []


@pytest.mark.parametrize("row", rows("advertising_phrases.tsv"))
def test_what_an_advertisement_says_is_found(lexicon, row):
    label, way, text, expected = row.split("\t")
    hits = [hit for hit in lexicon.find(text, spoken=way == "speech") if hit.label == label]
    assert [hit.text for hit in hits] == expected.split("|")
    assert all(hit.score >= 0.5 for hit in hits)


def test_a_promo_code_is_surer_the_more_speaks_for_it(lexicon):
    phrases = ["Промокод SPORT20", "Скидка по коду SPORT20", "Промокод в описании", "Введи код SPORT20"]
    scores = [hit.score for text in phrases for hit in lexicon.find(text, spoken=False) if "promo" in hit.label]
    assert scores == [1.0, 0.9, 0.7, 0.6]


@pytest.mark.parametrize("letters", ["АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЭЮЯ", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"])
def test_initials_are_never_profane(lexicon, letters):
    reported = []
    for first, second in itertools.product(letters, repeat=2):
        text = f"{first}.{second}. Ивин; Ивин {first}.{second}., {first}. {second}. Ивин, {first}.{second}.Ли"
        reported += [hit.text for hit in lexicon.find(text, spoken=False) if hit.label in CLAIMS]
    assert reported == []


@pytest.mark.parametrize(
    ("label", "text"),
    [
        (Label.WORD_ALCOHOL, "две ложки винного уксуса"),
        (Label.WORD_ALCOHOL, "уксус винный, две ложки"),
        (Label.WORD_ALCOHOL, "добавьте пивные дрожжи"),
        (Label.WORD_ALCOHOL, "щепотка винного камня"),
        (Label.WORD_ALCOHOL, "рыба в пивном кляре"),
        (Label.WORD_ALCOHOL, "король из династии Бурбонов"),
        (Label.WORD_BRAND, "озон в атмосфере и слой озона"),
        (Label.WORD_DRUGS, "группа «Спайс-гёрлз»"),
        (Label.WORD_SELFHARM, "компьютер повесился"),
        (Label.WORD_SELFHARM, "фильм «Отряд самоубийц»"),
    ],
)
def test_a_longer_phrase_silences_the_word_in_it(lexicon, label, text):
    assert found(lexicon, label, text) == []


def test_a_silent_phrase_silences_only_itself(lexicon):
    assert found(lexicon, Label.WORD_ALCOHOL, "винный уксус и красное вино, пивные дрожжи и пиво") == [
        "красное вино", "пиво",
    ]  # fmt: skip


def test_an_own_dictionary_may_name_silent_phrases(tmp_path):
    own = tmp_path / "бренды.txt"
    own.write_text("ромашка\n[allowed]\nполевая ромашка\nотвар из ромашки\nre:ромашк\\w+ чай\n", encoding="utf-8")
    lexicon = Lexicon.load(brands=own)
    text = "Полевые ромашки, отвар из ромашки, ромашковый и ромашка чай, а магазин Ромашка"
    assert found(lexicon, Label.WORD_BRAND, text) == ["Ромашка"]
