"""The log of steps and the warnings on stderr, through Django's own start; no secret gets into either."""

from __future__ import annotations

import json
import re
import subprocess
import sys

from configuration_cases import PRODUCTION
from configured_checkout import Project
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance_app.configuration_variables import SECRET_NAMES
from compliance_app.log_format import Redaction

SECRETS = {name: PRODUCTION[name] for name in sorted(SECRET_NAMES)}
PARTS = {*SECRETS.values(), "Zx9#Vb7/q", "Zx9%23Vb7%2Fq", "Redis5ecret"}

START = """
import logging, structlog, django
log = structlog.get_logger("pipeline")
django.setup()
from django.conf import settings
"""


def run(project: Project, program: str, **environ: str) -> subprocess.CompletedProcess[str]:
    configuration = {**PRODUCTION, **environ, "DJANGO_SETTINGS_MODULE": "compliance_app.settings"}
    command = [sys.executable, "-W", "error", "-c", START + program]
    done = project.run(command, {**configuration, "PYTHONPATH": str(project.root / "backend")})
    assert done.returncode == 0, done.stderr
    return done


def test_a_step_is_the_line_of_the_specification(project: Project) -> None:
    done = run(
        project,
        'log.info("step", status="completed", step="preprocess_video", video_id="uuid-here", error=None)\n'
        'log.error("step", video_id="2", step="detect:speech", status="failed", error="Нет дорожки", attempt=2)\n',
    )
    assert (done.stdout, done.stderr) == ("", "")
    text = (project.root / "data" / "logs" / "pipeline.jsonl").read_text(encoding="utf-8")
    first, second = text.splitlines()
    line = json.loads(first)
    assert list(line) == ["timestamp", "video_id", "step", "status", "error"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}", line.pop("timestamp"))
    assert line == {"video_id": "uuid-here", "step": "preprocess_video", "status": "completed", "error": None}
    assert "Нет дорожки" in second
    assert json.loads(second)["attempt"] == 2


def test_on_request_the_lines_go_to_standard_output(project: Project) -> None:
    done = run(project, 'log.info("step", video_id="1", step="notify", status="started")', PIPELINE_LOG="stdout")
    assert json.loads(done.stdout)["error"] is None
    assert not (project.root / "data" / "logs").exists()


def test_no_log_file_without_a_line(project: Project) -> None:
    assert run(project, 'logging.getLogger("media").info("not a warning")').stderr == ""
    assert not (project.root / "data" / "logs").exists()


def test_no_secret_reaches_a_log(project: Project) -> None:
    program = """
from compliance_app.configuration_variables import SECRET_NAMES
class Talkative:
    def __repr__(self): return settings.BACKBLAZE_APPLICATION_KEY
database = settings.DATABASES["default"]
secrets = [settings.CONFIGURATION.values[name] for name in sorted(SECRET_NAMES)] + [database["PASSWORD"]]
for secret in secrets:
    log.info("step", video_id="1", step="x", status="failed", error=f"cannot use «{secret}»!")
    log.info("step", video_id="1", step="x", status="failed", facts={"deep": [{secret: (secret, 1)}]}, path=Talkative())
    log.info(secret)
    logging.getLogger("pipeline.engine").info("said %s", secret)
    logging.getLogger("storage").warning("said %s", secret, extra={"given": secret})
    logging.getLogger("django.db").error("said %r", secret)
    try:
        raise ValueError(secret)
    except ValueError:
        log.exception("step", video_id="1", step="x", status="failed", error="ValueError")
        logging.getLogger("storage").exception("failed")
log.info("step", video_id="1", step="x", status="failed", **{name: "another value" for name in SECRET_NAMES})
log.info("another", email_host_password="another value", text="SECRET_KEY = 'another value' REDIS_URL=another-value")
log.info("https://someone:another-value@example.com/path")
"""
    done = run(project, program)
    written = (project.root / "data" / "logs" / "pipeline.jsonl").read_text(encoding="utf-8")
    assert done.stdout == ""
    for output in (written, done.stderr):
        for part in PARTS:
            assert part not in output
        assert "***" in output
    assert "another" in written
    assert "another value" not in written
    assert "another-value" not in written
    lines = [json.loads(line) for line in written.splitlines()]
    assert len(lines) == 5 * (len(SECRETS) + 1) + 3
    assert lines[0]["error"] == "cannot use «***»!"
    assert done.stderr.count("said") == 2 * (len(SECRETS) + 1)  # each warning once
    assert "Logging error" not in done.stderr


def test_what_django_logs_names_no_address(project: Project) -> None:
    program = """
from django.test import RequestFactory
from django.utils.log import log_response
from django.http import HttpResponse
request = RequestFactory().get("/r/t0ken-of-a-ссылка/", {"q": "qu3ry"})
try:
    raise ValueError("what happened")
except ValueError as error:
    log_response("%s: %s", "Internal Server Error", request.path, request=request, exception=error,
        response=HttpResponse(status=500))
log_response("Forbidden (%s): %s", "CSRF", request.path, request=request, response=HttpResponse(status=403),
    logger=logging.getLogger("django.security.csrf"))
log_response("Not Found: %s", request.path, request=request, response=HttpResponse(status=404))
logging.getLogger("django.server").error('"GET %s HTTP/1.1" 500', request.get_full_path())
"""
    done = run(project, program)
    assert "Internal Server Error: …" in done.stderr
    assert "ValueError: what happened" in done.stderr
    assert "Forbidden (CSRF): …" in done.stderr
    for part in ("t0ken", "qu3ry", "Not Found", "WSGIRequest"):
        assert part not in done.stderr


def test_a_request_line_has_its_own_order_and_file(project: Project) -> None:
    program = (
        'structlog.get_logger("web").info("request", status=200, route="video", video_id="7", user_id=None,'
        f' method="GET", duration_ms=1.5, request_id="12345678", note="{SECRETS["METRICS_TOKEN"]}")'
    )
    done = run(project, program)
    assert (done.stdout, done.stderr) == ("", "")
    line = json.loads((project.root / "data" / "logs" / "web.jsonl").read_text(encoding="utf-8"))
    fields = ["timestamp", "request_id", "method", "route", "status", "duration_ms", "user_id", "video_id", "note"]
    assert list(line) == fields
    assert line["note"] == "***"
    assert not (project.root / "data" / "logs" / "pipeline.jsonl").exists()


def test_a_log_that_cannot_be_written_is_one_sentence(project: Project) -> None:
    (project.root / "data").mkdir()
    (project.root / "data" / "logs").write_text("a file, not a folder", encoding="utf-8")
    done = run(project, 'log.info("step", video_id="1", step="x", status="started", error=None)')
    assert done.stderr.startswith("Журнал этапов не пишется")
    assert done.stderr.count("\n") == 1


def test_ordinary_values_stay_as_they_are() -> None:
    event = {"event": "step", "n": 3, "x": 0.5, "ok": True, "none": None, "list": [1, "два"], "url": "https://a.ru/b"}
    assert Redaction(list(SECRETS.values()))(None, "info", dict(event)) == event
    assert Redaction([])(None, "info", dict(event)) == event


_text = st.text(st.characters(codec="utf-8", exclude_characters="*"), max_size=12)


@given(st.lists(_text.filter(lambda text: len(text) >= 4), min_size=1, max_size=3), st.lists(_text, min_size=2))
@settings(max_examples=50)
def test_any_secret_of_four_characters_or_more_is_cut_out_of_any_text(secrets: list[str], around: list[str]) -> None:
    redaction = Redaction(secrets)
    for secret in secrets:
        assert secret not in redaction.text(secret.join(around))
