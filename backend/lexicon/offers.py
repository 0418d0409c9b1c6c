"""Parts of an advertising offer that have a form of their own: prices, phones, QR codes; promo codes and links besides.

Calls to action are phrases and live in ``dictionaries/calls_to_action.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence import Label
from lexicon.hits import Hit
from lexicon.links import find_links
from lexicon.morphology import Morphology
from lexicon.promo_codes import find_promo_codes
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
        rf"{NUMBER_WORDS}\s+(?:рубл(?:ей|я|ь|ях|ями|ям|ем|ём|ю)|доллар(?:ов|ами|ам|ах|а|у|ом)?|евро|dollars|bucks)(?!\w)",
        rf"(?<!\w){_DISCOUNT_WORD}(?:\s+(?:до|в|на|целых|аж|up|to|of)){{0,2}}[\s:—–]{{1,3}}{_PERCENT}",
        rf"{_PERCENT}\s+{_DISCOUNT_WORD}(?!\w)",
        r"(?<!\w)[-−–]\s?\d{1,2}\s?%",
    )
)

_PHONES = (
    re.compile(r"(?<![\w+])(?:\+7|8|7(?=[\s(-]))[\s(-]{0,3}[3489]\d\d[\s)-]{0,3}\d{3}[\s-]?\d{2}[\s-]?\d{2}(?!\d)"),
    re.compile(r"(?<![\w+])8[\s-]800(?:[\s-]?\d){7}(?!\d)"),
    re.compile(r"(?<![\w+)])\([3489]\d\d\)[\s-]?\d{3}[\s-]?\d{2}[\s-]?\d{2}(?!\d)"),
    re.compile(
        r"(?<!\w)(?:тел(?:ефон\w{0,3})?|моб|факс|звони\w{0,3}|tel|phone)\b\.?\s{0,2}:?\s{0,2}"
        r"(?P<value>[3489]\d\d[\s-]{1,2}\d{3}[\s-]?\d{2}[\s-]?\d{2}|\(\d{3,5}\)[\s-]?\d{1,3}-\d{2}-\d{2}|\d{3}-\d{2}-\d{2})(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![\w+])\+(?!7)[1-9]\d{0,2}[\s(-]{0,2}\d{2,4}(?:[\s)-]{0,2}\d{2,4}){2,3}(?!\d)"),
    re.compile(
        rf"\b(?:восемь|плюс\s+семь)\s+(?:восемьсот|девятьсот|четыреста)(?:\s+{NUMBER_WORD}\b){{3,10}}", re.IGNORECASE
    ),
)

_CONTACT = re.compile(r"\s*(?:(?:tel|sms|smsto|mailto|mecard|whatsapp|viber):|begin:vcard|ST0001\d)", re.IGNORECASE)
_QR = re.compile(r"(?<!\w)(?:qr|кью\s?ар|куар|кьюар)(?:[\s-]?(?:код\w{0,3}|code))?(?!\w)", re.IGNORECASE)


def find_offers(text: str, morphology: Morphology, *, spoken: bool) -> Iterator[Hit]:
    """Offer parts in one text, each found once."""
    yield from _all(Label.OFFER_PRICE, _PRICES, text)
    yield from find_promo_codes(text, morphology, spoken=spoken)
    yield from _all(Label.OFFER_PHONE, _PHONES, text)
    yield from find_links(text, morphology, spoken=spoken)
    yield from _all(Label.OFFER_QR, (_QR,), text, score=0.7)


def is_contact(text: str) -> bool:
    """Whether a QR code's text is a phone number, a business card, a message or a payment that a phone offers to open.

    Prefixes: RFC 3966 (``tel:``), RFC 6068 (``mailto:``), RFC 6350 (vCard), NTT DOCOMO's MECARD, ГОСТ Р 56042
    (``ST0001…``, payment of a bill).
    """
    return _CONTACT.match(text) is not None


def _all(label: Label, patterns: tuple[re.Pattern[str], ...], text: str, score: float = 1.0) -> Iterator[Hit]:
    taken: list[tuple[int, int]] = []
    for pattern in patterns:
        for match in pattern.finditer(text):
            start, end = match.span("value") if "value" in pattern.groupindex else match.span()
            if not any(first < end and start < last for first, last in taken):
                taken.append((start, end))
                yield Hit(label, start, end, text[start:end], text[start:end], score)
