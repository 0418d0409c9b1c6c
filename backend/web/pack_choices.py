"""The packs to choose from, as the settings page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

from policy.loading import available_packs, load_packs
from policy.pack import Pack
from policy.pack_problems import PackInvalid
from videos.installed_packs import pack_dirs


@dataclass(frozen=True, slots=True)
class PackChoice:
    """Texts are in the active language. ``problem`` says why the pack cannot be used; then it has only its ``id``."""

    id: str
    title: str
    is_chosen: bool
    decides: tuple[str, ...] = ()
    source_title: str = ""
    source_url: str | None = None
    version: str = ""
    digest: str = ""
    checked_on: object = None
    problem: str = ""


def pack_choices(chosen: Sequence[str]) -> tuple[PackChoice, ...]:
    """Every pack of this installation: those chosen first, in the order of the report."""
    files = available_packs(pack_dirs())
    order = [*(pack for pack in chosen if pack in files), *(pack for pack in files if pack not in chosen)]
    return tuple(_choice(pack, files[pack], pack in chosen) for pack in order)


def _choice(pack_id: str, path: Path, is_chosen: bool) -> PackChoice:
    language = get_language() or "ru"
    facts = path.stat()
    try:
        pack = _loaded(pack_id, path, facts.st_mtime_ns, facts.st_size)
    except PackInvalid as error:
        return PackChoice(pack_id, pack_id, is_chosen, problem=error.problems[0].in_language(language))
    return PackChoice(
        id=pack.id,
        title=pack.title.in_language(language),
        is_chosen=is_chosen,
        decides=tuple(outcome.title.in_language(language) for outcome in pack.outcomes),
        source_title=pack.source.title.in_language(language),
        source_url=pack.source.url,
        version=pack.version,
        digest=pack.digest[:12],
        checked_on=pack.checked_on,
    )


@lru_cache(maxsize=64)
def _loaded(pack_id: str, path: Path, changed_ns: int, size_bytes: int) -> Pack:
    """Reading takes tens of milliseconds; a file that changes is read again."""
    return load_packs((pack_id,), pack_dirs())[0]
