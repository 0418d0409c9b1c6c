"""Messages that offer to take back what was just done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest


def say_undoable(request: HttpRequest, sentence: str, undo_address: str) -> None:
    """Shown on the next page with a button that posts to ``undo_address``."""
    messages.success(request, sentence, extra_tags=undo_address)
