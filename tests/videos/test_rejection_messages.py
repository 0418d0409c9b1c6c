from __future__ import annotations

import re

import pytest
from django.utils import translation

from media.rejection import RejectionReason, VideoRejected
from videos.rejection_messages import rejection_sentence

DETAILS = {
    "size_bytes": 3 * 1024**3,
    "max_size_bytes": 2 * 1024**3,
    "format": "gif",
    "allowed_formats": "mp4, mkv",
    "codec": "rv40",
    "width": 16000,
    "height": 8000,
    "max_pixels": 9437184,
    "duration_s": 9000.0,
    "max_duration_s": 7200.0,
    "readable_s": 12.0,
    "part": "middle",
    "cause": "signal 9 in /secret/path",
}


@pytest.mark.parametrize("reason", RejectionReason)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_reason_has_a_sentence_in_both_languages(reason: RejectionReason, language: str) -> None:
    with translation.override(language):
        sentence = rejection_sentence(VideoRejected(reason, **DETAILS))

    assert sentence.endswith(".")
    assert "%(" not in sentence
    assert "/secret" not in sentence
    russian_letters = len(re.findall("[а-яё]", sentence.lower()))
    assert (russian_letters > 10) is (language == "ru")


@pytest.mark.parametrize("reason", RejectionReason)
def test_a_sentence_survives_missing_details_where_none_are_promised(reason: RejectionReason) -> None:
    """``readable_s`` and ``part`` may be absent; the rest always comes with its reason."""
    details = {name: value for name, value in DETAILS.items() if name not in ("readable_s",)}

    assert rejection_sentence(VideoRejected(reason, **details))
