"""The `.env` file as people write it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance_app.dotenv_file import read_dotenv


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("KEY=value", "value"),
        ("  export KEY = value  ", "value"),
        ("KEY=", ""),
        ("KEY=a=b#c$d", "a=b#c$d"),
        ("KEY=#starts", "#starts"),
        ("KEY=3                    # Максимум попыток", "3"),
        ("KEY=    # nothing", ""),
        ('KEY="a # b"', "a # b"),
        ("KEY='a \"b\"' # comment", 'a "b"'),
        ('KEY="a" # say "b"', "a"),
        ("KEY=it's", "it's"),
        ("KEY=${OTHER}", "${OTHER}"),
        ("KEY=first\r\nKEY=last\r\n", "last"),
        ("\ufeffKEY=bom", "bom"),
        ("# KEY=comment\n\nKEY=x", "x"),
    ],
)
def test_a_line(tmp_path: Path, line: str, value: str) -> None:
    file = tmp_path / ".env"
    file.write_bytes(line.encode())
    read = read_dotenv(file)
    assert dict(read.values) == {"KEY": value}
    assert read.problems == ()


@pytest.mark.parametrize(
    "line", ["SECRET_KEY my-secret", "my-secret", "1KEY=my-secret", "KEY=my-secret\0", "=my-secret"]
)
def test_a_line_that_says_nothing_is_named_by_number_without_its_text(tmp_path: Path, line: str) -> None:
    file = tmp_path / ".env"
    file.write_text(f"A=1\n{line}\nB=2\n", encoding="utf-8")
    read = read_dotenv(file)
    (problem,) = read.problems
    assert problem.startswith(".env, строка 2: ")
    assert "my-secret" not in problem
    assert dict(read.values) == {"A": "1", "B": "2"}


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    assert read_dotenv(tmp_path / "missing").problems == ()
    assert "не читается" in read_dotenv(tmp_path).problems[0]
    file = tmp_path / ".env"
    file.write_bytes("KEY=ключ".encode("cp1251"))
    assert "UTF-8" in read_dotenv(file).problems[0]


@given(st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_values_or_problems(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / ".env"
    file.write_bytes(data)
    read = read_dotenv(file)
    assert all(name.isidentifier() for name in read.values)
    assert all("\0" not in value and "\n" not in value for value in read.values.values())
