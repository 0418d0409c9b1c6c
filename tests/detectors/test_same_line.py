"""Two readings of one line, or two lines."""

from __future__ import annotations

import pytest

from detectors.engines.tesseract import ReadLine, ReadWord
from detectors.same_line import is_same_line


def line(text: str, confidence: float = 0.95, **unsure: float) -> ReadLine:
    """``unsure`` gives single words a confidence of their own."""
    return ReadLine(tuple(ReadWord(word, unsure.get(word, confidence)) for word in text.split()), confidence)


def same(one: ReadLine, other: ReadLine, *, across_cut: bool = False) -> bool:
    verdict = is_same_line(one, other, across_cut=across_cut)
    assert is_same_line(other, one, across_cut=across_cut) == verdict
    return verdict


@pytest.mark.parametrize("across_cut", [False, True])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Видеодневник. Выпуск седьмой", "Видеодневник, Выпуск седьмой"),
        ("Реклама. ООО «Ромашка»", "Реклама. OOO «Ромашка»"),
        ("ещё один счёт", "еще один счет"),
        ("Переходите по ссылке", "Переходите посс ылке"),
        ("erid: 2VtzqwXk9aB7", "erid 2VtzqwXk9aB7"),
    ],
)
def test_what_reading_gets_wrong_is_one_line(one: str, other: str, across_cut: bool) -> None:
    assert same(line(one), line(other), across_cut=across_cut)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Это был чудесный день", "Это был блядский день"),
        ("Ну ты и рука, Петя", "Ну ты и сука, Петя"),
        ("Вызвали медики", "Вызвали педики"),
        ("Всего 1990 рублей", "Всего 1890 рублей"),
        ("erid: 2VtzqwXk9aB7", "erid: 2vtzqwxk9ab7"),
        ("erid: KraAbCdEf", "erid: kraabcdef"),
        ("Промокод ЛЕТО10", "Промокод ЗИМА50"),
        ("ООО «Ромашка»", "ООО «Ромашка-2»"),
        ("Промокод", "Промокод ЛЕТО10"),
        ("выпил пива", "выпил чаю"),
    ],
)
def test_another_word_read_well_is_another_line(one: str, other: str) -> None:
    assert not same(line(one), line(other))


def test_a_badly_read_word_may_differ_by_some_letters() -> None:
    assert same(line("Переходите по ссылке"), line("Переходнте по сснлке", Переходнте=0.4, сснлке=0.5))
    assert not same(line("Это был чудесный день"), line("Это был блядский день", блядский=0.4))


def test_a_badly_read_token_is_still_another_token() -> None:
    assert not same(line("erid: 2VtzqwXk9aB7"), line("erid: 2VtzqwXk9a87", 0.4))


def test_a_faint_beginning_belongs_to_the_line_but_not_across_a_cut() -> None:
    whole, faint = line("Не повторяйте это дома"), line("Не повторяйте", 0.4)

    assert same(whole, faint)
    assert not same(whole, faint, across_cut=True)


def test_nothing_readable_is_not_part_of_everything() -> None:
    assert not same(line("Не повторяйте это дома"), line("— .", 0.1))
