"""What the API answers, as types. Times are aware datetimes in UTC, durations seconds, ids strings.

Fields that a newer server adds are ignored.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """``pointer`` is a JSON pointer into the body, ``parameter`` a name of the query or a header."""

    detail: str
    code: str
    pointer: str | None = None
    parameter: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """An error (RFC 9457): branch on ``code``, show ``detail``, quote ``request_id``."""

    status: int
    title: str = ""
    detail: str = ""
    code: str = ""
    type: str = "about:blank"
    request_id: str = ""
    errors: tuple[FieldProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    username: str
    email: str
    role: str
    language: str


@dataclass(frozen=True, slots=True)
class Minutes:
    available_s: int
    reserved_s: int
    unlimited: bool


@dataclass(frozen=True, slots=True)
class Project:
    id: str
    name: str
    owner: str
    yours: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ArrivedPart:
    number: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Upload:
    """``parts`` are those that have arrived whole; they are numbered from 1 to ``part_count``."""

    id: str
    project: str
    status: str
    name: str
    size_bytes: int
    part_size_bytes: int
    part_count: int
    received_bytes: int
    error: str
    error_code: str
    video: str | None = None
    parts: tuple[ArrivedPart, ...] = ()


@dataclass(frozen=True, slots=True)
class VerdictInShort:
    pack: str
    outcome: str
    title: str
    tone: str


@dataclass(frozen=True, slots=True)
class Video:
    """From ``duration_s`` on: what the newest report says."""

    id: str
    project: str | None
    name: str
    status: str
    size_bytes: int
    sha256: str
    created_at: datetime
    duration_s: float | None
    tone: str
    verdicts: tuple[VerdictInShort, ...]
    findings_count: int
    action_count: int


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    title: str
    status: str
    fraction: float
    error: str


@dataclass(frozen=True, slots=True)
class Progress:
    """``fraction`` is 0..1 of the whole work; ``eta_s`` the time left, where it is known."""

    is_over: bool
    fraction: float
    eta_s: float | None
    queue_position: int | None
    frames_looked_at: int
    findings_total: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """``progress`` is there when one run was asked for."""

    id: str
    video: str
    number: int
    status: str
    packs: tuple[str, ...]
    error: str
    error_code: str
    created_at: datetime
    finished_at: datetime | None
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    pack: str
    version: str
    title: str
    in_force: bool
    outcome: str
    outcome_title: str
    because: tuple[str, ...]
    blind_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """``verdicts`` are there when one report was asked for. ``complete``: whether everything was checked."""

    id: str
    video: str
    run_id: str
    number: int
    stage: str
    tone: str
    duration_s: float
    complete: bool
    findings_count: int
    action_count: int
    created_at: datetime
    verdicts: tuple[Verdict, ...] = ()
    never_checked: tuple[str, ...] = ()
    disclaimer: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    number: int
    id: str
    pack: str
    rule: str
    category: str
    group: str
    severity: str
    start_s: float
    end_s: float
    score: float
    title: str
    reason: str
    action_needed: bool
    quote: str
    fixes: tuple[str, ...]
    cite: Mapping[str, Any] | None
    evidence: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ShareLink:
    id: str
    url: str
    note: str
    with_video: bool
    expires_at: datetime
    revoked_at: datetime | None
    opened_count: int


@dataclass(frozen=True, slots=True)
class WebhookWithSecret:
    """``secret`` is shown this once."""

    id: str
    project: str
    url: str
    events: tuple[str, ...]
    active: bool
    secret: str


def read(kind: type[T], data: Mapping[str, Any]) -> T:
    """A dataclass of this module from a JSON object; raises ``TypeError`` when a field is missing."""
    hints = typing.get_type_hints(kind)
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: _value(hints[name], value) for name, value in data.items() if name in known})


def _value(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        hint = next(one for one in typing.get_args(hint) if one is not type(None))
    if typing.get_origin(hint) is tuple:
        inner = typing.get_args(hint)[0]
        return tuple(_value(inner, one) for one in value)
    if is_dataclass(hint):
        return read(typing.cast("type[Any]", hint), value)
    if hint is datetime:
        return datetime.fromisoformat(value)
    return value
