"""Checks the configuration: `python backend/compliance_app/config_validator.py`. Standard library only.

Reads the environment and the repository's `.env` (the environment wins), prints every problem at once and exits with
0 (valid) or 1. The settings load through the same :func:`validate`, so both always agree.
"""

import io
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

if not __package__:  # run as a file: Python put this folder on sys.path instead of backend/
    if sys.version_info < (3, 11):  # noqa: UP036 - an older one would end in a traceback further down
        sys.exit("Нужен Python 3.11 или новее.")
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from compliance_app.configuration_values import REPOSITORY, Malformed
from compliance_app.configuration_variables import DEVELOPMENT, PRODUCTION, VARIABLES, Variable
from compliance_app.dotenv_file import read_dotenv

DOTENV = REPOSITORY / ".env"
ADVICE = (
    "Исправьте значения в .env или в окружении; что значит каждое — docs/CONFIGURATION.ru.md.\n"
    "Для разработки на своём компьютере .env создаёт ./setup_env.sh."
)

_DJANGO_ENV = next(variable for variable in VARIABLES if variable.name == "DJANGO_ENV")
_UNFILLED = re.compile(r"\$\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """The verdict on a configuration.

    ``errors`` and ``warnings`` are Russian lines ready to print, never with a secret's value. ``values`` holds every
    variable that could be read, by name, typed, defaults filled in and None where there is neither value nor default.
    ``environment`` is None when DJANGO_ENV itself cannot be read.
    """

    environment: str | None
    values: Mapping[str, Any]
    errors: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def valid(self) -> bool:
        """Whether the application may start; warnings do not stop it."""
        return not self.errors


def read_configuration(environ: Mapping[str, str], dotenv: Path = DOTENV) -> ValidationResult:
    """Validates the environment together with the `.env` file; the environment wins, an empty value is no value."""
    file = read_dotenv(dotenv)
    given = {name: value for name, value in environ.items() if value.strip()}
    result = validate({**file.values, **given})
    problems = tuple(f"❌ ОШИБКА: {problem}" for problem in file.problems)
    return ValidationResult(result.environment, result.values, problems + result.errors, result.warnings)


def validate(environ: Mapping[str, str]) -> ValidationResult:
    """Judges a configuration by the table of variables.

    Missing and insecure values matter in production only; a value that cannot be read is an error everywhere. With an
    unreadable DJANGO_ENV the other variables are still read, by the rules of development.
    """
    errors: list[str] = []
    warnings: list[str] = []
    values: dict[str, Any] = {}
    environment = _environment(environ)
    for variable in VARIABLES:
        text = environ.get(variable.name, "").strip()
        if environment == PRODUCTION and not text:
            if variable.level == "required" and not variable.default:
                errors.append(f"❌ ОШИБКА: Не задана обязательная переменная {variable.name}")
            if variable.level == "recommended":
                warnings.append(f"⚠️  ПРЕДУПРЕЖДЕНИЕ: Не задана рекомендуемая переменная {variable.name}")
        try:
            value = _value(variable, text or variable.default, environment or DEVELOPMENT)
        except Malformed as exc:
            errors.append(f"❌ ОШИБКА: Неверное значение переменной {variable.name}: {exc}")
            continue
        values[variable.name] = value
        if environment == PRODUCTION and text and variable.insecure(value):
            errors.append(f"❌ ОШИБКА БЕЗОПАСНОСТИ: {variable.name} содержит небезопасное значение!")
    if environment == PRODUCTION and values.get("DEBUG"):
        warnings.insert(0, "⚠️  WARNING: DEBUG=True в production небезопасно!")
    return ValidationResult(environment, values, tuple(errors), tuple(warnings))


def _environment(environ: Mapping[str, str]) -> str | None:
    """The value of DJANGO_ENV, production when there is none, None when it is not one of the two."""
    try:
        return str(_DJANGO_ENV.read(environ.get("DJANGO_ENV", "").strip() or _DJANGO_ENV.default))
    except Malformed:
        return None


def _value(variable: Variable, text: str, environment: str) -> object:
    """The typed value of a variable; None for an empty text. Raises :class:`Malformed`."""
    if not text:
        return None
    if _UNFILLED.fullmatch(text):
        raise Malformed("вместо значения осталась подстановка ${…}; впишите само значение")
    return variable.reader(environment)(text)


def print_result(result: ValidationResult, out: TextIO) -> None:
    """Writes the result as docs/CONFIGURATION.ru.md shows it."""
    lines = ["📋 РЕЗУЛЬТАТЫ ВАЛИДАЦИИ КОНФИГУРАЦИИ", "=" * 36, "", *describe(result)]
    if result.errors:
        lines += ["", ADVICE]
    elif result.warnings:
        lines += ["", "✅ Конфигурация валидна, но есть предупреждения."]
    else:
        lines += ["✅ Конфигурация валидна! Все переменные заданы корректно."]
    out.write("\n".join(lines) + "\n")


def describe(result: ValidationResult) -> list[str]:
    """The lines of errors and warnings under their headings."""
    lines: list[str] = []
    if result.errors:
        lines += ["🚨 КРИТИЧЕСКИЕ ОШИБКИ:", *(f"  {error}" for error in result.errors)]
    if result.errors and result.warnings:
        lines.append("")
    if result.warnings:
        lines += ["⚠️  ПРЕДУПРЕЖДЕНИЯ:", *(f"  {warning}" for warning in result.warnings)]
    return lines


def main() -> int:
    """Validates the configuration of this process and says how it is."""
    result = read_configuration(os.environ)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # a console of 1251 or ASCII has no 📋
    print_result(result, sys.stdout)
    return 0 if result.valid else 1


if __name__ == "__main__":
    sys.exit(main())
