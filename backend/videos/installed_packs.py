"""Which policy packs this installation has, and which ones a check uses when nobody chooses."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

DEFAULT_PACKS = ("ru-436fz", "ru-ads")
OWN_WORDS_PACK = "stopwords"


def default_packs() -> tuple[str, ...]:
    """Whoever gives a list of stop words wants to hear of them."""
    return (*DEFAULT_PACKS, OWN_WORDS_PACK) if settings.STOPWORDS_DICT_PATH else DEFAULT_PACKS


def pack_dirs() -> tuple[Path, ...]:
    """Where the owner keeps packs of their own."""
    return (settings.PACKS_DIR,) if settings.PACKS_DIR else ()
