"""What a machine saw and heard in the sample video: a sneaker review with obscene words, an unlabelled and a labelled
ad, and a wine glass. The pictures are real frames."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import av
import cv2
import numpy as np
import numpy.typing as npt

from evidence import Box, Label, Modality, Observation, Span, VideoFacts, Word
from reports.thumbnails import encode_thumbnail

SAMPLES = Path(__file__).parents[2] / "samples"

FACTS = VideoFacts(
    sha256="9f2c" * 16,
    size_bytes=88_400_512,
    container="mp4",
    video_codec="h264",
    audio_codec="aac",
    width=1280,
    height=720,
    rotation_degrees=0,
    fps=29.97,
    duration_s=754.32,
)

SPEECH = (
    (1.2, "Всем привет, сегодня у нас обзор беговых кроссовок, которые я ношу уже третий месяц подряд."),
    (62.0, "Подошва мягкая, пятка держит, но шнурки, честно говоря, так себе."),
    (121.0, "И тут я наступаю в лужу, и они, блядь, промокают насквозь, понимаете, за минуту."),
    (128.0, "Ну просто пиздец какой-то, простите за выражение."),
    (205.0, "Я бегаю по утрам, обычно десять километров, иногда больше."),
    (250.0, "Кстати, кроссовки мне прислал магазин «Лайтран», и для вас есть подарок."),
    (258.0, "По промокоду ВЕСНА20 скидка двадцать процентов, переходите по ссылке в описании."),
    (330.0, "Придурки, которые пишут мне в комментариях про вес, идите уже лесом."),
    (431.0, "Вечером мы посидели с ребятами, отметили мой первый полумарафон."),
    (580.0, "Этот выпуск выходит при поддержке компании «Верста», реклама, подробности на экране."),
    (700.0, "Ставьте лайки, подписывайтесь, увидимся на следующей неделе."),
)


def spoken(number: int, start_s: float, text: str, word_s: float = 0.42) -> Observation:
    words = tuple(
        Word(word, round(start_s + place * word_s, 2), round(start_s + place * word_s + 0.36, 2), 0.93)
        for place, word in enumerate(text.split())
    )
    return Observation(
        detector="speech",
        label=Label.SPEECH_SEGMENT,
        score=0.94,
        span=Span(start_s, words[-1].end_s),
        modality=Modality.SPEECH,
        text=text,
        words=words,
        language="ru",
        id=f"speech-{number}",
    )


def said(name: str, label: Label, part: str, score: float, segments: Sequence[Observation]) -> Observation:
    """A dictionary hit on the words of ``part`` in the first segment that holds them."""
    wanted = part.split()
    for segment in segments:
        bare = [word.text.strip(",.!?«»") for word in segment.words]
        for place in range(len(bare)):
            if bare[place : place + len(wanted)] == wanted:
                words = segment.words[place : place + len(wanted)]
                span = Span(words[0].start_s, words[-1].end_s)
                return Observation(
                    detector="words",
                    label=label,
                    score=score,
                    span=span,
                    modality=Modality.SPEECH,
                    text=part,
                    context=segment.text,
                    words=words,
                    based_on=(segment.id,),
                    id=name,
                )
    raise AssertionError(f"nobody says {part!r}")


@cache
def observations() -> tuple[Observation, ...]:
    segments = [spoken(number, start, text) for number, (start, text) in enumerate(SPEECH)]
    seen = [
        said("obscene-1", Label.WORD_OBSCENE, "блядь", 0.97, segments),
        said("obscene-2", Label.WORD_OBSCENE, "пиздец", 0.96, segments),
        said("rude-1", Label.WORD_RUDE, "Придурки", 0.81, segments),
        said("promo-1", Label.OFFER_PROMO_CODE, "промокоду ВЕСНА20", 0.93, segments),
        said("call-1", Label.OFFER_CALL_TO_ACTION, "переходите по ссылке в описании", 0.9, segments),
        said("mark-said", Label.MARK_WORD, "реклама", 0.7, segments),
        Observation(
            detector="words",
            label=Label.OFFER_LINK,
            score=0.88,
            span=Span(258.0, 266.5),
            modality=Modality.TEXT,
            box=Box(0.06, 0.74, 0.36, 0.12),
            frame_s=262.04,
            text="lightrun.example/vesna",
            context="Скидка 20 % → lightrun.example/vesna",
            id="link-1",
        ),
        Observation(
            detector="objects",
            label=Label.OBJECT_WINE_GLASS,
            score=0.712,
            span=Span(432.0, 438.2),
            modality=Modality.IMAGE,
            box=Box(0.2, 0.16, 0.62, 0.78),
            frame_s=434.5,
            id="glass-1",
        ),
        Observation(
            detector="words",
            label=Label.MARK_ERID,
            score=0.95,
            span=Span(579.0, 598.0),
            modality=Modality.TEXT,
            box=Box(0.17, 0.42, 0.66, 0.2),
            frame_s=590.0,
            text="erid: 2VtzqxKdR8a",
            context="Реклама. ООО «Верста», ИНН 7707083893, erid: 2VtzqxKdR8a",
            id="erid-1",
        ),
        Observation(
            detector="scenes",
            label=Label.SCENE_FIREARM,
            score=0.44,
            span=Span(655.0, 657.0),
            modality=Modality.IMAGE,
            frame_s=656.0,
            id="firearm-1",
        ),
    ]
    return (*segments, *seen)


def first_frame(name: str, at_s: float) -> npt.NDArray[np.uint8]:
    with av.open(str(SAMPLES / "media" / name)) as video:
        for frame in video.decode(video=0):
            if frame.time is not None and frame.time >= at_s:
                return frame.to_ndarray(format="bgr24")
    raise AssertionError(f"{name} has no frame at {at_s} s")


@cache
def pictures() -> tuple[bytes, ...]:
    coffee = cv2.imread(str(SAMPLES / "photos" / "coffee.png"))
    height, width = coffee.shape[:2]
    coffee = coffee[(height - width * 9 // 16) // 2 :][: width * 9 // 16]
    return (
        encode_thumbnail(first_frame("bigbuckbunny.mp4", 2.0)),
        encode_thumbnail(first_frame("earth-480x270.mp4", 3.0)),
        encode_thumbnail(coffee),
        encode_thumbnail(first_frame("title-card-1080p.mp4", 4.0)),
    )


def stills(moments: Sequence[float]) -> dict[float, bytes]:
    own = {434.5: pictures()[2], 590.0: pictures()[3]}
    return {moment: own.get(moment, pictures()[place % 2]) for place, moment in enumerate(moments)}
