"""How logs look: a JSON line per step and per request, readable warnings on stderr, no secrets in any of them.

The pipeline writes ``structlog.get_logger("pipeline").info("step", video_id=…, step=…, status=…, error=None)``; it
leaves as ``{"timestamp": …, "video_id": …, "step": …, "status": …, "error": …}``, and whatever else was given after.
A request leaves in the same shape (``operations.request_log``).
"""

import json
import logging.config
import logging.handlers
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import structlog
from structlog.typing import EventDict, Processor

from compliance_app.configuration_variables import SECRET_NAMES

REDACTED = "***"
_STEP_FIELDS = ("timestamp", "video_id", "step", "status", "error")
_REQUEST_FIELDS = ("timestamp", "request_id", "method", "route", "status", "duration_ms", "user_id")
_SHORTEST_SECRET = 4  # characters; shorter ones occur in ordinary words, and hide nothing
_NAMES = "|".join(sorted(SECRET_NAMES, key=len, reverse=True))
_NAMED_VALUE = re.compile(rf"""\b({_NAMES})(["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;]+)""", re.IGNORECASE)
_URL_CREDENTIALS = re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^/\s@]+@", re.IGNORECASE)


class Redaction:
    """A structlog processor that replaces secrets by ``***``: by name of the key, and by value inside any text."""

    def __init__(self, secrets: Sequence[str]) -> None:
        forms = {form for secret in secrets for form in _forms(secret) if len(form) >= _SHORTEST_SECRET}
        longest_first = sorted(forms, key=lambda form: (-len(form), form))
        self._values = re.compile("|".join(map(re.escape, longest_first))) if forms else None

    def __call__(self, _logger: Any, _method: str, event: EventDict) -> EventDict:
        """Redacts a whole event."""
        redacted: EventDict = self.field("", event)
        return redacted

    def field(self, key: object, value: object) -> Any:
        """A value as it may be logged under this key."""
        if str(key).upper() in SECRET_NAMES:
            return value if value is None else REDACTED
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int | float):
            return value if self.text(str(value)) == str(value) else REDACTED
        if isinstance(value, Mapping):
            return {self.text(str(name)): self.field(name, inner) for name, inner in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.field("", inner) for inner in value]
        return self.text(str(value))

    def text(self, text: str) -> str:
        """A text without secrets."""
        if self._values is not None:
            text = self._values.sub(REDACTED, text)
        text = _URL_CREDENTIALS.sub(rf"\g<1>{REDACTED}@", text)
        return _NAMED_VALUE.sub(rf"\g<1>\g<2>{REDACTED}", text)


def _forms(secret: str) -> set[str]:
    """The secret, as itself and as it appears escaped; of an address with a password, the password too."""
    forms = {secret}
    if "://" in secret:
        password = urlsplit(secret).password
        if password:
            forms |= {password, unquote(password)}
    return forms | {json.dumps(form, ensure_ascii=False)[1:-1] for form in forms} | {repr(form)[1:-1] for form in forms}


def _step_line(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """The fields of a step in the specification's order; what is not a step keeps its event and level."""
    if "step" in event and "status" in event:
        facts = {key: value for key, value in event.items() if key not in {"event", "level", "logger"}}
        return {name: facts.pop(name, None) for name in _STEP_FIELDS} | facts
    return {"timestamp": event.pop("timestamp", None), **event}


def _request_line(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """The fields of a request in one order, then the ids that were known while it was answered."""
    facts = {key: value for key, value in event.items() if key not in {"event", "level", "logger"}}
    return {name: facts.pop(name, None) for name in _REQUEST_FIELDS} | facts


class WithoutAddresses(logging.Filter):
    """Takes the request out of what Django logs: its path and query may hold the token of a shared report."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = record.__dict__.pop("request", None)
        if request is not None and isinstance(record.args, tuple):
            address = str(getattr(request, "path", "")).encode("unicode_escape").decode("ascii")  # as Django logs it
            record.args = tuple("…" if value == address else value for value in record.args)
        return True


_add_timestamp = structlog.processors.TimeStamper(fmt="%Y-%m-%dT%H:%M:%S.%f", utc=True)
_COLLECT: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.stdlib.ExtraAdder(),
    _add_timestamp,
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
)


class JsonLogFile(logging.handlers.WatchedFileHandler):
    """A log: opened with its folder at the first line, safe under logrotate; trouble is one sentence.

    ``of_what`` completes "Журнал …" there.
    """

    def __init__(self, filename: Path, of_what: str) -> None:
        super().__init__(filename, encoding="utf-8", delay=True)
        self._of_what = of_what

    def _open(self) -> Any:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def emit(self, record: logging.LogRecord) -> None:
        """Writes a line; opening the file may fail too, which logging would let through to the caller."""
        try:
            super().emit(record)
        except OSError:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Says that the log cannot be written; the work goes on."""
        reason = sys.exc_info()[1]
        if not isinstance(reason, OSError):
            super().handleError(record)
            return
        sys.stderr.write(
            f"Журнал {self._of_what} не пишется: {reason.strerror}. Проверьте DATA_DIR и место на диске.\n"
        )


def logging_settings(folder: Path, to_stdout: bool, secrets: Sequence[str]) -> dict[str, Any]:
    """The LOGGING setting: ``pipeline`` and ``web`` go to files of their names in ``folder`` or to standard output,
    warnings of all others to stderr."""
    redaction = Redaction(secrets)
    console = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    json_line = structlog.processors.JSONRenderer(ensure_ascii=False)

    def json_handler(name: str, of_what: str) -> dict[str, Any]:
        if to_stdout:
            return {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": name}
        return {"()": JsonLogFile, "filename": folder / f"{name}.jsonl", "of_what": of_what, "formatter": name}

    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"without_addresses": {"()": WithoutAddresses}},
        "formatters": {
            "pipeline": _formatter(redaction, _step_line, json_line),
            "web": _formatter(redaction, _request_line, json_line),
            "readable": _formatter(redaction, console),
        },
        "handlers": {
            "pipeline": json_handler("pipeline", "этапов"),
            "web": json_handler("web", "запросов"),
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "readable",
                "level": "WARNING",
                "filters": ["without_addresses"],
            },
        },
        "loggers": {
            "pipeline": {"handlers": ["pipeline"], "level": "INFO", "propagate": False},
            "web": {"handlers": ["web"], "level": "INFO", "propagate": False},
            "django": {"level": "INFO"},  # without Django's own handlers: each line once, redacted
            "django.request": {"level": "ERROR"},  # what was refused is a line of the log of requests
            "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},  # whole addresses
        },
        "root": {"handlers": ["stderr"], "level": "INFO"},
    }


def _formatter(redaction: Redaction, *rendering: Processor) -> dict[str, Any]:
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": _COLLECT,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, redaction, *rendering],
    }


def configure_logging(settings: dict[str, Any]) -> None:
    """Sets up logging and structlog; Django calls it with LOGGING."""
    logging.config.dictConfig(settings)
    structlog.configure(
        processors=[*_COLLECT, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
