"""``reports.wording`` for templates."""

from __future__ import annotations

from django import template

from reports import wording
from reports.document import VerdictAlternative

register = template.Library()

for word in (
    wording.category_title,
    wording.group_title,
    wording.severity_title,
    wording.detector_title,
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
def without_scenes(alternative: VerdictAlternative) -> str:
    return wording.without_scenes(alternative.scenes, alternative.duration_s, alternative.outcome_title)


@register.filter
def media_fragment(seconds: float) -> str:
    """``#t=725.4``: the moment inside a video, as the W3C's Media Fragments URI 1.0 writes it."""
    return f"#t={seconds:.1f}"
