"""Every variable: set, missing, malformed, insecure; in production and in development."""

from __future__ import annotations

from pathlib import Path

import environ
import pytest
from configuration_cases import CASES, PRODUCTION, short, texts
from hypothesis import given
from hypothesis import strategies as st

from compliance_app.config_validator import ValidationResult, validate
from compliance_app.configuration_variables import SECRET_NAMES, VARIABLES
from media.limits import SUPPORTED_CONTAINERS

BY_NAME = {variable.name: variable for variable in VARIABLES}
DEVELOPMENT = {"DJANGO_ENV": "development"}


def judge(base: dict[str, str], name: str, text: str | None) -> ValidationResult:
    changed = {key: value for key, value in base.items() if key != name}
    return validate(changed if text is None else {**changed, name: text})


def test_the_cases_cover_every_variable_with_three_or_more() -> None:
    assert list(CASES) == [variable.name for variable in VARIABLES]
    for name, cases in CASES.items():
        refused = (*cases.malformed, *cases.malformed_in_production, *cases.insecure)
        assert len(cases.fine) + len(refused) + len(["missing"]) >= 3, name
        assert refused, name


def test_a_complete_production_configuration_has_nothing_to_complain_about() -> None:
    result = validate(PRODUCTION)
    assert (result.errors, result.warnings, result.environment) == ((), (), "production")


@pytest.mark.parametrize("name", list(CASES))
def test_missing_in_production(name: str) -> None:
    result = judge(PRODUCTION, name, None)
    required = BY_NAME[name].level == "required" and name != "DJANGO_ENV"
    recommended = BY_NAME[name].level == "recommended"
    assert result.errors == ((f"❌ ОШИБКА: Не задана обязательная переменная {name}",) if required else ())
    assert result.warnings == (
        (f"⚠️  ПРЕДУПРЕЖДЕНИЕ: Не задана рекомендуемая переменная {name}",) if recommended else ()
    )
    assert judge(PRODUCTION, name, " \t ") == result  # an empty value is no value


@pytest.mark.parametrize(("name", "text"), texts("fine"), ids=short)
def test_fine_values(name: str, text: str) -> None:
    result = judge(PRODUCTION, name, f" {text} ")
    assert result.errors == ()
    assert result.values[name] is not None
    if name != "DJANGO_ENV":
        assert judge(DEVELOPMENT, name, text).errors == ()


@pytest.mark.parametrize(("name", "text"), texts("malformed"), ids=short)
def test_malformed_values_are_errors_everywhere(name: str, text: str) -> None:
    for base in (PRODUCTION, DEVELOPMENT):
        result = judge(base, name, text)
        (error,) = result.errors
        assert error.startswith(f"❌ ОШИБКА: Неверное значение переменной {name}: ")
        if name in SECRET_NAMES:
            assert text not in error
        assert name not in result.values


@pytest.mark.parametrize(("name", "text"), texts("malformed_in_production"), ids=short)
def test_production_is_stricter(name: str, text: str) -> None:
    (error,) = judge(PRODUCTION, name, text).errors
    assert error.startswith(f"❌ ОШИБКА: Неверное значение переменной {name}: ")
    assert judge(DEVELOPMENT, name, text).errors == ()


@pytest.mark.parametrize(("name", "text"), texts("insecure"), ids=short)
def test_insecure_values_stop_production_only(name: str, text: str) -> None:
    result = judge(PRODUCTION, name, text)
    assert result.errors == (f"❌ ОШИБКА БЕЗОПАСНОСТИ: {name} содержит небезопасное значение!",)
    assert judge(DEVELOPMENT, name, text).errors == ()


def test_development_needs_nothing_and_warns_of_nothing() -> None:
    result = validate(DEVELOPMENT)
    assert (result.errors, result.warnings) == ((), ())


def test_debug_in_production_is_a_warning() -> None:
    result = judge(PRODUCTION, "DEBUG", "True")
    assert (result.errors, result.warnings) == ((), ("⚠️  WARNING: DEBUG=True в production небезопасно!",))
    assert judge(DEVELOPMENT, "DEBUG", "True").warnings == ()


def test_an_unknown_environment_is_named_with_the_other_unreadable_values() -> None:
    result = validate({"DJANGO_ENV": "prodution", "EMAIL_PORT": "smtp"})
    assert result.environment is None
    assert [error.split(":")[1] for error in result.errors] == [
        " Неверное значение переменной DJANGO_ENV",
        " Неверное значение переменной EMAIL_PORT",
    ]
    assert "development, production" in result.errors[0]


def test_all_problems_come_at_once() -> None:
    result = validate({"SECRET_KEY": "dev-secret-key", "DEBUG": "True", "EMAIL_PORT": "x", "TEMP_DIR": "/no/such"})
    missing = [variable.name for variable in VARIABLES if variable.level == "required" and not variable.default]
    missing.remove("SECRET_KEY")
    for name in missing:
        assert f"❌ ОШИБКА: Не задана обязательная переменная {name}" in result.errors
    assert len(result.errors) == len(missing) + 3
    assert len(result.warnings) == 6


def test_typed_values() -> None:
    values = validate({**PRODUCTION, "FRAME_EXTRACTION_FPS": "0.5", "ALLOWED_VIDEO_FORMATS": "MP4, webm,mp4"}).values
    assert values["FRAME_EXTRACTION_FPS"] == 0.5
    assert values["ALLOWED_VIDEO_FORMATS"] == ("mp4", "webm")
    assert values["MAX_VIDEO_FILE_SIZE"] == 2 * 1024**3
    assert values["ALLOWED_HOSTS"] == ("yourapp.ondigitalocean.app", ".yourdomain.com")
    assert values["PROFANITY_DICT_PATH"] is None


def test_the_formats_on_offer_are_those_that_can_be_read() -> None:
    for container in SUPPORTED_CONTAINERS:
        assert judge(PRODUCTION, "ALLOWED_VIDEO_FORMATS", container).valid
    assert set(validate(PRODUCTION).values["ALLOWED_VIDEO_FORMATS"]) == set(SUPPORTED_CONTAINERS)


_url_part = st.text(alphabet="abcz09-._~%:@/#?[]$ é", max_size=12)


@given(st.builds("{}://{}:{}@{}:{}/{}".format, st.sampled_from(["postgres", "postgresql"]), *[_url_part] * 5))
def test_a_database_url_the_validator_accepts_is_one_django_environ_reads(url: str) -> None:
    if judge(PRODUCTION, "DATABASE_URL", url).valid:
        database = environ.Env.db_url_config(url)
        assert database["ENGINE"] == "django.db.backends.postgresql"
        assert database["NAME"]
        assert database["HOST"]


@given(st.dictionaries(st.sampled_from(list(CASES)), st.text(st.characters(codec="utf-8"), max_size=30)))
def test_no_text_breaks_the_validator(environ_of_anything: dict[str, str]) -> None:
    result = validate(environ_of_anything)
    assert result.valid or all("\n" not in error for error in result.errors)


def test_no_folder_can_be_made_in_place_of_a_broken_link(tmp_path: Path) -> None:
    (tmp_path / "data").symlink_to(tmp_path / "nowhere")

    assert not judge(DEVELOPMENT, "DATA_DIR", str(tmp_path / "data")).valid
    assert judge(DEVELOPMENT, "DATA_DIR", str(tmp_path / "fresh")).valid
