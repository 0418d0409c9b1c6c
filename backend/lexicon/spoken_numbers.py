"""Regular-expression source for Russian and English numbers in words, as speech recognition may leave them."""

from __future__ import annotations

_UNITS = (
    "ноль|нуля|нуль|один|одна|одну|одного|одной|одним|два|две|двух|двум|двумя|три|тр[её]х|тр[её]м|тремя|четыре|четыр[её]х"
    "|четыр[её]м|четырьмя|пят(?:ь|и|ью)|шест(?:ь|и|ью)|семь|семи|семью|восемь|восьми|восемью|девят(?:ь|и|ью)|десят(?:ь|и|ью)"
)
_TEENS = "(?:один|две|три|четыр|пят|шест|сем|восем|девят)надцат(?:ь|и|ью)"
_TENS = (
    "двадцат(?:ь|и|ью)|тридцат(?:ь|и|ью)|сорока?|пятьдесят|пятидесяти|шестьдесят|шестидесяти|семьдесят|семидесяти"
    "|восемьдесят|восьмидесяти|девяност[оа]"
)
_HUNDREDS = (
    "ст[оа]|двести|двухсот|триста|тр[её]хсот|четыреста|четыр[её]хсот|(?:пять|шесть|семь|восемь|девять)сот"
    "|(?:пяти|шести|семи|восьми|девяти)сот"
)
_THOUSANDS = "тысяч(?:ами|ах|ам|ью|ей|а|у|и|е)?|миллион(?:ами|ам|ов|ом|а|у)?|полторы|полтора|полутора"
_ENGLISH = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    "|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand"
)

NUMBER_WORD = f"(?:{_TEENS}|{_HUNDREDS}|{_TENS}|{_UNITS}|{_THOUSANDS}|{_ENGLISH})"
"""One number word, no boundaries of its own."""

NUMBER_WORDS = rf"\b{NUMBER_WORD}(?:\s+{NUMBER_WORD}\b){{0,7}}"
"""Up to eight number words in a row."""
