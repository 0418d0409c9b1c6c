"""Sessions are listed by names that people recognise."""

from __future__ import annotations

import pytest
from django.utils import translation

from accounts.browser_names import browser_in_words

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/131.0.0.0 Safari/537.36", "Chrome, Windows"),
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/130.0 YaBrowser/24.12.0 Safari/537.36",
            "Yandex Browser, Windows",
        ),
        (f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} Chrome/131.0 Safari/537.36 Edg/131.0", "Microsoft Edge, Linux"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox, macOS"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/18.1 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        (
            f"Mozilla/5.0 (Linux; Android 14; SM-S918B) {WEBKIT} SamsungBrowser/27.0 Chrome/125.0",
            "Samsung Internet, Android",
        ),
        ("curl/8.9.1", "curl"),
        ("", "Неизвестный браузер"),
        ("\x00" * 300, "Неизвестный браузер"),
    ],
)
def test_browsers_are_recognised(user_agent: str, words: str) -> None:
    with translation.override("ru"):
        assert browser_in_words(user_agent) == words
