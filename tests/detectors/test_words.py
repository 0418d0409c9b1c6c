"""The words detector: from segments and lines to places in time and on screen."""

from pathlib import Path

import pytest

from detectors.protocol import DetectorSettings, Reads
from detectors.words import SPEC
from evidence import Box, Label, Modality, Observation, Span, Word


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> DetectorSettings:
    folder = tmp_path_factory.mktemp("cache")
    return DetectorSettings(models_dir=folder, cache_dir=folder)


def segment(
    text: str, start_s: float, *, second_per_word: float = 0.5, probability: float = 0.9, key: str = ""
) -> Observation:
    """Whisper's way: each word carries its leading space and punctuation."""
    words = tuple(
        Word(" " + word, start_s + index * second_per_word, start_s + (index + 1) * second_per_word, probability)
        for index, word in enumerate(text.split())
    )
    span = Span(start_s, start_s + len(words) * second_per_word)
    return Observation("speech", Label.SPEECH_SEGMENT, 0.8, span, Modality.SPEECH, text=text, words=words, id=key)


def line(
    text: str, top: float, *, left: float = 0.1, start_s: float = 0.0, end_s: float = 5.0, key: str = ""
) -> Observation:
    box = Box(left, top, 0.4, 0.05)
    return Observation(
        "text", Label.TEXT_LINE, 0.9, Span(start_s, end_s), Modality.TEXT, box=box, frame_s=start_s, text=text, id=key
    )


def observed(settings: DetectorSettings, *items: Observation) -> list[Observation]:
    detector = SPEC.make(settings)
    settled = [observation for item in items for observation in detector.look(item)]
    return settled + list(detector.finish())


def only(observations: list[Observation], label: Label) -> Observation:
    (found,) = [observation for observation in observations if observation.label is label]
    return found


def test_the_spec_says_what_it_needs():
    assert (SPEC.name, SPEC.reads, set(SPEC.after)) == ("words", Reads.OBSERVATIONS, {"speech", "text"})


def test_a_spoken_word_has_its_exact_time_and_sentence(settings):
    found = observed(settings, segment("Привет всем. Ну это полный пиздец, ребята. Пока.", 10.0, key="s1"))
    hit = only(found, Label.WORD_OBSCENE)
    assert hit.text == "пиздец"
    assert (hit.span.start_s, hit.span.end_s) == (12.5, 13.0)
    assert hit.context == "Ну это полный пиздец, ребята."
    assert [word.text for word in hit.words] == [" пиздец,"]
    assert hit.modality is Modality.SPEECH
    assert hit.based_on == ("s1",)
    assert hit.score == pytest.approx(0.9)
    assert hit.box is None


def test_a_promo_code_said_across_two_segments(settings):
    found = observed(
        settings, segment("и вводите промокод", 0.0, key="a"), segment("спорт двадцать на сайте", 1.9, key="b")
    )
    hit = only(found, Label.OFFER_PROMO_CODE)
    assert hit.text == "промокод спорт двадцать"
    assert (hit.span.start_s, hit.span.end_s) == (1.0, pytest.approx(2.9))
    assert hit.based_on == ("a", "b")


def test_a_pause_of_a_second_separates(settings):
    found = observed(settings, segment("и вводите промокод", 0.0), segment("спорт двадцать на сайте", 2.6))
    assert only(found, Label.OFFER_PROMO_CODE).text == "промокод"


def test_a_segment_without_word_times_falls_back_to_its_span(settings):
    bare = Observation("speech", Label.SPEECH_SEGMENT, 0.7, Span(3.0, 6.0), Modality.SPEECH, text="какая сука")
    hit = only(observed(settings, bare), Label.WORD_RUDE)
    assert hit.span == Span(3.0, 6.0)
    assert hit.words == ()
    assert hit.score == pytest.approx(0.7)


def test_a_written_word_gets_its_part_of_the_line(settings):
    found = observed(settings, line("аааа сука", 0.5, start_s=2.0, key="t1"))
    hit = only(found, Label.WORD_RUDE)
    assert hit.text == "сука"
    assert hit.context == "аааа сука"
    assert hit.box.left == pytest.approx(0.1 + 0.4 * 5 / 9)
    assert hit.box.width == pytest.approx(0.4 * 4 / 9)
    assert (hit.span, hit.frame_s, hit.modality) == (Span(2.0, 5.0), 2.0, Modality.TEXT)
    assert hit.based_on == ("t1",)
    assert hit.score == pytest.approx(0.9)


def test_a_label_over_three_lines(settings):
    found = observed(
        settings,
        line("Реклама", 0.1),
        line("ООО", 0.17, end_s=4.0),
        line("«Ромашка»", 0.24),
        line("erid: 2VtzqwABcd1", 0.31),
    )
    assert only(found, Label.MARK_WORD).text == "Реклама"
    advertiser = only(found, Label.MARK_ADVERTISER)
    assert advertiser.text == "ООО\n«Ромашка»"
    assert advertiser.span == Span(0.0, 4.0)
    assert advertiser.box.top == pytest.approx(0.17)
    assert advertiser.box.height == pytest.approx(0.12)
    assert only(found, Label.MARK_ERID).text == "erid: 2VtzqwABcd1"


def test_a_token_on_the_line_below_its_keyword(settings):
    found = observed(settings, line("erid:", 0.1), line("2VtzqwABcd1", 0.16))
    assert only(found, Label.MARK_ERID).text == "erid:\n2VtzqwABcd1"


@pytest.mark.parametrize(
    "second",
    [line("SPORT20", 0.8), line("SPORT20", 0.16, start_s=5.0, end_s=9.0), line("SPORT20", 0.16, left=0.55)],
    ids=["far below", "shown later", "in another column"],
)
def test_lines_that_are_not_read_together(settings, second):
    hit = only(observed(settings, line("промокод", 0.1), second), Label.OFFER_PROMO_CODE)
    assert hit.text == "промокод"


def test_a_hit_inside_one_of_two_neighbours_is_told_once(settings):
    found = observed(settings, line("какая сука", 0.1), line("промокод SPORT20", 0.16))
    assert [hit.label for hit in found] == [Label.OFFER_PROMO_CODE, Label.WORD_RUDE]


def test_a_qr_code_with_a_link(settings):
    box = Box(0.7, 0.6, 0.2, 0.3)
    code = Observation(
        "text", Label.TEXT_QR, 1.0, Span(1.0, 4.0), Modality.TEXT, box=box, frame_s=2.0,
        text="https://shop.example.ru/?erid=LjN8KabcD", id="q",
    )  # fmt: skip
    found = observed(settings, code)
    assert {hit.label for hit in found} == {Label.OFFER_QR, Label.MARK_ERID}
    assert all(hit.box == box and hit.span == Span(1.0, 4.0) and hit.based_on == ("q",) for hit in found)


def test_a_qr_code_with_other_content_is_no_offer(settings):
    code = Observation("text", Label.TEXT_QR, 1.0, Span(1.0, 4.0), Modality.TEXT, text="WIFI:T:WPA;S:дом;P:сука;;")
    assert observed(settings, code) == []


def test_other_observations_are_ignored_and_silence_is_silent(settings):
    bottle = Observation("objects", Label.OBJECT_BOTTLE, 0.9, Span(0.0, 1.0), Modality.IMAGE)
    assert observed(settings, bottle) == []
    assert observed(settings) == []


def test_own_dictionaries_are_used(settings, tmp_path: Path):
    own = tmp_path / "стоп слова.txt"
    own.write_text("кракозябра\n", encoding="utf-8")
    mine = DetectorSettings(models_dir=tmp_path, cache_dir=tmp_path, stopwords_dict=own)
    assert only(observed(mine, segment("видели кракозябру", 0.0)), Label.WORD_STOPWORD).text == "кракозябру"


def test_results_are_in_time_order(settings):
    found = observed(
        settings, line("сука", 0.1, start_s=30.0, end_s=31.0), segment("ну и жопа", 20.0), segment("пиздец", 1.0)
    )
    assert [hit.text for hit in found] == ["пиздец", "жопа", "сука"]


def test_a_code_is_explained_by_the_discount_on_the_next_line(settings):
    found = observed(
        settings, line("Скидка 20 %", 0.1), line("Код: BLOG15", 0.16, start_s=1.0, key="c"), line("на всё меню", 0.22)
    )
    hit = only(found, Label.OFFER_PROMO_CODE)
    assert (hit.text, hit.span, hit.context, hit.based_on) == ("Код: BLOG15", Span(1.0, 5.0), "Код: BLOG15", ("c",))
    assert hit.box.top == pytest.approx(0.16)


def test_a_code_without_a_discount_near_is_only_a_code(settings):
    assert observed(settings, line("Ошибка", 0.1), line("Код: E404", 0.16)) == []
    assert observed(settings, line("Скидка на всё", 0.1), line("Код: BLOG15", 0.8)) == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("tel:+74951234567", {Label.OFFER_QR, Label.OFFER_PHONE}),
        ("TEL:88005553535", {Label.OFFER_QR, Label.OFFER_PHONE}),
        ("smsto:1234:ДА", {Label.OFFER_QR}),
        ("mailto:shop@example.ru", {Label.OFFER_QR}),
        ("BEGIN:VCARD\nVERSION:3.0\nN:Иванов\nTEL:+7 912 345-67-89\nEND:VCARD", {Label.OFFER_QR, Label.OFFER_PHONE}),
        ("MECARD:N:Иванов;TEL:89123456789;;", {Label.OFFER_QR, Label.OFFER_PHONE}),
        ("ST00012|Name=Ромашка|Sum=100", {Label.OFFER_QR}),
        ("Промокод SPORT20", {Label.OFFER_QR, Label.OFFER_PROMO_CODE}),
        ("Ждём на romashka.ru", {Label.OFFER_QR}),
        ("звоните (495) 123-45-67", {Label.OFFER_QR, Label.OFFER_PHONE}),
        ("Билет 25, ряд 3, сука", set()),
        ("geo:55.75,37.61", set()),
        ("WIFI:T:WPA;S:дом;P:89123456789;;", set()),
    ],
)
def test_what_a_qr_code_without_a_link_offers(settings, content, expected):
    code = Observation("text", Label.TEXT_QR, 1.0, Span(1.0, 4.0), Modality.TEXT, text=content, id="q")
    assert {hit.label for hit in observed(settings, code)} == expected


def test_a_probability_that_is_no_number_is_no_certainty(settings):
    hit = only(observed(settings, segment("какая сука", 0.0, probability=float("nan"))), Label.WORD_RUDE)
    assert hit.score == 0.0


def test_a_word_without_finite_times_falls_back_to_its_segment(settings):
    nan = float("nan")
    words = (Word(" какая", 3.0, 3.5, 0.9), Word(" сука", nan, nan, 0.9))
    heard = Observation(
        "speech", Label.SPEECH_SEGMENT, 0.7, Span(3.0, 6.0), Modality.SPEECH, text="какая сука", words=words
    )
    hit = only(observed(settings, heard), Label.WORD_RUDE)
    assert (hit.span, hit.words, hit.score) == (Span(3.0, 6.0), (), pytest.approx(0.7))
