"""Parts of an advertising offer that have a form of their own: prices, promo codes, phones, links, QR codes.

Calls to action are phrases and live in ``dictionaries/calls_to_action.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence import Label
from lexicon.hits import Hit
from lexicon.morphology import Morphology
from lexicon.spoken_numbers import NUMBER_WORD, NUMBER_WORDS

_GAP = r"[ \t\u00a0\u202f]"
_AMOUNT = (
    rf"(?<![\d.,])\d{{1,3}}(?:{_GAP}\d{{3}}(?!\d)){{1,3}}(?:[.,]\d{{1,2}})?"
    r"|(?<![\d.,])\d{1,9}(?:[.,]\d{1,3}){0,3}"
)
_CURRENCY = (
    r"(?:₽|руб(?:\.|л(?:ей|ях|ями?|ь|я|ю))?(?!\w)|р\.(?!\w)|р(?!\w)|[$€£₸]|доллар(?:ов|а|ы)?(?!\w)|евро(?!\w)|тенге(?!\w)"
    r"|dollars?(?!\w)|bucks(?!\w)|euros?(?!\w)|rub(?!\w)|usd(?!\w)|eur(?!\w))"
)
_SCALE = r"(?:тыс\.?|тысяч[аиу]?|млн\.?|миллион(?:а|ов)?|k|к)"
_DISCOUNT_WORD = (
    r"(?:скидк[аиуео]й?|скидок|кэшб[еэ]к\w{0,2}|выгод[аыуео]й?|распродаж[аиуе]|sale|discount|cash-?back|off)"
)
_PERCENT = rf"(?:[-−–]?\d{{1,3}}{_GAP}?%|\d{{1,3}}\s+процент(?:ов|а)?|{NUMBER_WORDS}\s+процент(?:ов|а)?)"
_PRICES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:{_AMOUNT})(?:{_GAP}?{_SCALE})?{_GAP}?{_CURRENCY}",
        rf"[$€£₽]{_GAP}?(?:{_AMOUNT})",
        rf"{NUMBER_WORDS}\s+(?:рубл(?:ей|я|ь|ях|ями)|доллар(?:ов|а)?|евро|dollars|bucks)(?!\w)",
        rf"(?<!\w){_DISCOUNT_WORD}(?:\s+(?:до|в|на|целых|аж|up|to|of)){{0,2}}[\s:—–]{{1,3}}{_PERCENT}",
        rf"{_PERCENT}\s+{_DISCOUNT_WORD}(?!\w)",
        r"(?<!\w)[-−–]\s?\d{1,2}\s?%",
    )
)

_CODE_WORD = (
    r"(?:промо[\s-]?код(?:ом|ы|а|у|е)?|купон(?:ом|а|у)?|код(?:ом|у)?|кодов(?:ое|ому|ым)\s+слов(?:о|у|ом)"
    r"|promo[\s-]?code|discount\s+code|coupon(?:\s+code)?|use\s+(?:my\s+)?code)"
)
_CODE_FILLER = r"(?:\s+(?:на|это|мой|такой|наш|скидку|is|this|my)){0,2}"
_WRITTEN_CODE = r"[«\"“'<]?(?P<code>[A-Za-zА-Яа-яЁё0-9][A-Za-zА-Яа-яЁё0-9_-]{2,24})[»\"”'>]?"
_PROMO = re.compile(
    rf"(?<!\w)(?P<word>{_CODE_WORD})(?P<sep>{_CODE_FILLER}\s*[:—–-]?\s*){_WRITTEN_CODE}(?!\w)", re.IGNORECASE
)
# Recognisers of speech write «промокот»: the last consonant is voiceless.
_PROMO_WORD = re.compile(
    r"(?<!\w)(?:промо[\s-]?ко[дт](?:ом|ы|а|у|е|(?P<many>ов|ам|ами|ах))?|promo[\s-]?codes?|discount\s+code)(?!\w)",
    re.IGNORECASE,
)
_SPOKEN_CODE_WORD = re.compile(rf"{_CODE_FILLER}[\s:—–,\"«-]{{1,4}}(?P<code>[\w-]+)", re.IGNORECASE)
_SPOKEN_TAIL = re.compile(rf"[\s-]+(?:\d{{1,6}}|[A-Za-z]{{1,12}}|{NUMBER_WORD})(?!\w)", re.IGNORECASE)
_NAMING = frozenset({"NOUN", "NUMR"})

_PHONES = (
    re.compile(r"(?<![\w+])(?:\+7|8|7(?=[\s(-]))[\s(-]{0,3}[3489]\d\d[\s)-]{0,3}\d{3}[\s-]?\d{2}[\s-]?\d{2}(?!\d)"),
    re.compile(r"(?<![\w+])8[\s-]800(?:[\s-]?\d){7}(?!\d)"),
    re.compile(r"(?<![\w+])\+(?!7)[1-9]\d{0,2}[\s(-]{0,2}\d{2,4}(?:[\s)-]{0,2}\d{2,4}){2,3}(?!\d)"),
    re.compile(
        rf"\b(?:восемь|плюс\s+семь)\s+(?:восемьсот|девятьсот|четыреста)(?:\s+{NUMBER_WORD}\b){{3,10}}", re.IGNORECASE
    ),
)

_ZONES = (
    "ru|su|com|net|org|io|me|shop|store|online|site|pro|info|app|link|ly|cc|club|market|tech|media|tv|live|life|bet|casino"
    "|win|space|website|world|academy|school|travel|top|xyz|dev|ai|biz|by|kz|ua|uz|am|ge|de|uk|us|eu|gg|to|рф|рус|онлайн|дети|москва|ру|ком"
)
_LABEL_PART = r"[a-zа-яё0-9](?:[a-zа-яё0-9-]{0,61}[a-zа-яё0-9])?"
_LINK = re.compile(
    rf"(?:https?://|tg://)[^\s<>\"«»]+|(?<![\w@.-])(?:www\.)?(?:{_LABEL_PART}\.){{1,4}}(?:{_ZONES})(?![\w-]|\.\w)(?:[/?#][^\s<>\"«»]*)?",
    re.IGNORECASE,
)
_SPOKEN_LINK = re.compile(
    r"\b(?P<name>[\w-]+(?:\s+(?:дефис|тире|слэш|dash)\s+[\w-]+)?)\s+(?:точка|дот|dot)\s+(?:ру|рф|ком|орг|ми|ио|су|онлайн|шоп|ru|com|org|net|io|me)\b",
    re.IGNORECASE,
)
_QR = re.compile(r"(?<!\w)(?:qr|кью\s?ар|куар|кьюар)(?:[\s-]?(?:код\w{0,3}|code))?(?!\w)", re.IGNORECASE)


def find_offers(text: str, morphology: Morphology, *, spoken: bool) -> Iterator[Hit]:
    """Offer parts in one text, each found once."""
    yield from _all(Label.OFFER_PRICE, _PRICES, text)
    yield from _promo_codes(text, morphology, spoken=spoken)
    yield from _all(Label.OFFER_PHONE, _PHONES, text)
    yield from _all(Label.OFFER_LINK, (_LINK, _SPOKEN_LINK) if spoken else (_LINK,), text)
    yield from _all(Label.OFFER_QR, (_QR,), text, score=0.7)


def link_ranges(text: str) -> list[tuple[int, int]]:
    """Where links stand: their letters are not prose."""
    return [match.span() for match in _LINK.finditer(text)]


def is_link(text: str) -> bool:
    """Whether the whole text is one link, as in a QR code."""
    return _LINK.fullmatch(text.strip()) is not None


def _all(label: Label, patterns: tuple[re.Pattern[str], ...], text: str, score: float = 1.0) -> Iterator[Hit]:
    taken: list[tuple[int, int]] = []
    for pattern in patterns:
        for match in pattern.finditer(text):
            start, end = match.span()
            end = start + len(text[start:end].rstrip(".,;:!?)…")) if label is Label.OFFER_LINK else end
            if not any(first < end and start < last for first, last in taken):
                taken.append((start, end))
                yield Hit(label, start, end, text[start:end], text[start:end], score)


def _promo_codes(text: str, morphology: Morphology, *, spoken: bool) -> Iterator[Hit]:
    """The word with its code; the bare word is a weaker hit. «Код» alone counts only before what looks like a code."""
    with_code = [match for match in _PROMO.finditer(text) if _looks_like_code(match["code"])]
    for match in with_code:
        yield _promo(text, match.start(), match.end(), match["code"], 1.0)
    for match in _PROMO_WORD.finditer(text):
        if any(code.start() <= match.start() < code.end() for code in with_code):
            continue
        # «Скидка по промокодам, ссылка …» speaks of codes without naming one.
        names_one = spoken and match["many"] is None
        end = _spoken_code_end(text, match.end(), morphology) if names_one else match.end()
        code = text[match.end() : end].strip(' ,:—–-"«»') or match.group().lower()
        yield _promo(text, match.start(), end, code, 0.9 if end > match.end() else 0.7)


def _promo(text: str, start: int, end: int, code: str, score: float) -> Hit:
    return Hit(Label.OFFER_PROMO_CODE, start, end, text[start:end], code, score)


def _looks_like_code(code: str) -> bool:
    """A digit among letters, or capitals throughout; plain words are no code on screen."""
    return any(map(str.isdigit, code)) or (code == code.upper() and any(map(str.isalpha, code)))


def _spoken_code_end(text: str, start: int, morphology: Morphology) -> int:
    """Where a spoken code ends: a noun, a foreign word or a number, then numbers: «промокод спорт двадцать»."""
    match = _SPOKEN_CODE_WORD.match(text, start)
    if match is None:
        return start
    word = match["code"].lower()
    if re.fullmatch(r"[а-яё]+", word) and morphology.part_of_speech(word) not in _NAMING:
        return start
    end = match.end()
    for _ in range(4):
        tail = _SPOKEN_TAIL.match(text, end)
        if tail is None:
            break
        end = tail.end()
    return end
