"""The settings: chosen by DJANGO_ENV, loading exactly when the validator says so, safe in production."""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path
from typing import Any

from configuration_cases import CASES, GOOD_KEY, PRODUCTION, texts
from configured_checkout import Project

from compliance_app.configuration_variables import SECRET_NAMES, VARIABLES

DEVELOPMENT = {"DJANGO_ENV": "development"}


def probe(project: Project, environs: list[dict[str, str]]) -> list[dict[str, Any]]:
    program = Path(__file__).with_name("settings_probe.py")
    done = project.run([sys.executable, program, project.root / "backend"], stdin=json.dumps(environs))
    assert done.returncode == 0, done.stderr
    outcomes: list[dict[str, Any]] = json.loads(done.stdout)
    return outcomes


def changed(base: dict[str, str]) -> list[dict[str, str]]:
    """``base`` with one variable changed to each text of the table, and with one variable missing."""
    every = [case for kind in ("fine", "malformed", "malformed_in_production", "insecure") for case in texts(kind)]
    without = [{key: value for key, value in base.items() if key != name} for name in CASES]
    return [{**base, name: text} for name, text in every] + without


def mixed(count: int) -> list[dict[str, str]]:
    """Configurations with several variables changed at once; the same ones every time."""
    choose = random.Random(436)  # noqa: S311 - not for secrets
    every = [(name, text) for kind in ("fine", "fine", "malformed", "insecure") for name, text in texts(kind)]
    return [{**PRODUCTION, **dict(choose.sample(every, choose.randint(1, 4)))} for _ in range(count)]


def test_settings_load_exactly_when_the_validator_says_valid(project: Project) -> None:
    environs = [PRODUCTION, {}, *changed(PRODUCTION), *changed(DEVELOPMENT), *mixed(150)]
    outcomes = probe(project, environs)
    for environ, outcome in zip(environs, outcomes, strict=True):
        assert outcome["valid"] == ("refused" not in outcome), environ
    assert 100 < sum(outcome["valid"] for outcome in outcomes) < len(outcomes) - 100


def test_a_refusal_names_all_problems_and_no_secret(project: Project) -> None:
    spoilt = {name: PRODUCTION[name] + "\x7f й" for name in SECRET_NAMES}
    (outcome,) = probe(project, [{**PRODUCTION, **spoilt, "SECRET_KEY": "dev-secret-key", "EMAIL_PORT": "x"}])
    refusal = outcome["refused"]
    for name in ("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "REPLICATE_API_TOKEN", "EMAIL_PORT"):
        assert name in refusal
    for name in SECRET_NAMES - {"SECRET_KEY"}:
        assert PRODUCTION[name] not in refusal
    assert "dev-secret-key" not in refusal


def test_production(project: Project) -> None:
    # all of it is in one process, so none of it depends on the development of before
    loud = {**PRODUCTION, "DEBUG": "True", "ALLOWED_VIDEO_FORMATS": "MKV", "FRAME_EXTRACTION_FPS": "0.5"}
    _, settings = probe(project, [DEVELOPMENT, loud])
    assert settings["DEBUG"] == "False"
    assert settings["ALLOWED_HOSTS"] == "['yourapp.ondigitalocean.app', '.yourdomain.com']"
    assert "'ENGINE': 'django.db.backends.postgresql'" in settings["DATABASES"]
    assert "'PASSWORD': 'Zx9#Vb7/q'" in settings["DATABASES"]
    assert "'sslmode': 'require'" in settings["DATABASES"]
    assert settings["EMAIL_BACKEND"] == "'django.core.mail.backends.smtp.EmailBackend'"
    assert settings["SECURE_SSL_REDIRECT"] == settings["SESSION_COOKIE_SECURE"] == "True"
    assert settings["CSRF_COOKIE_SECURE"] == settings["SECURE_HSTS_PRELOAD"] == "True"
    assert int(settings["SECURE_HSTS_SECONDS"]) >= 31_536_000
    assert "compliance_app.static_files.CollectedFiles" in settings["STORAGES"]
    assert settings["ALLOWED_VIDEO_FORMATS"] == "('mkv',)"
    assert settings["FRAME_EXTRACTION_FPS"] == "0.5"


def test_development(project: Project) -> None:
    plain, full, first_key, second_key = probe(
        project,
        [
            DEVELOPMENT,
            {**PRODUCTION, **DEVELOPMENT, "DEBUG": "False"},
            DEVELOPMENT,
            {**DEVELOPMENT, "SECRET_KEY": "dev-secret-key"},
        ],
    )
    assert plain["DEBUG"] == full["DEBUG"] == "True"
    assert plain["ALLOWED_HOSTS"] == full["ALLOWED_HOSTS"] == "['*']"
    assert plain["EMAIL_BACKEND"] == "'django.core.mail.backends.console.EmailBackend'"
    assert str(project.root / "data" / "db.sqlite3") in plain["DATABASES"]
    assert "'ENGINE': 'django.db.backends.postgresql'" in full["DATABASES"]
    assert plain.get("SECURE_SSL_REDIRECT", "False") == "False"
    assert plain["SECRET_KEY"] != first_key["SECRET_KEY"]  # nobody knows it
    assert second_key["SECRET_KEY"] == "'dev-secret-key'"


def test_every_variable_reaches_the_settings(project: Project) -> None:
    (settings,) = probe(project, [PRODUCTION])
    # DATABASE_URL becomes DATABASES, PIPELINE_LOG the handler in LOGGING, TEMP_DIR and the rest keep their names
    renamed = {"DATABASE_URL": "DATABASES", "PIPELINE_LOG": "LOGGING"}
    assert {renamed.get(variable.name, variable.name) for variable in VARIABLES} <= set(settings)


def test_dotenv_chooses_the_environment_and_the_real_one_wins(project: Project) -> None:
    (project.root / ".env").write_text(f"DJANGO_ENV=development\nSECRET_KEY='{GOOD_KEY}'\n", encoding="utf-8")
    from_file, from_environment = probe(project, [{}, {"DJANGO_ENV": "production"}])
    assert from_file["DEBUG"] == "True"
    assert from_file["SECRET_KEY"] == repr(GOOD_KEY)
    assert "SECRET_KEY" not in from_environment["refused"]
    assert "Не задана обязательная переменная DATABASE_URL" in from_environment["refused"]


def test_a_misconfigured_command_ends_with_sentences_and_status_3(project: Project) -> None:
    for arguments in (["check"], ["migrate"], ["no-such-command"]):
        done = project.manage({"DJANGO_ENV": "prodution"}, *arguments)
        assert done.returncode == 3, done.stderr
        assert "Неверное значение переменной DJANGO_ENV: допустимые значения: development, production" in done.stderr
        assert "Traceback" not in done.stderr
        assert done.stdout == ""


def test_production_passes_djangos_deployment_checks(project: Project) -> None:
    done = project.manage({**PRODUCTION, "DEBUG": "True"}, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert done.stderr == "⚠️  ПРЕДУПРЕЖДЕНИЯ:\n  ⚠️  WARNING: DEBUG=True в production небезопасно!\n"


def test_sqlite_in_development_is_set_up_for_several_processes(project: Project) -> None:
    question = (
        "from django.db import connection as c; cursor = c.cursor();"
        "print([cursor.execute(f'PRAGMA {name}').fetchone()[0]"
        " for name in ('journal_mode', 'synchronous', 'busy_timeout')], c.transaction_mode)"
    )
    done = project.manage(DEVELOPMENT, "shell", "--no-imports", "-c", question)
    assert done.stdout.strip() == "['wal', 1, 20000] IMMEDIATE", done.stderr
    assert (project.root / "data" / "db.sqlite3").is_file()


def test_the_user_model_has_its_migration(project: Project) -> None:
    done = project.manage(DEVELOPMENT, "makemigrations", "--check", "--dry-run", "accounts")
    assert done.returncode == 0, done.stdout + done.stderr


def test_browsers_may_talk_to_the_bucket_that_keeps_the_videos(project: Project) -> None:
    production, local, development = probe(
        project,
        [PRODUCTION, {**PRODUCTION, "STORAGE_BACKEND": "local"}, {**DEVELOPMENT, "OUTBOUND_ALLOWED_HOSTS": "A"}],
    )
    bucket = PRODUCTION["BACKBLAZE_ENDPOINT_URL"]
    for directive in ("media-src", "img-src", "connect-src"):
        (allowed,) = re.findall(rf"'{directive}': (\[[^\]]*\])", production["CONTENT_SECURITY_POLICY"])
        assert bucket in allowed
    assert bucket not in local["CONTENT_SECURITY_POLICY"]
    assert (production["STORAGE_BACKEND"], local["STORAGE_BACKEND"]) == ("'b2'", "'local'")
    assert (development["STORAGE_BACKEND"], development["OUTBOUND_ALLOWED_HOSTS"]) == ("'local'", "('a',)")
