"""Policy packs from disk: which there are, and one file read, validated and turned into a ``Pack``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import yaml

from policy.condition_reading import MAX_SECONDS, MIN_MERGE_S, ConditionReader
from policy.judgement import EffectivePeriod, LocalisedText
from policy.pack import Continuation, Outcome, Pack, Part, Source, Window
from policy.pack_fields import Fields, Reading, line_of
from policy.pack_problems import PackInvalid, PackProblem, UnknownPack
from policy.pack_testing import run_pack_tests
from policy.pack_yaml import content_digest, read_document
from policy.rule_reading import read_rules, read_url, refuse_twice

BUILT_IN_DIR = Path(__file__).parent / "packs"


def available_packs(extra_dirs: Sequence[Path] = ()) -> dict[str, Path]:
    """Pack files by id, built-in ones first. A pack's id is its file's name without the suffix.

    Raises ``PackInvalid`` when a directory cannot be listed or two files claim one id: which one judges must not depend
    on the order of directories.
    """
    found: dict[str, Path] = {}
    problems: list[PackProblem] = []
    for directory in (BUILT_IN_DIR, *extra_dirs):
        try:
            paths = sorted(path for path in directory.iterdir() if path.suffix in {".yaml", ".yml"})
        except OSError as error:
            problems.append(_directory_problem(directory, error))
            continue
        for path in paths:
            if path.stem in found:
                problems.append(_twice_problem(path))
            else:
                found[path.stem] = path
    if problems:
        raise PackInvalid(problems)
    return found


def load_packs(ids: Sequence[str], extra_dirs: Sequence[Path] = ()) -> tuple[Pack, ...]:
    """The packs of these ids, in this order. Raises ``UnknownPack`` (it lists the known ids) or ``PackInvalid``.

    A pack from ``extra_dirs`` must pass its own tests: nobody else has run them.
    """
    known = available_packs(extra_dirs)
    for pack in ids:
        if pack not in known:
            raise UnknownPack(pack, tuple(known))
    return tuple(load_pack(known[pack]) if _is_built_in(known[pack]) else _tried(known[pack]) for pack in ids)


def load_pack(path: Path) -> Pack:
    """Read and validate one pack file. Raises ``PackInvalid`` with every problem found."""
    root = read_document(path)
    reading = Reading(path.name)
    pack = _pack(root, reading, path.stem)
    if reading.problems:
        raise PackInvalid(reading.problems)
    return pack


def _is_built_in(path: Path) -> bool:
    return path.parent == BUILT_IN_DIR


def _tried(path: Path) -> Pack:
    pack = load_pack(path)
    failures = run_pack_tests(pack)
    if failures:
        raise PackInvalid(PackProblem(path.name, failure.line, failure.text) for failure in failures)
    return pack


def _pack(root: yaml.MappingNode, reading: Reading, stem: str) -> Pack:
    required = ("id", "version", "title", "effective", "checked_on", "source", "outcomes", "rules")
    fields = reading.fields(root, required=required, optional=("windows",))
    pack_id = reading.identifier(fields.get("id"))
    if "id" in fields and pack_id != stem:
        reading.wrong(
            line_of(fields.nodes["id"]),
            f"id «{pack_id}» не совпадает с именем файла «{stem}». Переименуйте файл или id.",
            f'The id "{pack_id}" differs from the file\'s name "{stem}". Rename the file or the id.',
        )
    source = _source(fields.get("source"), reading)
    outcomes = _outcomes(fields.get("outcomes"), reading)
    windows = _windows(fields.get("windows"), reading)
    return Pack(
        id=pack_id,
        version=reading.text(fields.get("version")),
        title=reading.localised(fields.get("title")),
        effective=_effective(fields.get("effective"), reading),
        checked_on=_certain_day(fields, "checked_on", reading),
        source=source,
        outcomes=outcomes,
        windows=windows,
        rules=read_rules(fields.get("rules"), reading, source, outcomes, windows),
        digest=content_digest(root),
    )


def _source(node: yaml.Node | None, reading: Reading) -> Source:
    fields = reading.fields(node, required=("title",), optional=("url",))
    return Source(reading.localised(fields.get("title")), read_url(fields, reading))


def _certain_day(fields: Fields, key: str, reading: Reading) -> date:
    day = reading.day(fields.get(key))
    if day is None and key in fields and fields.nodes[key].value in ("", "~", "null"):
        reading.wrong(line_of(fields.nodes[key]), "Здесь нужна дата.", "A date is expected here.")
    return day or date.min


def _effective(node: yaml.Node | None, reading: Reading) -> EffectivePeriod:
    fields = reading.fields(node, required=("from",), optional=("until",))
    begins, ends = _certain_day(fields, "from", reading), reading.day(fields.get("until"))
    if ends is not None and ends < begins:
        reading.wrong(fields.line, "Конец действия раньше начала.", "The last day is before the first.")
    return EffectivePeriod(begins, ends)


def _outcomes(node: yaml.Node | None, reading: Reading) -> tuple[Outcome, ...]:
    outcomes: list[Outcome] = []
    for position, item in enumerate(reading.items(node)):
        fields = reading.fields(item, required=("id", "title"), optional=("action",))
        outcomes.append(
            Outcome(
                _outcome_id(fields, reading),
                reading.localised(fields.get("title")),
                reading.flag(fields.get("action"), default=position > 0),
            )
        )
        refuse_twice(outcomes[:-1], outcomes[-1], fields, reading)
    return tuple(outcomes)


def _outcome_id(fields: Fields, reading: Reading) -> str:
    """Age marks such as ``12+`` are outcomes, so the alphabet is wider than that of identifiers."""
    value = reading.text(fields.get("id"))
    if value and not (value.isascii() and len(value) <= 32 and " " not in value):
        reading.wrong(
            fields.line, f"«{value}»: исход пишется латиницей без пробелов.", f'"{value}": an outcome is ASCII.'
        )
    return value


def _windows(node: yaml.Node | None, reading: Reading) -> tuple[Window, ...]:
    windows: list[Window] = []
    for item in reading.items(node):
        reader = ConditionReader(reading, [window.id for window in windows])
        optional = ("near", "together", "continues", "shows")
        fields = reading.fields(item, required=("id", "title", "when", "merge"), optional=optional)
        together_s = reader.seconds(fields, "together")
        windows.append(
            Window(
                id=reading.identifier(fields.get("id")),
                title=reading.localised(fields.get("title")),
                when=reader.condition(fields.get("when")),
                merge_s=reader.merge_s(fields),
                near_s=reader.seconds(fields, "near") or 0.0,
                together_s=MAX_SECONDS if together_s is None else together_s,
                continues=_continuation(fields.get("continues"), reader),
                parts=tuple(_part(part, reader) for part in reading.items(fields.get("shows"))),
            )
        )
        refuse_twice(windows[:-1], windows[-1], fields, reading)
    return tuple(windows)


def _continuation(node: yaml.Node | None, reader: ConditionReader) -> Continuation | None:
    if node is None:
        return None
    fields = reader.reading.fields(node, required=("same", "longest"))
    longest_s = reader.reading.number(fields.get("longest"), MIN_MERGE_S, MAX_SECONDS)
    return Continuation(reader.labels(fields.get("same")) if "same" in fields else (), longest_s)


def _part(node: yaml.Node, reader: ConditionReader) -> Part:
    reading = reader.reading
    optional = ("damaged", "modality", "min_score", "min_seconds")
    fields = reading.fields(node, required=("id", "title", "label"), optional=optional)
    return Part(
        id=reading.identifier(fields.get("id")),
        title=reading.localised(fields.get("title")),
        labels=reader.labels(fields.get("label")),
        damaged=reader.labels(fields.get("damaged")) if "damaged" in fields else (),
        modality=reader.modality(fields.get("modality")),
        min_score=reading.number(fields.get("min_score"), 0.0, 1.0),
        min_seconds=reader.seconds(fields, "min_seconds") or 0.0,
    )


def _directory_problem(directory: Path, error: OSError) -> PackProblem:
    return PackProblem(
        directory.name,
        0,
        LocalisedText(
            ru=f"Папка с пакетами не читается ({error.strerror}). Проверьте путь.",
            en=f"The directory of packs cannot be listed ({error.strerror}). Check the path.",
        ),
    )


def _twice_problem(path: Path) -> PackProblem:
    return PackProblem(
        path.name,
        0,
        LocalisedText(
            ru=f"Пакет «{path.stem}» уже есть. Переименуйте файл и id внутри него.",
            en=f'A pack "{path.stem}" exists already. Rename the file and the id in it.',
        ),
    )
