"""Promo codes, as they are shown and as they are said.

«Промокод» speaks for itself. «Код», «купон» and «кодовое слово» are ordinary words («код ошибки E404», «купон ОФЗ»):
they count only with something like a code after them and a discount, a purchase or «введи …» near by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence import Label
from lexicon.hits import Hit
from lexicon.morphology import Morphology
from lexicon.spoken_numbers import NUMBER_WORD

NEAR_CHARS = 80
"""About a sentence: what stands further from a code does not speak for it."""

# Scores: «промокод» with a code is certain; the less speaks for a code, the lower.
_NAMED = 1.0
_COUPON_NAMED = 0.9
_SAID = 0.9
_BARE = 0.7
_TOLD_TO_ENTER = 0.6
_COUPON_BARE = 0.6

_FILLER = r"(?:\s+(?:на|это|мой|такой|наш|скидку|is|this|my)){0,2}"
_WRITTEN_CODE = r"(?P<quote>[«\"“'<])?(?P<code>[A-Za-zА-Яа-яЁё0-9][A-Za-zА-Яа-яЁё0-9_-]{2,24})[»\"”'>]?(?!\w)"
_CODE_AFTER = rf"{_FILLER}\s*[:—–-]?\s*{_WRITTEN_CODE}"
# Recognisers of speech write «промокот»: the last consonant is voiceless.
_PROMO_WORD = (
    r"(?<!\w)(?:промо[\s-]?ко[дт](?:ом|ы|а|у|е|(?P<many>ов|ам|ами|ах))?"
    r"|promo[\s-]?codes?|(?:discount|coupon)\s+code)(?!\w)"
)
_COUPON_WORD = (
    r"(?<![\w-])(?:купон(?:ом|а|у)?|(?:бонус-)?код(?:ом|у)?|кодов(?:ое|ому|ым)\s+слов(?:о|у|ом)"
    r"|coupon|(?P<use>use\s+(?:my\s+)?)?code)(?![\w-])"
)
_PROMO = re.compile(_PROMO_WORD, re.IGNORECASE)
_COUPON = re.compile(_COUPON_WORD, re.IGNORECASE)
_CODE = re.compile(_CODE_AFTER, re.IGNORECASE)
_COUPON_FOR_DISCOUNT = re.compile(
    r"(?<![\w-])(?:скидочн\w{2,3}\s+)?купон(?:ами|ов|ом|ы|а|у|е)?(?!\w)"
    r"(?:(?<=скидочный купон)|(?=\s+(?:[\w%]+\s+){0,2}(?:на|со)\s+(?:\w+\s+)?скидк))",
    re.IGNORECASE,
)

_SPOKEN_CODE = re.compile(rf"{_FILLER}[\s:—–,\"«-]{{1,4}}(?P<code>[\w-]+)", re.IGNORECASE)
_SPOKEN_TAIL = re.compile(rf"[\s-]+(?:\d{{1,6}}|[A-Za-z]{{1,12}}|{NUMBER_WORD})(?!\w)", re.IGNORECASE)
_NUMBER = re.compile(rf"\d+|{NUMBER_WORD}", re.IGNORECASE)
_NAMING = frozenset({"NOUN", "NUMR"})

_PRICE_CUT = re.compile(
    r"скидк|скидоч|скидок|к[эе]шб[эе]к|бонус|подар(?:ок|к|оч)|выгод|бесплатн\w+\s+(?:доставк|месяц|недел|период|пробн)"
    r"|discount|\boff\b|cash-?back|free\s+(?:shipping|trial|month)",
    re.IGNORECASE,
)
_PURCHASE = re.compile(
    r"на\s+перв\w+\s+(?:заказ|покупк)|при\s+(?:\w+\s+)?(?:заказ|покупк|оформлени|бронировани|оплат)|в\s+корзин|на\s+касс"
    r"|checkout|first\s+order",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"(?<!\w)(?:введи|введите|ввести|введешь|введёшь|вводи|вводите|вводишь|вводим|примени|примените|используй|используйте|укажи|укажите|активируй"
    r"|активируйте|назови|назовите|скажи|скажите|enter|apply|use)(?:\s+[\w-]+){0,2}\s+$",
    re.IGNORECASE,
)
_OTHER_KIND = re.compile(
    r"(?:исходн|генетич|штрих|пин|pin|qr|кью\s?ар|куар|кьюар|почтов|налогов|телефонн|двоичн|бинарн|машинн|программн|смс"
    r"|sms|чит|cheat|source|zip|error|binary|уголовн|трудов)\w{0,5}[\s-]+$",
    re.IGNORECASE,
)
"""What kinds of code precede the word."""
_OTHER_USE = re.compile(
    r"\b(?:смс|sms|пуш|push)|подтвержд|доступ|\bвход|войти|парол|авториз|редактор|терминал|консол|ошибк|домофон|картин|капч|с\s+экран|editor"
    r"|console",
    re.IGNORECASE,
)
"""What codes that sell nothing are for."""
_ABBREVIATION = re.compile(
    r"(?:HTML|CSS|SQL|PHP|JAVA|JAVASCRIPT|JS|JSON|XML|YAML|PYTHON|BASH|API|URL|ASCII|UTF|HEX|ARM|QR|PIN|CVV|CVC|SMS|VIN|IMEI"
    r"|EAN|IBAN|SWIFT|BLOCKS?|ДНК|РНК|ПИН|СМС|ОКВЭД|ОКПО|ОКТМО|ОКАТО|ОКЕИ|ОКОПФ|КБК|БИК|ИНН|КПП|ТНВЭД|СНИЛС|МКБ|УИН|ГТД)"
    r"[\d-]*",
    re.IGNORECASE,
)
"""Names of technical and official codes."""
_SUM_AFTER = re.compile(r"\s*(?:%|процент|руб|₽|р\b|тыс|евро|доллар|[$€])", re.IGNORECASE)


def find_promo_codes(text: str, morphology: Morphology, *, spoken: bool) -> Iterator[Hit]:
    """The word with its code; «промокод» and «купон на скидку» without one are weaker hits."""
    hits = [*_promos(text, morphology, spoken=spoken), *_coupons(text, morphology, spoken=spoken)]
    taken_until = 0
    for hit in sorted(hits, key=lambda hit: hit.start):  # of two at one place «промокод» stays first
        if hit.start >= taken_until:
            taken_until = hit.end
            yield hit


def _promos(text: str, morphology: Morphology, *, spoken: bool) -> Iterator[Hit]:
    for word in _PROMO.finditer(text):
        code = _CODE.match(text, word.end())
        if code is not None and _looks_like_code(code, text, word.start(), morphology):
            yield _hit(text, word.start(), code.end(), code["code"], _NAMED)
            continue
        # «Скидка по промокодам, ссылка …» speaks of codes without naming one.
        names_one = spoken and word["many"] is None
        end = _spoken_code_end(text, word.end(), morphology) if names_one else word.end()
        if end > word.end():
            yield _hit(text, word.start(), end, _without_signs(text[word.end() : end]), _SAID)
        else:
            yield _hit(text, word.start(), end, word.group().lower(), _BARE)


def _coupons(text: str, morphology: Morphology, *, spoken: bool) -> Iterator[Hit]:
    for word in _COUPON.finditer(text):
        before = text[max(0, word.start() - NEAR_CHARS) : word.start()]
        if _OTHER_KIND.search(before):
            continue
        around = before + text[word.start() : word.end() + NEAR_CHARS]
        cut = _PRICE_CUT.search(around) is not None
        told = word["use"] is not None or _TOLD.search(before) is not None
        if not cut and (not (told or _PURCHASE.search(around)) or _OTHER_USE.search(around)):
            continue
        end = _coupon_code_end(text, word, morphology, spoken=spoken, cut=cut)
        if end > word.end():
            sure = cut or word["use"] is not None or _PURCHASE.search(around) is not None
            score = _COUPON_NAMED if sure else _TOLD_TO_ENTER
            yield _hit(text, word.start(), end, _without_signs(text[word.end() : end]), score)
    for match in _COUPON_FOR_DISCOUNT.finditer(text):
        yield _hit(text, match.start(), match.end(), match.group().lower(), _COUPON_BARE)


def _coupon_code_end(text: str, word: re.Match[str], morphology: Morphology, *, spoken: bool, cut: bool) -> int:
    """Where the code after «код» or «купон» ends; the word's own end when what follows is no code."""
    code = _CODE.match(text, word.end())
    if code is not None and not _ABBREVIATION.fullmatch(code["code"]):
        sells = cut or not code["code"].isdigit()  # «введите код 4812» is asked for everywhere
        if sells and _looks_like_code(code, text, word.start(), morphology, cut=cut):
            return code.end()
    said = _SPOKEN_CODE.match(text, word.end()) if spoken else None
    if said is None or _ABBREVIATION.fullmatch(said["code"]):
        return word.end()
    first = said["code"].lower()
    is_number = _NUMBER.fullmatch(first) is not None
    end = _spoken_code_end(text, word.end(), morphology)
    # «Код программы» is a thing's code, «код лето» a code; without a discount near only «лето двадцать» is one.
    if not is_number and not _is_dictionary_form(first, morphology):
        return word.end()
    if not cut and (is_number or end == said.end()):
        return word.end()
    return word.end() if _SUM_AFTER.match(text, end) else end


def _looks_like_code(match: re.Match[str], text: str, start: int, morphology: Morphology, *, cut: bool = False) -> bool:
    """Quoted, with a digit, or in capitals where capitals stand out.

    In a line all in capitals only a word of another alphabet or a noun in its dictionary form stands out, and in a line
    of Latin capitals nothing does unless a discount is near (``cut``).
    """
    code = match["code"]
    if code.isdigit():
        return _SUM_AFTER.match(text, match.end()) is None
    if match["quote"] is not None or any(map(str.isdigit, code)):
        return True
    if code != code.upper() or not any(map(str.isalpha, code)):
        return False
    line = _line_around(text, start, match.end())
    if any(map(str.islower, line)):
        return True
    if code.isascii():
        return cut or not line.isascii()
    word = code.lower()
    return morphology.part_of_speech(word) in _NAMING and _is_dictionary_form(word, morphology)


def _line_around(text: str, start: int, end: int) -> str:
    before = text[max(0, start - NEAR_CHARS) : start].rpartition("\n")[2]
    after = text[end : end + NEAR_CHARS].partition("\n")[0]
    return before + text[start:end] + after


def _is_dictionary_form(word: str, morphology: Morphology) -> bool:
    return not re.fullmatch(r"[а-яё]+", word) or word.replace("ё", "е") in morphology.lemmas(word)


def _spoken_code_end(text: str, start: int, morphology: Morphology) -> int:
    """Where a spoken code ends: a noun, a foreign word or a number, then numbers: «промокод спорт двадцать»."""
    match = _SPOKEN_CODE.match(text, start)
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


def _without_signs(code: str) -> str:
    return code.strip(" \n\t,:—–-\"“”«»<>'")


def _hit(text: str, start: int, end: int, code: str, score: float) -> Hit:
    return Hit(Label.OFFER_PROMO_CODE, start, end, text[start:end], code, score)
