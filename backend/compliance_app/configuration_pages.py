"""`.env.example` and the tables of docs/CONFIGURATION*.md, made from the table of variables.

`cd backend && python -m compliance_app.configuration_pages` writes them anew.
"""

import re
from typing import Literal

from compliance_app.configuration_values import REPOSITORY
from compliance_app.configuration_variables import VARIABLES, Level, Variable

Language = Literal["ru", "en"]

ENV_EXAMPLE = REPOSITORY / ".env.example"
PAGES: dict[Language, str] = {"ru": "docs/CONFIGURATION.ru.md", "en": "docs/CONFIGURATION.md"}

_HEADINGS: dict[tuple[Language, str], tuple[str, str, str]] = {
    ("ru", "required"): ("Переменная", "Описание", "Пример"),
    ("ru", "recommended"): ("Переменная", "Описание", "Пример"),
    ("ru", "optional"): ("Переменная", "Описание", "По умолчанию"),
    ("ru", "models"): ("Переменная", "Модель и назначение", "ID"),
    ("en", "required"): ("Variable", "Meaning", "Example"),
    ("en", "recommended"): ("Variable", "Meaning", "Example"),
    ("en", "optional"): ("Variable", "Meaning", "Default"),
    ("en", "models"): ("Variable", "Model and purpose", "ID"),
}
_ENV_SECTIONS: dict[Level, str] = {
    "required": "Обязательные в production",
    "recommended": "Рекомендуемые для production",
    "optional": "Необязательные: уберите # и поменяйте значение",
}
_MARKED = re.compile(r"(<!-- variables: (\w+) -->\n).*?(<!-- end of variables -->)", re.DOTALL)


def env_example() -> str:
    """The text of `.env.example`: what must be filled in is empty, so that a forgotten value is missed at once."""
    lines = [
        "# Пример конфигурации. Скопируйте в .env и заполните; описание — docs/CONFIGURATION.ru.md.",
        "# Проверка: python backend/compliance_app/config_validator.py",
        "# Для разработки на своём компьютере: ./setup_env.sh",
    ]
    for level, title in _ENV_SECTIONS.items():
        lines += ["", f"# === {title} ==="]
        for variable in VARIABLES:
            if variable.level == level:
                lines += ["", *_env_lines(variable)]
    return "\n".join(lines) + "\n"


def _env_lines(variable: Variable) -> list[str]:
    description = f"# {variable.ru}"
    if variable.level == "optional":
        return [description, f"#{variable.name}={variable.default or variable.example}"]
    if variable.level == "required" and variable.default:
        return [description, f"{variable.name}={variable.default}"]
    if variable.insecure(variable.example):  # nobody should copy it
        return [description, f"{variable.name}="]
    return [f"{description}. Пример: {variable.example}", f"{variable.name}="]


def table(part: str, language: Language) -> str:
    """A Markdown table: of one level's variables without the models, or of the ``models``."""
    rows = [_HEADINGS[language, part], ("---", "---", "---")]
    for variable in VARIABLES:
        if part == ("models" if variable.name.endswith("_MODEL_ID") else variable.level):
            shown = variable.default if part in {"optional", "models"} else variable.example
            description = variable.ru if language == "ru" else variable.en
            rows.append((f"`{variable.name}`", description, f"`{shown}`" if shown else "—"))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def page(text: str, language: Language) -> str:
    """A page of documentation with its marked tables made anew."""
    return _MARKED.sub(lambda mark: mark[1] + table(mark[2], language) + mark[3], text)


def main() -> None:
    """Writes all of them."""
    ENV_EXAMPLE.write_text(env_example(), encoding="utf-8")
    for language, name in PAGES.items():
        path = REPOSITORY / name
        path.write_text(page(path.read_text(encoding="utf-8"), language), encoding="utf-8")


if __name__ == "__main__":
    main()
