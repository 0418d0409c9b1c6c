"""Dictionary files: the format, what is reported about bad ones, and the lists that ship."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence import Label
from lexicon import DictionaryInvalid, Lexicon, ProblemCode
from lexicon.dictionary_file import read_dictionary


def labels(lexicon: Lexicon, text: str, *, spoken: bool = True) -> set[Label]:
    return {hit.label for hit in lexicon.find(text, spoken=spoken)}


def test_every_bad_line_is_reported_with_its_number(tmp_path):
    path = tmp_path / "words.txt"
    path.write_bytes(
        "слово # замечание\n\n# строка\nre:(\nre:(а+)+\nre:а*\n---\n[чужой]\n".encode()
        + b"\xff\xfe\n"
        + ("я" * 400).encode()
    )
    with pytest.raises(DictionaryInvalid) as caught:
        Lexicon.load(stopwords=path)
    assert caught.value.path == path
    assert [(problem.line, problem.code) for problem in caught.value.problems] == [
        (4, ProblemCode.BAD_REGEX),
        (5, ProblemCode.SLOW_REGEX),
        (6, ProblemCode.MATCHES_EMPTY),
        (7, ProblemCode.NO_LETTERS),
        (8, ProblemCode.UNKNOWN_SECTION),
        (9, ProblemCode.NOT_UTF8),
        (10, ProblemCode.TOO_LONG),
    ]


def test_a_missing_file_and_a_folder_are_unreadable(tmp_path):
    for path in (tmp_path / "нет.txt", tmp_path):
        with pytest.raises(DictionaryInvalid) as caught:
            Lexicon.load(brands=path)
        assert [problem.code for problem in caught.value.problems] == [ProblemCode.UNREADABLE]


@given(content=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: ("re:" + text).encode())))
def test_any_bytes_give_entries_or_one_typed_error(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(content)
    problems, entries = (), []
    try:
        entries = read_dictionary(path)
    except DictionaryInvalid as invalid:
        problems = invalid.problems
        reported = True
    else:
        reported = False
    assert reported == bool(problems)
    assert all(bool(entry.words) != (entry.regex is not None) for entry in entries)


@pytest.mark.parametrize(
    "expression", ["(а+)+б", "(а|аа)*б", "((а|б)+)+", r"(\w+\s?)*!", r".*а.*б.*в.*г", "(а{1,}){2,50}"]
)
def test_explosive_expressions_are_refused(tmp_path, expression):
    path = tmp_path / "words.txt"
    path.write_text("re:" + expression, encoding="utf-8")
    with pytest.raises(DictionaryInvalid) as caught:
        read_dictionary(path)
    assert [problem.code for problem in caught.value.problems] == [ProblemCode.SLOW_REGEX]


def test_the_slowest_accepted_expression_stays_bounded(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text(r"re:\w*а\w*б\w*в!" + "\n", encoding="utf-8")
    lexicon = Lexicon.load(stopwords=path)
    started = time.process_time()
    lexicon.find("а" * 3000, spoken=False)
    assert time.process_time() - started < 30


def test_words_phrases_exact_spellings_and_expressions(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text("\ufeffконкурент\nбелый порошок\n=вина\nre:секретн\\w+ проект\nещё\n", encoding="utf-8")
    lexicon = Lexicon.load(stopwords=path)
    text = "Конкуренты видели белого порошка, вины нет, вина есть, Секретный проект, ЕЩЕ; белый. порошок"
    hits = [hit.text for hit in lexicon.find(text, spoken=False) if hit.label is Label.WORD_STOPWORD]
    assert hits == ["Конкуренты", "белого порошка", "вина", "Секретный проект", "ЕЩЕ"]


def test_no_stop_words_as_shipped(lexicon):
    assert Label.WORD_STOPWORD not in labels(lexicon, "слово порошок конкурент")


@pytest.mark.parametrize(
    ("label", "text"),
    [
        (Label.WORD_BRAND, "купил на вайлдберриз"),
        (Label.WORD_BRAND, "заказала на Озоне"),
        (Label.WORD_BRAND, "курсы Скиллбокса"),
        (Label.WORD_BRAND, "новый iPhone 15"),
        (Label.WORD_BRAND, "в Яндекс Маркете"),
        (Label.WORD_BRAND, "Вкусно — и точка"),
        (Label.WORD_BRAND, "карта Тинькофф"),
        (Label.WORD_ALCOHOL, "выпили пива"),
        (Label.WORD_ALCOHOL, "бутылку вина"),
        (Label.WORD_ALCOHOL, "с виски"),
        (Label.WORD_TOBACCO, "закурил сигарету"),
        (Label.WORD_TOBACCO, "новый вейп"),
        (Label.WORD_DRUGS, "торговал героином"),
        (Label.WORD_DRUGS, "покурить травку"),
        (Label.WORD_GAMBLING, "онлайн-казино"),
        (Label.WORD_GAMBLING, "ставки на спорт"),
        (Label.WORD_GAMBLING, "1хбет"),
        (Label.WORD_SELFHARM, "мысли о самоубийстве"),
        (Label.WORD_SELFHARM, "покончил с собой"),
    ],
)
def test_built_in_lists(lexicon, label, text):
    assert label in labels(lexicon, text)


@pytest.mark.parametrize(
    "text",
    [
        "это моя вина",
        "Рома и Саша пришли",
        "магнит притягивает железо",
        "красная лента на коробке",
        "новый перекрёсток и светофор",
        "травка зеленеет, солнышко блестит",
        "положи соль и сделай закладку в книге",
        "съел яблоко, apple pie",
        "самокат и сковородка",
        "кричал в мегафон",
        "куры и петухи",
        "пари на щелбан",
        "строительная рулетка",
        "джинсы и джин из лампы",
        "план на завтра и косяк двери",
    ],
)
def test_everyday_words_are_on_no_list(lexicon, text):
    assert labels(lexicon, text) == set()
