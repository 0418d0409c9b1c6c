"""Lengths of video in templates."""

from __future__ import annotations

from django import template

from reports.wording import duration

register = template.Library()
register.filter("duration", duration)
