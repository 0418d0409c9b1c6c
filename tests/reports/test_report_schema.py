"""``docs/compliance-report-1.schema.json`` and ``reports.document`` describe the same report."""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from jsonschema import Draft202012Validator
from tests.reports import sample_report

from reports import document
from reports.json_export import export_json

SCHEMA: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "docs" / "compliance-report-1.schema.json").read_text(encoding="utf-8")
)


def types_of_the_report() -> Iterator[type]:
    seen: list[type] = []
    waiting: list[type] = [document.ReportDocument]
    while waiting:
        described = waiting.pop()
        if described in seen:
            continue
        seen.append(described)
        yield described
        for hint in get_type_hints(described).values():
            waiting.extend(part for part in (hint, *get_args(hint)) if dataclasses.is_dataclass(part))


def expected(hint: Any) -> dict[str, Any]:
    """The part of a JSON Schema that a type hint dictates."""
    if dataclasses.is_dataclass(hint):
        return {"$ref": f"#/$defs/{hint.__name__}"}
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"const": arguments[0]} if len(arguments) == 1 else {"type": "string", "enum": list(arguments)}
    if origin is tuple:
        return {"type": "array", "items": expected(arguments[0])}
    if origin in (Union, types.UnionType):
        inner = expected(next(part for part in arguments if part is not type(None)))
        return {"anyOf": [inner, {"type": "null"}]} if "$ref" in inner else {**inner, "type": [inner["type"], "null"]}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"type": "string", "enum": [member.value for member in hint]}
    if hint in (date, datetime):
        return {"type": "string", "format": "date" if hint is date else "date-time"}
    return {"type": {str: "string", int: "integer", float: "number", bool: "boolean"}[hint]}


def schema_of(described: type) -> dict[str, Any]:
    return SCHEMA if described is document.ReportDocument else SCHEMA["$defs"][described.__name__]


def agrees(field: dict[str, Any], dictated: dict[str, Any]) -> bool:
    """Everything that the type dictates stands in the schema; the schema may say more (limits, descriptions)."""
    return all(
        agrees(field.get(key, {}), value) if isinstance(value, dict) else field.get(key) == value
        for key, value in dictated.items()
    )


def test_the_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("described", list(types_of_the_report()), ids=lambda described: described.__name__)
def test_schema_and_types_have_the_same_fields(described: type) -> None:
    schema, hints = schema_of(described), get_type_hints(described)
    assert list(schema["properties"]) == [field.name for field in dataclasses.fields(described)]
    assert schema["required"] == list(schema["properties"])
    assert schema["additionalProperties"] is False
    for name, field in schema["properties"].items():
        assert agrees(field, expected(hints[name])), f"{described.__name__}.{name}: {field} is not {hints[name]}"


def test_the_schema_has_no_type_that_the_report_lacks() -> None:
    assert set(SCHEMA["$defs"]) == {described.__name__ for described in types_of_the_report()} - {"ReportDocument"}


def test_everything_in_the_schema_is_described() -> None:
    def undescribed(node: Any, path: str) -> Iterator[str]:
        for name, field in node.get("properties", {}).items():
            if not field.get("description"):
                yield f"{path}.{name}"
        if not node.get("description"):
            yield path

    assert [
        gap for name, node in [("report", SCHEMA), *SCHEMA["$defs"].items()] for gap in undescribed(node, name)
    ] == []


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_report_is_valid_against_the_schema(language: str) -> None:
    exported = json.loads(export_json(sample_report.build(language)))
    assert [error.message for error in validator().iter_errors(exported)] == []
    assert exported["version"] == "compliance-report/1"


def test_a_report_without_findings_is_valid_against_the_schema() -> None:
    exported = json.loads(export_json(sample_report.build_clean(gaps=True)))
    assert [error.message for error in validator().iter_errors(exported)] == []
    assert exported["coverage"]["complete"] is False


def test_the_schema_refuses_what_a_report_never_holds() -> None:
    exported = json.loads(export_json(sample_report.build()))
    exported["findings"][0]["surprise"] = 1
    exported["findings"][1]["score"] = 1.2
    exported["video"]["sha256"] = "short"
    del exported["disclaimer"]
    assert len(list(validator().iter_errors(exported))) == 4


def test_equal_reports_are_equal_bytes_and_russian_stays_readable() -> None:
    text = export_json(sample_report.build())
    assert text == export_json(sample_report.build())
    assert "Мат в речи" in text
    assert text.endswith("}\n")


def validator() -> Draft202012Validator:
    return Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
