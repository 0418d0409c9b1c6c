"""Realistic reports to test with: the sample video with findings, without findings, and with very many."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from tests.reports.sample_evidence import FACTS, observations, said, spoken, stills
from tests.reports.sample_judgements import age_judgement, judgements

from evidence import Label, Span
from reports.building import build_report
from reports.coverage import Coverage, DetectorCoverage, DetectorStatus
from reports.document import ReportDocument, StepTiming, Timing
from reports.exhibits import frames_wanted


def coverage(*, gaps: bool = True) -> Coverage:
    done = DetectorStatus.COMPLETED
    return Coverage.of(
        frames_looked_at=22_607,
        frames_analysed=812,
        speech_s=143.6,
        speech_confidence=0.84,
        detectors=(
            DetectorCoverage("speech", "Whisper base (int8) + Silero VAD", done, 41.2),
            DetectorCoverage("text", "PP-OCRv4 + Tesseract rus+eng", done, 63.9),
            DetectorCoverage("objects", "NanoDet-m 416 (COCO)", done, 24.1),
            DetectorCoverage("scenes", "EfficientNet-Lite0 (ImageNet)", done, 18.8),
            DetectorCoverage("safety", "image-safety-s + Open NSFW", DetectorStatus.MISSING if gaps else done, 0.0),
            DetectorCoverage("words", "built-in lexicon + pymorphy3", done, 0.5),
        ),
    )


TIMING = Timing(
    104.7,
    (
        StepTiming("validate_video", 0.6),
        StepTiming("preprocess_video", 8.4),
        StepTiming("detect:speech", 41.2),
        StepTiming("detect:text", 63.9),
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
            said(f"hit-{number}", Label.WORD_OBSCENE, "блядь", 0.9, [segments[number // 10]]),
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
