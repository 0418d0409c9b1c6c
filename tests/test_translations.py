"""Every message has a Russian translation, and every compiled catalogue is the one in its ``.po`` file."""

from __future__ import annotations

import gettext
import io
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
BACKEND = ROOT / "backend"
CATALOGUES = sorted(BACKEND.glob("**/locale/ru/LC_MESSAGES/django.po"))
"""One for the whole product, and one of its own for each larger application."""

KEYWORDS: dict[str, tuple[object, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="ru")


def used_messages() -> Iterator[tuple[str, str]]:
    """(where, English message) of everything that the code and the templates translate."""
    for path in sorted(BACKEND.rglob("*.py")):
        yield from ((path.name, text) for text in messages_in(path.read_text(encoding="utf-8")))
    for path in sorted(BACKEND.glob("*/templates/**/*.html")):
        yield from ((path.name, text) for text in messages_in(templatize(path.read_text(encoding="utf-8"))))


def messages_in(source: str) -> Iterator[str]:
    for _line, message, _comments, _context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        yield message[0] if isinstance(message, tuple) else message


def test_every_message_is_translated() -> None:
    known = {
        message.id if isinstance(message.id, str) else message.id[0]: message
        for path in CATALOGUES
        for message in catalogue(path)
        if message.id
    }

    missing = {text for _where, text in used_messages() if text not in known}
    unfinished = {text for text, message in known.items() if not all_of(message.string) or message.fuzzy}

    assert missing == set()
    assert unfinished == set()


def all_of(translation: str | tuple[str, ...]) -> bool:
    return bool(translation) if isinstance(translation, str) else all(translation)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_the_compiled_catalogue_is_fresh(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    for message in catalogue(path):
        if isinstance(message.id, str) and message.id:
            got = compiled.pgettext(message.context, message.id) if message.context else compiled.gettext(message.id)
            assert got == message.string, message.id


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_placeholders_survive_translation(path: Path) -> None:
    for message in catalogue(path):
        if message.id and "python-format" in message.flags:
            ids = (message.id,) if isinstance(message.id, str) else message.id
            translations = (message.string,) if isinstance(message.string, str) else message.string
            for translation in translations:
                assert placeholders(translation) <= placeholders(ids[-1]), ids[-1]
                assert placeholders(ids[-1]) <= placeholders(translation) | {"count"}, ids[-1]


def placeholders(text: str) -> set[str]:
    return {part.split(")", 1)[0] for part in text.split("%(")[1:] if part[:1] in string.ascii_letters}
