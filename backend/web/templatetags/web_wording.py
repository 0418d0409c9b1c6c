"""Words and addresses for the templates of the site."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from reports import wording

register = template.Library()

AS_AGE = timedelta(hours=22)
"""Until then "3 hours ago" says more than a date."""

TONE_ICONS = {"critical", "high", "medium", "low", "info", "gap", "clear"}


@register.filter
def when(moment: datetime) -> SafeString:
    """How long ago, or the day; the exact moment is its title."""
    local = timezone.localtime(moment)
    recent = timezone.now() - moment < AS_AGE
    text = naturaltime(moment) if recent else date_format(local, "DATE_FORMAT")
    return format_html('<time datetime="{}" title="{}">{}</time>', moment.isoformat(), wording.moment(moment), text)


@register.filter
def exact_moment(moment: datetime) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), wording.moment(moment))


@register.filter
def localised(texts: dict[str, str]) -> str:
    """One of ``{ru, en}`` in the reader's language."""
    return texts.get(get_language() or "ru", texts.get("ru", ""))


@register.filter
def tone_icon(tone: str) -> str:
    return f"i-{tone}" if tone in TONE_ICONS else "i-info"


@register.simple_tag(takes_context=True)
def with_query(context: RequestContext, **changes: Any) -> str:
    """The query of this address with some parameters set, or removed where the value is empty."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"
