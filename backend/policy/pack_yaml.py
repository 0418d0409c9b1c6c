"""Safe YAML with positions: a pack file becomes nodes that know their line, and every doubt becomes a problem.

Pack files come from customers. Before libyaml builds nodes (recursively, in C: a deep enough file would end the
process), the flat event stream is checked for depth, size and aliases.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import yaml

from policy.judgement import LocalisedText
from policy.pack_problems import PackInvalid, PackProblem

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_PACK_BYTES = 256 * 1024
"""Ten times the largest built-in pack."""
MAX_DEPTH = 40
MAX_NODES = 20_000


def read_document(path: Path) -> yaml.MappingNode:
    """The top mapping of a pack file. Raises ``PackInvalid`` when the file cannot be read as one."""
    text = _text(path)
    try:
        _refuse_bombs(text, path.name)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise PackInvalid([_syntax_problem(error, path.name)]) from error
    if not isinstance(root, yaml.MappingNode):
        raise _invalid(
            path.name,
            0,
            "В файле нет пакета правил. Он начинается с ключей id, version, title.",
            "The file holds no policy pack. It starts with the keys id, version, title.",
        )
    return root


def content_digest(root: yaml.Node) -> str:
    """sha256 (hex) of the content: the same for any comments, layout, quoting or order of keys."""
    canonical = json.dumps(_plain(root), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(node: yaml.Node) -> object:
    if isinstance(node, yaml.MappingNode):
        return sorted(([_plain(key), _plain(value)] for key, value in node.value), key=json.dumps)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return [node.tag, node.value]


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_PACK_BYTES + 1)
    except OSError as error:
        raise _invalid(
            path.name,
            0,
            f"Файл не читается ({error.strerror}). Проверьте, что он есть и доступен.",
            f"The file cannot be read ({error.strerror}). Check that it exists and is accessible.",
        ) from error
    if len(content) > MAX_PACK_BYTES:
        raise _invalid(
            path.name,
            0,
            f"Файл больше {MAX_PACK_BYTES // 1024} КБ. Разделите его на несколько пакетов.",
            f"The file is larger than {MAX_PACK_BYTES // 1024} KB. Split it into several packs.",
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _invalid(
            path.name,
            line,
            "Это не UTF-8. Сохраните файл в кодировке UTF-8.",
            "This is not UTF-8. Save the file in UTF-8.",
        ) from error


def _refuse_bombs(text: str, file: str) -> None:
    depth = nodes = documents = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark is not None else 0
        if isinstance(event, yaml.AliasEvent) or (isinstance(event, yaml.NodeEvent) and event.anchor):
            raise _invalid(
                file,
                line,
                "Якоря и ссылки YAML (& и *) не поддерживаются. Повторите значение целиком.",
                "YAML anchors and aliases (& and *) are not supported. Repeat the value in full.",
            )
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
        elif isinstance(event, yaml.NodeEvent):
            nodes += 1
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if documents > 1:
            raise _invalid(
                file,
                line,
                "В файле несколько документов YAML. Один пакет — один файл.",
                "The file holds several YAML documents. One pack is one file.",
            )
        if depth > MAX_DEPTH or nodes > MAX_NODES:
            raise _invalid(
                file,
                line,
                f"Слишком сложный файл: больше {MAX_DEPTH} уровней или {MAX_NODES} значений. Упростите пакет.",
                f"The file is too complex: more than {MAX_DEPTH} levels or {MAX_NODES} values. Simplify the pack.",
            )


def _syntax_problem(error: yaml.YAMLError, file: str) -> PackProblem:
    mark = getattr(error, "problem_mark", None)
    detail = getattr(error, "problem", None) or "invalid character"
    return PackProblem(
        file,
        mark.line + 1 if mark is not None else 0,
        LocalisedText(
            ru=f"Это не YAML: {detail}. Проверьте отступы, двоеточия и кавычки.",
            en=f"This is not YAML: {detail}. Check indents, colons and quotes.",
        ),
    )


def _invalid(file: str, line: int, ru: str, en: str) -> PackInvalid:
    return PackInvalid([PackProblem(file, line, LocalisedText(ru, en))])
