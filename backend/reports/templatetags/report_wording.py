"""``reports.wording`` for templates."""

from __future__ import annotations

from django import template

from reports import wording
from reports.document import Signal
from reports.verdict_cards import VerdictCard

register = template.Library()

for word in (
    wording.category_title,
    wording.group_title,
    wording.severity_title,
    wording.detector_title,
    wording.in_sentence,
    wording.label_title,
    wording.detector_status_title,
    wording.modality_title,
    wording.fix_title,
    wording.human_title,
    wording.step_title,
    wording.language_title,
    wording.clock,
    wording.axis_clock,
    wording.duration,
    wording.scenes,
    wording.count,
    wording.score,
    wording.size,
    wording.day,
    wording.moment,
):
    register.filter(word.__name__, word)


@register.filter
def without_scenes(card: VerdictCard) -> str:
    """Empty when the verdict has no alternative."""
    other = card.verdict.alternative
    if other is None:
        return ""
    place = card.scenes[0].span if other.scenes == len(card.scenes) == 1 else None
    return wording.without_scenes(other.scenes, other.duration_s, other.outcome_title, place)


@register.filter
def text_beyond_label(signal: Signal) -> str:
    """What was said or read, unless the label's words already say it: "the word «Реклама»"."""
    said = signal.text or ""
    return "" if f"«{said}»".casefold() in wording.label_title(signal.label).casefold() else said


@register.filter
def media_fragment(seconds: float) -> str:
    """``#t=725.4``: the moment inside a video, as the W3C's Media Fragments URI 1.0 writes it."""
    return f"#t={seconds:.1f}"
