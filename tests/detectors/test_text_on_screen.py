from __future__ import annotations

import cv2
import numpy as np
import pytest
import zxingcpp
from detector_material import MODELS, Picture, everything_seen, frames, photo, title, video_frames

from detectors import text
from detectors.engines.onnx import OnnxModel
from detectors.engines.tesseract import ReadLine
from detectors.protocol import DetectorSettings
from detectors.text_lines import LineTracker
from detectors.text_reading import LineReading
from detectors.text_regions import TextRegions
from evidence import Frame, Label, Modality, Observation

LINES = (
    "Реклама. ООО «Ромашка», ИНН 7707083893",
    "Переходите по ссылке в описании",
    "НЕ ПОВТОРЯЙТЕ ЭТО ДОМА",
    "Телефон 8 800 555-35-35",
)


def read(pictures: list[Picture], settings: DetectorSettings) -> list[Observation]:
    return everything_seen(text.SPEC, frames(pictures), settings)


@pytest.mark.parametrize(
    ("ground", "least_recall"), [("dark", 0.95), ("light", 0.95), ("animation", 0.85), ("photo", 0.6)]
)
def test_most_words_of_a_title_are_read(ground: str, least_recall: float, settings: DetectorSettings) -> None:
    background = {
        "dark": None,
        "light": np.full((720, 1280, 3), 235, np.uint8),
        "animation": video_frames("bigbuckbunny.mp4")[0].image,
        "photo": photo("coffee.png"),
    }[ground]
    ink, outline = ("black", 0) if ground == "light" else ("white", 2 if background is not None else 0)
    wanted, found = 0, 0
    for size_px in (24, 32, 44):
        picture = title(*LINES, background=background, size_px=size_px, ink=ink, outline=outline)
        got = {word.text for seen in read([picture], settings) for word in seen.words}
        wanted += sum(len(line.split()) for line in LINES)
        found += sum(word in got for line in LINES for word in line.split())

    assert found / wanted >= least_recall


@pytest.mark.parametrize("token", ["erid: 2VtzqvKxYz1", "erid 2SDnjcXbQ7a", "erid: Kra23fPwE"])
def test_the_letter_case_of_a_token_is_kept(token: str, settings: DetectorSettings) -> None:
    (seen,) = read([title(token, size_px=40)], settings)

    assert seen.text == token


def test_a_line_spans_the_frames_that_show_it_and_is_placed(settings: DetectorSettings) -> None:
    plain, written = title(), title(LINES[2], size_px=36)

    (seen,) = read([plain, written, written, written, plain], settings)

    assert (seen.label, seen.modality, seen.text) == (Label.TEXT_LINE, Modality.TEXT, LINES[2])
    assert (seen.span.start_s, seen.span.end_s) == (1.0, 4.0)
    assert seen.frame_s == 1.0
    assert seen.box is not None
    assert seen.box.top < 60 / 720 + 0.05 < seen.box.top + seen.box.height + 0.05


def test_the_next_subtitle_in_the_same_place_is_another_line(settings: DetectorSettings) -> None:
    first, second = title("Это первая строка"), title("А тут уже другое")

    seen = read([first, first, second], settings)

    assert [(one.text, one.span.start_s, one.span.end_s) for one in seen] == [
        ("Это первая строка", 0.0, 2.0),
        ("А тут уже другое", 2.0, 3.0),
    ]


NEXT_LINES = (
    ("Всё хорошо, молодец", "Всё хорошо, пиздец"),
    ("Ну ты и умница, Петя", "Ну ты и сука, Петя"),
    ("Какая песня вышла", "Какая хуйня вышла"),
    ("Это был чудесный день", "Это был блядский день"),
    ("Вот это отлично, друзья", "Вот это охуенно, друзья"),
    ("Я вчера выпил чаю, а не сок", "Я вчера выпил пива, а не сок"),
    ("Ну ты и рука, Петя, говорил же я тебе вчера", "Ну ты и сука, Петя, говорил же я тебе вчера"),
    ("erid: 2VtzqwXk9aB7", "erid: 2VtzqvLm3kQ8"),
    ("erid: 2VtzqwXk9aB7", "erid: 2vtzqwxk9ab7"),
    ("Промокод SALE25 на сайте", "Промокод ЗИМА50 на сайте"),
    ("Реклама. ООО «Ромашка»", "Реклама. ООО «Ромашка-2»"),
    ("Подарок за 1990 рублей", "Подарок за 1890 рублей"),
)


@pytest.mark.parametrize("pair", NEXT_LINES, ids=lambda pair: pair[1])
def test_a_line_that_differs_by_a_word_does_not_swallow_its_neighbour(
    pair: tuple[str, str], settings: DetectorSettings
) -> None:
    first, second = pair

    seen = read([title(written, size_px=52) for written in (first, second, first)], settings)

    assert [(one.text, one.span.start_s, one.span.end_s) for one in seen] == [
        (first, 0.0, 1.0),
        (second, 1.0, 2.0),
        (first, 2.0, 3.0),
    ]


def test_a_letter_in_a_faint_long_line_is_a_change(settings: DetectorSettings) -> None:
    grey = np.full((720, 1280, 3), 90, np.uint8)
    first, second = "Ну ты и рука, Петя, говорил же я тебе вчера", "Ну ты и сука, Петя, говорил же я тебе вчера"

    seen = read([title(written, background=grey, ink="#b0b0b0") for written in (first, second)], settings)

    assert [one.text for one in seen] == [first, second]


def test_a_label_that_stays_over_a_cut_is_one_line(settings: DetectorSettings) -> None:
    grounds = (np.full((720, 1280, 3), 24, np.uint8), np.full((720, 1280, 3), 90, np.uint8))
    shown = [
        Frame(number, float(number), number + 1.0, True, title("erid: 2VtzqwXk9aB7", background=ground, size_px=40))
        for number, ground in enumerate(grounds)
    ]

    (seen,) = everything_seen(text.SPEC, shown, settings)

    assert (seen.span.start_s, seen.span.end_s) == (0.0, 2.0)


def test_a_label_over_moving_pictures_is_not_many_lines(settings: DetectorSettings) -> None:
    moving = [
        title("Реклама. ООО «Ромашка»", "erid: 2VtzqvKxYz1", background=frame.image, size_px=36, outline=2)
        for frame in video_frames("earth-480x270.mp4")[:10]
    ]

    seen = read(moving, settings)

    assert len(seen) <= 4
    assert {"erid: 2VtzqvKxYz1"} <= {one.text for one in seen}


def test_the_best_moment_of_a_fading_line_speaks_for_it(settings: DetectorSettings) -> None:
    plain, written = title(), title(LINES[2], size_px=36)
    fading = [cv2.addWeighted(written, share, plain, 1 - share, 0) for share in (0.15, 0.5, 1.0, 0.5)]

    (seen,) = read(fading, settings)

    assert seen.text == LINES[2]
    assert seen.span.end_s == 4.0


def test_an_unchanged_line_is_read_only_once() -> None:
    reading, crops = LineReading(MODELS / "tessdata"), []

    def read_and_count(crop: Picture) -> ReadLine:
        crops.append(crop)
        return reading.read(crop)

    tracker, regions = LineTracker(read_and_count), TextRegions(OnnxModel(MODELS / text.REGIONS.file_name))
    noise = np.random.default_rng(3)
    still = [
        np.clip(title(LINES[2]).astype(np.int16) + noise.integers(-4, 5, (720, 1280, 3)), 0, 255).astype(np.uint8)
        for _ in range(5)
    ]
    gone = [line for frame in frames(still) for line in tracker.see(frame, regions.find(frame.image))]

    (line,) = [*gone, *tracker.finish()]
    assert (line.best.text, line.start_s, line.end_s) == (LINES[2], 0.0, 5.0)
    assert len(crops) == 1


def test_nothing_is_read_where_nothing_is_written(settings: DetectorSettings) -> None:
    pictures = [photo(name) for name in ("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg")]
    pictures += [frame.image for frame in video_frames("bigbuckbunny.mp4")]
    pictures += [np.zeros((720, 1280, 3), np.uint8), np.full((8, 8, 3), 255, np.uint8)]

    assert read(pictures, settings) == []


def test_an_english_title_card(settings: DetectorSettings) -> None:
    seen = everything_seen(text.SPEC, video_frames("title-card-1080p.mp4"), settings)

    assert "THANKS FOR WATCHING" in [one.text for one in seen]


def test_a_qr_code_is_read_exactly_and_placed(settings: DetectorSettings) -> None:
    link = "https://example.ru/?erid=2VtzqvKxYz1"
    code = np.array(zxingcpp.create_barcode(link, zxingcpp.BarcodeFormat.QRCode).to_image(scale=8))
    picture = np.full((720, 1280, 3), 200, np.uint8)
    picture[300 : 300 + code.shape[0], 640 : 640 + code.shape[1]] = code[..., None]

    seen = read([picture, picture, np.full((720, 1280, 3), 200, np.uint8)], settings)
    (code_seen,) = [one for one in seen if one.label is Label.TEXT_QR]

    assert (code_seen.text, code_seen.span.start_s, code_seen.span.end_s) == (link, 0.0, 2.0)
    assert code_seen.box is not None
    assert 0.5 <= code_seen.box.left < 0.6
