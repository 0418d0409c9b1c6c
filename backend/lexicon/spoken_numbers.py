"""Regular-expression source for Russian and English numbers in words, as speech recognition may leave them."""

from __future__ import annotations

_UNITS = "ноль|нуль|один|одна|одну|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять"
_TEENS = "(?:один|две|три|четыр|пят|шест|сем|восем|девят)надцать"
_TENS = "двадцать|тридцать|сорок|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто"
_HUNDREDS = "сто|двести|триста|четыреста|(?:пять|шесть|семь|восемь|девять)сот"
_THOUSANDS = "тысяча|тысячу|тысячи|тысяч|миллион|миллиона|миллионов|полторы|полтора"
_ENGLISH = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    "|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand"
)

NUMBER_WORD = f"(?:{_TEENS}|{_HUNDREDS}|{_TENS}|{_UNITS}|{_THOUSANDS}|{_ENGLISH})"
"""One number word, no boundaries of its own."""

NUMBER_WORDS = rf"\b{NUMBER_WORD}(?:\s+{NUMBER_WORD}\b){{0,7}}"
"""Up to eight number words in a row."""
