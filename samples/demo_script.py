"""What the demonstration video says and shows, second by second: data only, no drawing.

The story is one day on Earth, told by a video diary. What the product has to find is planted on purpose and named here,
so ``demo.expected.json`` and the video can never disagree. The shop, the cat food and the label are made up.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plant:
    """Something that the product must find. ``kind`` is a category or label identifier of the product."""

    kind: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Speech at ``at_s`` from the start of its scene: spoken by the synthesiser, or read from ``recording``."""

    at_s: float
    text: str
    recording: str = ""
    plants: tuple[Plant, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """What the camera sees of a picture: the centre and the width, in fractions of the picture's size.

    A view may be wider than the picture; black is shown outside.
    """

    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Caption:
    """A quiet plate in the lower left corner: the time of day, and what happens."""

    clock: str
    text: str


@dataclass(frozen=True, slots=True)
class Title:
    """Large words over the picture."""

    heading: str
    subheading: str
    left: float
    top: float
    plants: tuple[Plant, ...] = ()


@dataclass(frozen=True, slots=True)
class AdCard:
    """The lower third of an advertisement: the offer, and under it the label that the law asks for."""

    heading: str
    price: str
    label: str
    erid: str
    plants: tuple[Plant, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """One shot: a photo or a clip under a camera that glides from ``start`` to ``end``."""

    picture: str
    duration_s: float
    start: View
    end: View
    clip_from_s: float = 0.0
    overlay: Caption | Title | AdCard | None = None
    lines: tuple[Line, ...] = ()
    plants: tuple[Plant, ...] = ()


AD_LABEL = "Реклама. ООО «Ромашка», ИНН 9612345671"
AD_ERID = "erid: 2VfnHbRadEGt"
"""The two halves of a full label. The check digit is right, but no tax office 96 exists; the erid was never issued."""

SCENES: tuple[Scene, ...] = (
    Scene(
        "media/earth-480x270.mp4",
        8.0,
        View(0.20, 0.5, 1.08),
        View(0.24, 0.5, 1.0),
        overlay=Title(
            "Один день\nна планете Земля",
            "Видеодневник. Выпуск седьмой",
            0.07,
            0.33,
            (Plant("text.line", ("Один день", "на планете Земля")),),
        ),
        lines=(Line(0.9, "Здравствуйте, друзья. Сегодня мы проведём один день на планете Земля."),),
    ),
    Scene(
        "photos/rocket.jpg",
        4.4,
        View(0.5, 0.62, 0.85),
        View(0.5, 0.45, 1.0),
        overlay=Caption("05:40", "Космодром"),
        lines=(Line(0.4, "Утром с космодрома стартует ракета."),),
    ),
    Scene(
        "photos/astronaut.png",
        4.0,
        View(0.5, 0.30, 1.0),
        View(0.46, 0.25, 0.80),
        overlay=Caption("06:10", "На орбите"),
        lines=(Line(0.3, "На орбите уже работают космонавты."),),
    ),
    Scene(
        "media/bigbuckbunny.mp4",
        5.2,
        View(0.5, 0.5, 1.0),
        View(0.46, 0.48, 0.92),
        overlay=Caption("09:30", "Подъём"),
        lines=(
            Line(
                0.6,
                "Утро. Сука, опять проспал. Ну и хуйня.",
                plants=(Plant("language.rude", ("сука",)), Plant("language.obscene", ("хуйня",))),
            ),
        ),
    ),
    Scene(
        "photos/coffee.png",
        5.6,
        View(0.5, 0.45, 1.0),
        View(0.45, 0.42, 0.70),
        overlay=Caption("10:00", "Кофе"),
        lines=(Line(0.6, "Кофе мне прислал магазин Зерновик.", plants=(Plant("word.brand", ("Зерновик",)),)),),
    ),
    Scene(
        "photos/coffee.png",
        7.6,
        View(0.44, 0.38, 0.60),
        View(0.5, 0.5, 0.82),
        lines=(
            Line(
                0.3,
                "Мой промо код, космос. Вот скидка по промокодам. Ссылка в описании.",
                plants=(
                    Plant("ad.unlabelled", ("промокод", "ссылка в описании")),
                    Plant("offer.promo_code", ("промокод",)),
                    Plant("offer.call_to_action", ("ссылка в описании",)),
                ),
            ),
        ),
    ),
    Scene(
        "photos/chelsea.png",
        9.6,
        View(0.5, 0.5, 1.0),
        View(0.46, 0.42, 0.66),
        overlay=Caption("13:00", "Чтение вслух"),
        lines=(
            Line(
                0.6,
                "Она завела, прядь волнистых волос за ухо, подняла с тротуара корзинку с зеленью, и пошла через улицу.",
                "ru_0002.wav",
            ),
        ),
    ),
    Scene(
        "photos/chelsea.png",
        7.0,
        View(0.40, 0.42, 0.44),
        View(0.62, 0.46, 0.50),
        lines=(Line(0.3, "Со спокойным мужеством, Скайлс, ожидал всего, в этом безумном городе.", "ru_0003.wav"),),
    ),
    Scene(
        "photos/still_life.jpg",
        7.6,
        View(0.5, 0.5, 1.0),
        View(0.49, 0.5, 0.93),
        overlay=Caption("19:00", "Вечер"),
        lines=(
            Line(
                0.6,
                "Наступил вечер. На столе бутылка и бокал красного вина.",
                plants=(Plant("alcohol.mention", ("вина",)),),
            ),
        ),
        plants=(Plant("alcohol.visible"),),
    ),
    Scene(
        "media/earth-480x270.mp4",
        5.0,
        View(0.49, 0.5, 0.9),
        View(0.49, 0.5, 0.62),
        clip_from_s=12.0,
        overlay=Caption("23:00", "Ночь"),
        lines=(Line(0.6, "А ночью, светятся огни больших городов."),),
    ),
    Scene(
        "photos/chelsea.png",
        9.6,
        View(0.5, 0.60, 1.0),
        View(0.5, 0.55, 0.88),
        overlay=AdCard(
            "Корм для кошек",
            "300 руб. за пачку",
            AD_LABEL,
            AD_ERID,
            (
                Plant("ad.labelled", ("Реклама", "ООО «Ромашка»", "ИНН 9612345671", AD_ERID)),
                Plant("offer.price", ("300 руб.",)),
            ),
        ),
        lines=(Line(0.8, "Это реклама. Вкусный корм для кошек. Всего триста рублей."),),
    ),
    Scene(
        "media/title-card-1080p.mp4",
        5.0,
        View(0.5, 0.5, 1.0),
        View(0.5, 0.5, 1.0),
        lines=(Line(0.4, "Спасибо за внимание. До встречи на планете Земля."),),
    ),
)
