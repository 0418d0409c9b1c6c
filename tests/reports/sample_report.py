"""A realistic report to test with: a sneaker review with obscene words, one unlabelled and one labelled ad, and a wine
glass. Judgements and observations are written out by hand; the pictures are real frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import av
import cv2

from evidence import Box, Category, Label, Modality, Observation, Severity, Span, VideoFacts, Word
from policy.judgement import Alternative, Citation, Fix, Human, Judgement, LocalisedText, Question, Trigger
from reports.building import build_report
from reports.document import Coverage, DetectorCoverage, DetectorStatus, ReportDocument, StepTiming, Timing
from reports.exhibits import frames_wanted
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


def said(
    name: str, label: Label, part: str, score: float, segments: Sequence[Observation], detector: str
) -> Observation:
    """A dictionary hit on the words of ``part`` in the first segment that holds them."""
    wanted = part.split()
    for segment in segments:
        bare = [word.text.strip(",.!?«»") for word in segment.words]
        for place in range(len(bare)):
            if bare[place : place + len(wanted)] == wanted:
                words = segment.words[place : place + len(wanted)]
                span = Span(words[0].start_s, words[-1].end_s)
                return Observation(
                    detector=detector,
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
        said("obscene-1", Label.WORD_OBSCENE, "блядь", 0.97, segments, "profanity"),
        said("obscene-2", Label.WORD_OBSCENE, "пиздец", 0.96, segments, "profanity"),
        said("rude-1", Label.WORD_RUDE, "Придурки", 0.81, segments, "profanity"),
        said("promo-1", Label.OFFER_PROMO_CODE, "промокоду ВЕСНА20", 0.93, segments, "offers"),
        said("call-1", Label.OFFER_CALL_TO_ACTION, "переходите по ссылке в описании", 0.9, segments, "offers"),
        said("mark-said", Label.MARK_WORD, "реклама", 0.7, segments, "marks"),
        Observation(
            detector="offers",
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
            detector="marks",
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


def text(ru: str, en: str) -> LocalisedText:
    return LocalisedText(ru, en)


ART_10 = Citation(
    text("436-ФЗ", "Federal Law 436-FZ"),
    "ст. 10",
    text("Нецензурная брань допустима только в продукции для взрослых.", "Obscene language is for adults only."),
    "https://www.consultant.ru/document/cons_doc_LAW_108808/",
)
ART_18_1 = Citation(
    text("38-ФЗ «О рекламе»", "Federal Law 38-FZ On Advertising"),
    "ст. 18.1",
    text(
        "Реклама в интернете должна содержать пометку «Реклама», сведения о рекламодателе и идентификатор erid.",
        "Online advertising must carry the word «Реклама», the advertiser and an erid token.",
    ),
)


def trigger(
    name: str,
    pack: str,
    rule: str,
    title: LocalisedText,
    category: Category,
    severity: Severity,
    span: tuple[float, float],
    score: float,
    why: LocalisedText,
    ids: tuple[str, ...],
    *,
    outcome: str | None = None,
    cite: Citation = ART_10,
    fixes: tuple[Fix, ...] = (),
    question: Question | None = None,
    human: Human = Human.AUTO,
    action_needed: bool = True,
) -> Trigger:
    return Trigger(
        id=name, pack=pack, rule=rule, title=title, category=category, severity=severity, span=Span(*span), score=score,
        outcome=outcome, action_needed=action_needed, human=human, why=why, cite=cite, fixes=fixes, question=question,
        observation_ids=ids,
    )  # fmt: skip


def age_judgement() -> Judgement:
    obscene = trigger(
        "a1", "ru-436fz", "obscene-speech", text("Мат в речи", "Obscene words in speech"), Category.LANGUAGE_OBSCENE,
        Severity.CRITICAL, (124.3, 129.3), 0.97,
        text("Нецензурное слово в речи 2 раза за 5 с; порог 0,60.", "An obscene word in speech, 2 times in 5 s; threshold 0.60."),
        ("obscene-1", "obscene-2"), outcome="18+", fixes=(Fix.BLEEP, Fix.MUTE, Fix.CUT),
    )  # fmt: skip
    rude = trigger(
        "a2", "ru-436fz", "rude-speech", text("Грубость в речи", "Rude words in speech"), Category.LANGUAGE_RUDE,
        Severity.MEDIUM, (330.0, 330.4), 0.81, text("Грубое слово в речи.", "A rude word in speech."), ("rude-1",),
        outcome="16+", fixes=(Fix.BLEEP,),
    )  # fmt: skip
    alcohol = trigger(
        "a3", "ru-436fz", "alcohol-visible", text("Бокал в кадре", "A wine glass in frame"), Category.ALCOHOL_VISIBLE,
        Severity.LOW, (432.0, 438.2), 0.712,
        text("Бокал в кадре 6,2 с подряд, уверенность до 0,71.", "A wine glass in frame for 6.2 s, confidence up to 0.71."),
        ("glass-1",), outcome="12+", fixes=(Fix.BLUR, Fix.CUT), human=Human.REQUIRED,
        question=Question(
            "alcohol-use", text("Кто-нибудь пьёт алкоголь в этой сцене?", "Does anybody drink alcohol here?"),
            (("no", "12+"), ("yes", "16+")), (text("нет", "no"), text("да", "yes")),
        ),
    )  # fmt: skip
    firearm = trigger(
        "a4", "ru-436fz", "firearm", text("Похоже на оружие", "Looks like a firearm"), Category.WEAPON_FIREARM,
        Severity.INFO, (655.0, 657.0), 0.44, text("Похоже на огнестрельное оружие.", "Looks like a firearm."),
        ("firearm-1",), action_needed=False,
    )  # fmt: skip
    ages = tuple((f"{age}+", text(f"{age}+", f"{age}+")) for age in (0, 6, 12, 16, 18))
    return Judgement(
        pack="ru-436fz", version="1.2.0", digest="4be1" * 16, title=text("Возрастная маркировка", "Age rating"),
        checked_on=date(2026, 11, 1), outcome="18+", outcome_title=text("18+", "18+"), outcome_titles=ages,
        because=("a1",), alternative=Alternative(("a1",), 1, 5.0, "16+"), triggers=(obscene, rude, alcohol, firearm),
        blind_to=("safety",),
    )  # fmt: skip


def ads_judgement() -> Judgement:
    unlabelled = trigger(
        "b1", "ru-ads", "window-unlabelled", text("Реклама без маркировки", "Unlabelled advertising"),
        Category.AD_UNLABELLED, Severity.HIGH, (258.0, 266.5), 0.93,
        text(
            "Промокод, призыв и ссылка в пределах 9 с. Нет слова «Реклама», рекламодателя и erid.",
            "A promo code, a call and a link within 9 s. No «Реклама», no advertiser, no erid.",
        ),
        ("call-1", "link-1", "promo-1"), outcome="unlabelled", cite=ART_18_1, fixes=(Fix.ADD_MARK, Fix.CUT),
    )  # fmt: skip
    labelled = trigger(
        "b2", "ru-ads", "window-labelled", text("Реклама с маркировкой", "Labelled advertising"),
        Category.AD_LABELLED, Severity.INFO, (579.0, 598.0), 0.95,
        text("Слово «Реклама», рекламодатель и erid читались 19 с.", "All three parts were readable for 19 s."),
        ("erid-1", "mark-said"), outcome="labelled", cite=ART_18_1, action_needed=False,
    )  # fmt: skip
    titles = (
        ("none", text("Рекламы не найдено", "No advertising found")),
        ("labelled", text("Реклама промаркирована", "Advertising is labelled")),
        ("incomplete", text("Маркировка неполная", "The label is incomplete")),
        ("unlabelled", text("Есть реклама без маркировки", "There is unlabelled advertising")),
    )
    return Judgement(
        pack="ru-ads", version="1.0.3", digest="77aa" * 16, title=text("Маркировка рекламы", "Advertising label"),
        checked_on=date(2026, 11, 1), outcome="unlabelled", outcome_title=dict(titles)["unlabelled"],
        outcome_titles=titles, because=("b1",), alternative=Alternative(("b1",), 1, 8.5, "labelled"),
        triggers=(unlabelled, labelled), blind_to=(),
    )  # fmt: skip


def health_judgement() -> Judgement:
    glass = trigger(
        "c1", "ru-health", "alcohol-warning", text("Алкоголь без предупреждения", "Alcohol without a warning"),
        Category.ALCOHOL_VISIBLE, Severity.MEDIUM, (432.0, 438.2), 0.712,
        text("Бокал в кадре, предупреждающей надписи нет.", "A wine glass in frame and no warning card."), ("glass-1",),
        outcome="warnings_required", fixes=(Fix.ADD_WARNING,), human=Human.SAMPLE,
    )  # fmt: skip
    titles = (
        ("none", text("Ничего не требуется", "Nothing needed")),
        ("warnings_required", text("Нужны предупреждения", "Warnings are required")),
    )
    return Judgement(
        pack="ru-health", version="1.0.0", digest="c0de" * 16,
        title=text("Предупреждения о вреде", "Health warnings"), checked_on=date(2026, 10, 20),
        outcome="warnings_required", outcome_title=dict(titles)["warnings_required"], outcome_titles=titles,
        because=("c1",), alternative=Alternative(("c1",), 1, 6.2, "none"), triggers=(glass,), blind_to=(),
    )  # fmt: skip


def judgements() -> tuple[Judgement, ...]:
    return age_judgement(), ads_judgement(), health_judgement()


def first_frame(name: str, at_s: float) -> object:
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


def coverage(*, gaps: bool = True) -> Coverage:
    done = DetectorStatus.COMPLETED
    return Coverage.of(
        frames_looked_at=22_607,
        frames_analysed=812,
        picture_complete=True,
        speech_s=143.6,
        detectors=(
            DetectorCoverage("speech", "Whisper base int8 + Silero VAD", done, 41.2),
            DetectorCoverage("screen_text", "PP-OCRv4 mobile + Tesseract rus+eng", done, 63.9),
            DetectorCoverage("objects", "NanoDet-m 416", done, 24.1),
            DetectorCoverage("scenes", "EfficientNet-Lite0", done, 18.8),
            DetectorCoverage("safety", "image-safety-s + open_nsfw", DetectorStatus.MISSING if gaps else done, 0.0),
            DetectorCoverage("profanity", "built-in dictionary 2026.11", done, 0.4),
            DetectorCoverage("offers", "built-in rules", done, 0.1),
        ),
    )


TIMING = Timing(
    104.7,
    (
        StepTiming("validate_video", 0.6),
        StepTiming("preprocess_video", 8.4),
        StepTiming("detect:speech", 41.2),
        StepTiming("detect:screen_text", 63.9),
        StepTiming("find_triggers", 0.05),
        StepTiming("build_report", 1.3),
    ),
)


def build(language: str = "ru", **changes: object) -> ReportDocument:
    """The sample report; ``changes`` replace arguments of ``build_report``."""
    judged = changes.get("judgements", judgements())
    seen = changes.get("observations", observations())
    arguments = {
        "file_name": "Обзор кроссовок.mp4",
        "facts": FACTS,
        "coverage": coverage(),
        "judgements": judged,
        "observations": seen,
        "stills": stills(frames_wanted(judged, seen)),
        "language": language,
        "speech_language": "ru",
        "timing": TIMING,
        "created_at": datetime(2026, 11, 22, 23, 10, tzinfo=UTC),
        "product_version": "0.1.0",
    }
    return build_report(**{**arguments, **changes})


def build_clean(language: str = "ru", *, gaps: bool = False) -> ReportDocument:
    """Nothing found."""
    judged = tuple(
        replace(
            judgement,
            outcome=judgement.outcome_titles[0][0],
            outcome_title=judgement.outcome_titles[0][1],
            because=(),
            alternative=None,
            triggers=(),
            blind_to=("safety",) if gaps else (),
        )
        for judgement in judgements()
    )
    return build(language, judgements=judged, coverage=coverage(gaps=gaps))


def build_large(findings: int, language: str = "ru") -> ReportDocument:
    """``findings`` obscene words, one every 1.4 s."""
    segments = [
        spoken(number, number * 14.0, "слово " * 11 + "блядь " + "слово " * 12) for number in range(findings // 10 + 1)
    ]
    hits = tuple(
        replace(
            said(f"hit-{number}", Label.WORD_OBSCENE, "блядь", 0.9, [segments[number // 10]], "profanity"),
            span=Span(number * 1.4, number * 1.4 + 0.4),
            words=(segments[number // 10].words[number % 10],),
        )
        for number in range(findings)
    )
    model = age_judgement()
    triggers = tuple(
        replace(model.triggers[0], id=hit.id, span=hit.span, observation_ids=(hit.id,)) for hit in hits
    )  # fmt: skip
    judged = (replace(model, triggers=triggers, because=tuple(hit.id for hit in hits), alternative=None),)
    facts = replace(FACTS, duration_s=findings * 1.4 + 20)
    return build(language, judgements=judged, observations=(*segments, *hits), facts=facts)
