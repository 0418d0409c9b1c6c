"""The parts of an advertising label: the word «Реклама», the advertiser, the ``erid`` token.

38-ФЗ «О рекламе», art. 18.1 (internet advertising since 2022-09-01): the mark «реклама», the advertiser or its site,
and the identifier. On screen the word counts as a label when it stands alone, begins a line before an advertiser, an
age mark, a site or an ``erid``, or reads «на правах рекламы»; inside a sentence («реклама пива запрещена») it is only a
word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence import Label
from lexicon.erid import find_erids
from lexicon.hits import Hit
from lexicon.registry_numbers import is_inn, is_ogrn

_LATIN_TWINS = str.maketrans("AaBCcEeHKkMOoPpTXxy", "АаВСсЕеНКкМОоРрТХху")
"""One character for one, so that offsets stay: text recognition mixes the alphabets."""

_OGRN_BEFORE_INN = "ОГРНИП|ОГРН|ИНН"
_FORMS = "ООО|ОАО|ЗАО|ПАО|НАО|АО|ИП|АНО|НКО|ФГУП|ФГБУ|ГУП|МУП|ТОО|СПАО|ПКО|МФК|МКК"
_FORM_ON_SCREEN = rf"(?<!\w)(?:{_FORMS}|[0О]{{3}}|[Пп]убличное акционерное общество|[Аа]кционерное общество"
_FORM_ON_SCREEN += r"|[Оо]бщество с ограниченной ответственностью|[Ии]ндивидуальный предприниматель)(?!\w)"
_QUOTED = r"(?:[«\"“„]|<<|'')\s?[^\n»\"”>'«]{1,60}?\s?(?:[»\"”“›]|>>?|'')"
_CAPITALISED = r"[А-ЯЁA-Z][\w.&+-]*(?:[ \t]+[А-ЯЁA-Z][\w.&+-]*){0,3}"
_ADVERTISER = re.compile(
    rf"(?P<form>{_FORM_ON_SCREEN})\s+(?P<name>{_QUOTED}|{_CAPITALISED})|(?P<zeros>0{{3}})\s+(?P<zname>{_QUOTED})"
)
_FOREIGN_ADVERTISER = re.compile(
    r"\b[A-Z][\w&.-]*(?:\s[A-Z][\w&.-]*){0,3},?\s(?:LLC|Ltd|Inc|GmbH|S\.A\.|B\.V\.|PLC|Corp)\b\.?"
)
_SPOKEN_ADVERTISER = re.compile(
    r"\b(?:ооо|пао|зао|общество с ограниченной ответственностью|акционерное общество|индивидуальный предприниматель)"
    r"\s+[«\"]?[\w-]+[»\"]?",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"(?<!\w)(?P<kind>{_OGRN_BEFORE_INN})\W{{0,4}}(?P<digits>\d(?:[ \u00a0-]?\d){{9,14}})(?!\d)", re.IGNORECASE
)

_WORD = r"реклама"
_WORD_MISREAD = r"[рp][еeс]к[лпдн1iі|][аaо][мн][аaо]"
"""Letters that text recognition takes for each other; accepted only where nothing else stands on the line."""
_AGE = r"(?:0|6|12|16|18)\s?\+"
_SITE = (
    rf"(?:[\w-]+\.){{1,3}}(?:{'ru|su|com|net|org|io|me|pro|online|shop|store|market'.translate(_LATIN_TWINS)}|рф)(?!\w)"
)
_NAMED_AFTER = rf"(?:(?:{_FORMS}|[0О]{{3}}|ИНН|ОГРН(?:ИП)?|рекламодатель)(?!\w)|\d{{10,15}}(?!\d)|{_AGE}|{_SITE})"
_AFTER_WORD = (
    r"(?=\s*$|\s*[•·*]"
    rf"|\s*[.:;|/—–-]+\s*(?:$|[•·*]|{_NAMED_AFTER})"
    r"|\.\s*[«\"“]?[\w&-]+[»\"”]?\s*$"
    rf"|\s*[(,]?\s*{_AGE}|\s+(?:(?:{_FORMS}|[0О]{{3}})(?!\w)|{_SITE}\s*$)|[^\w\n][^\n]{{0,100}}?(?<!\w)[еe]rid(?!\w))"
)
"""A dash or a colon alone is no evidence («Реклама — двигатель торговли»): an advertiser, an age mark, a site or the
line's end must follow. ``_SITE`` is searched for in a text whose Latin twins were made Cyrillic."""
_LABEL_AT_LINE_START = re.compile(rf"^[^\w\n]*(?P<word>{_WORD}){_AFTER_WORD}", re.IGNORECASE | re.MULTILINE)
_LABEL_ALONE = re.compile(rf"^[^\w\n]*(?P<word>{_WORD_MISREAD})[^\w\n]*$", re.IGNORECASE | re.MULTILINE)
_LABEL_BEFORE_ADVERTISER = re.compile(
    r"(?<!\w)(?P<word>(?-i:Реклама|РЕКЛАМА)(?= )|реклама(?=\s?[.:,|•·—–-]))"
    rf"[.:,|•·—– -]{{1,3}}(?=(?:{_FORMS}|[0О]{{3}})\s)",
    re.IGNORECASE,
)
"""Inside a sentence «реклама ООО …» is only spoken of: there a capital or a sign makes it a label."""
_LABEL_BY_RIGHTS = re.compile(r"(?<!\w)(?P<word>на\s+правах\s+рекламы)(?!\w)", re.IGNORECASE)
_SPOKEN_LABEL = re.compile(
    r"(?:^|[.!?…]\s+)(?P<word>это\s+реклама(?=\s*(?:[.!…]|$))|реклама(?=\s*[.!…]?\s*(?:$|ООО\b|ПАО\b|АО\b|общество\b)))",
    re.IGNORECASE,
)


def find_marks(text: str, *, spoken: bool) -> Iterator[Hit]:
    """Label parts in one text. An ``erid`` cannot be heard with its letter case, so speech never gives one."""
    yield from _words(text, spoken=spoken)
    yield from _advertisers(text, spoken=spoken)
    yield from _numbers(text)
    if not spoken:
        for mark in find_erids(text):
            label = Label.MARK_ERID if mark.intact else Label.MARK_ERID_DAMAGED
            yield Hit(label, mark.start, mark.end, text[mark.start : mark.end], mark.token, 1.0)


def _words(text: str, *, spoken: bool) -> Iterator[Hit]:
    cyrillic = text.translate(_LATIN_TWINS)
    scored = [(_LABEL_BY_RIGHTS, 1.0), (_LABEL_BEFORE_ADVERTISER, 1.0)]
    scored += [(_SPOKEN_LABEL, 0.8)] if spoken else [(_LABEL_AT_LINE_START, 1.0), (_LABEL_ALONE, 0.8)]
    found: set[int] = set()
    for pattern, score in scored:
        for match in pattern.finditer(cyrillic):
            start, end = match.span("word")
            if start not in found:
                found.add(start)
                yield Hit(Label.MARK_WORD, start, end, text[start:end], "реклама", score)


def _advertisers(text: str, *, spoken: bool) -> Iterator[Hit]:
    patterns = [(_ADVERTISER, _cyrillic_capitals(text)), (_FOREIGN_ADVERTISER, text)]
    if spoken:
        patterns.append((_SPOKEN_ADVERTISER, text))
    for pattern, form in patterns:
        for match in pattern.finditer(form):
            written = text[match.start() : match.end()]
            yield Hit(Label.MARK_ADVERTISER, match.start(), match.end(), written, " ".join(written.split()), 0.9)


def _cyrillic_capitals(text: str) -> str:
    """The text with Latin twins of capitals made Cyrillic in words that can be a legal form, such as "OOO"."""
    return re.sub(r"(?<!\w)[A-ZА-Я]{2,4}(?!\w)", lambda match: match.group().translate(_LATIN_TWINS), text)


def _numbers(text: str) -> Iterator[Hit]:
    for match in _NUMBER.finditer(text.translate(_LATIN_TWINS)):
        digits = re.sub(r"\D", "", match["digits"])
        right = is_inn(digits) if match["kind"].upper() == "ИНН" else is_ogrn(digits)
        if right:
            start, end = match.span()
            yield Hit(Label.MARK_ADVERTISER, start, end, text[start:end], digits, 1.0)
