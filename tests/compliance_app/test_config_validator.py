"""`python backend/compliance_app/config_validator.py`, as an operator runs it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from configuration_cases import GOOD_KEY, PRODUCTION
from configured_checkout import REPOSITORY, Project

from compliance_app.configuration_variables import SECRET_NAMES

HEADING = "📋 РЕЗУЛЬТАТЫ ВАЛИДАЦИИ КОНФИГУРАЦИИ\n====================================\n\n"
ALL_GOOD = HEADING + "✅ Конфигурация валидна! Все переменные заданы корректно.\n"


def test_valid(project: Project) -> None:
    done = project.validate(PRODUCTION)
    assert (done.returncode, done.stdout, done.stderr) == (0, ALL_GOOD, "")


def test_needs_the_standard_library_alone_and_no_particular_folder(project: Project, tmp_path: Path) -> None:
    done = project.validate(PRODUCTION, "-S", "-I", "-W", "error", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, ALL_GOOD, "")
    modules = [path.stem for path in (project.root / "backend" / "compliance_app").glob("*.py")]
    listed = project.run(["python3", "-c", f"import sys; print(set({modules}) & sys.stdlib_module_names)"])
    assert listed.stdout.strip() == "set()"


def test_the_lines_of_the_specification(project: Project) -> None:
    broken = {
        **PRODUCTION,
        "REPLICATE_API_TOKEN": "",
        "SECRET_KEY": "dev-secret-key",
        "DEBUG": "True",
        "EMAIL_HOST": "",
    }
    done = project.validate(broken)
    assert done.returncode == 1
    assert done.stdout.startswith(
        HEADING + "🚨 КРИТИЧЕСКИЕ ОШИБКИ:\n"
        "  ❌ ОШИБКА БЕЗОПАСНОСТИ: SECRET_KEY содержит небезопасное значение!\n"
        "  ❌ ОШИБКА: Не задана обязательная переменная REPLICATE_API_TOKEN\n"
        "\n"
        "⚠️  ПРЕДУПРЕЖДЕНИЯ:\n"
        "  ⚠️  WARNING: DEBUG=True в production небезопасно!\n"
        "  ⚠️  ПРЕДУПРЕЖДЕНИЕ: Не задана рекомендуемая переменная EMAIL_HOST\n"
        "\n"
        "Исправьте значения в .env"
    )


def test_warnings_do_not_fail(project: Project) -> None:
    done = project.validate({**PRODUCTION, "EMAIL_PORT": ""})
    assert done.returncode == 0
    assert done.stdout == (
        HEADING + "⚠️  ПРЕДУПРЕЖДЕНИЯ:\n  ⚠️  ПРЕДУПРЕЖДЕНИЕ: Не задана рекомендуемая переменная EMAIL_PORT\n"
        "\n✅ Конфигурация валидна, но есть предупреждения.\n"
    )


def test_reads_dotenv_and_the_environment_wins(project: Project) -> None:
    lines = [f"{name}='{value}'" for name, value in PRODUCTION.items() if name != "SECRET_KEY"]
    (project.root / ".env").write_text("\n".join([*lines, "SECRET_KEY=dev-secret-key"]), encoding="utf-8")
    assert project.validate({}).returncode == 1
    assert project.validate({"SECRET_KEY": ""}).returncode == 1
    assert project.validate({"SECRET_KEY": GOOD_KEY}).stdout == ALL_GOOD
    assert project.validate({"SECRET_KEY": GOOD_KEY, "EMAIL_PORT": "x"}).returncode == 1


def test_a_broken_dotenv_is_an_error(project: Project) -> None:
    (project.root / ".env").write_text("EMAIL_PORT 587\n", encoding="utf-8")
    done = project.validate(PRODUCTION)
    assert done.returncode == 1
    assert "  ❌ ОШИБКА: .env, строка 1: ожидается ИМЯ=значение" in done.stdout


def test_no_secret_is_printed(project: Project) -> None:
    for spoil in (" spoilt", "\x01", "é"):
        secrets = {name: PRODUCTION[name] + spoil for name in SECRET_NAMES}
        done = project.validate({**PRODUCTION, **secrets, "EMAIL_PORT": "x"})
        assert done.returncode == 1
        for value in secrets.values():
            assert value not in done.stdout + done.stderr
            assert value[: len(value) // 2] not in done.stdout + done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1251"])
def test_speaks_on_a_console_without_emoji(project: Project, encoding: str) -> None:
    assert project.validate({**PRODUCTION, "PYTHONIOENCODING": encoding}).stdout == ALL_GOOD


def _example(heading: str) -> str:
    """The code block under a heading of the Russian page."""
    text = (REPOSITORY / "docs" / "CONFIGURATION.ru.md").read_text(encoding="utf-8")
    block = re.search(rf"{heading}\n\n```env\n(.*?)```", text, re.DOTALL)
    assert block is not None
    return block[1]


def test_the_documented_example_of_development_is_valid(project: Project) -> None:
    (project.root / ".env").write_text(_example("### Локальная разработка"), encoding="utf-8")
    assert project.validate({}).stdout == ALL_GOOD


def test_the_documented_example_of_production_is_valid_once_filled_in(project: Project) -> None:
    example = _example("### Production на DigitalOcean")
    (project.root / ".env").write_text(example, encoding="utf-8")
    unfilled = project.validate({})
    assert unfilled.returncode == 1
    assert unfilled.stdout.count("вместо значения осталась подстановка ${…}") == 7
    substitutes = {
        "${SECRET_KEY}": GOOD_KEY,
        "${db.DATABASE_URL}": PRODUCTION["DATABASE_URL"],
        "${redis.REDIS_URL}": PRODUCTION["REDIS_URL"],
        "${BACKBLAZE_KEY_ID}": "000abc",
        "${BACKBLAZE_KEY}": "K000abc",
        "${REPLICATE_TOKEN}": "r8_abc",
        "${SENDGRID_API_KEY}": "SG.abc",
    }
    for placeholder, value in substitutes.items():
        example = example.replace(placeholder, value)
    (project.root / ".env").write_text(example, encoding="utf-8")
    assert project.validate({}).stdout == ALL_GOOD


def test_the_copied_example_names_everything_that_must_be_filled_in(project: Project) -> None:
    (project.root / ".env").write_bytes((project.root / ".env.example").read_bytes())
    done = project.validate({})
    assert done.stdout.count("Не задана обязательная переменная") == 9
    assert done.stdout.count("Не задана рекомендуемая переменная") == 6
    assert "Неверное значение" not in done.stdout
