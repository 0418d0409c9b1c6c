"""What is known of a run while it is at work: the JSON in ``PipelineRun.preview`` is read and written only here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from evidence import Category, Severity
from policy.judgement import LocalisedText

STALE_AFTER = timedelta(minutes=1)
"""An estimate that is older says nothing any more."""


@dataclass(frozen=True, slots=True)
class PreliminaryFinding:
    """A finding by what was seen so far: it may still change or go away. ``quote`` is what was said or written."""

    start_s: float
    end_s: float
    title: LocalisedText
    category: Category
    severity: Severity
    pack: str
    quote: str
    action_needed: bool


@dataclass(frozen=True, slots=True)
class RunPreview:
    """``findings`` are the gravest of ``findings_total`` in time order; ``eta_s`` counts from ``written_at``."""

    written_at: datetime
    eta_s: float | None
    frames_looked_at: int
    findings: tuple[PreliminaryFinding, ...]
    findings_total: int

    def eta_at(self, now: datetime) -> float | None:
        """Seconds that are left, in whole seconds and never below one; ``None`` when unknown."""
        age = now - self.written_at
        if self.eta_s is None or age > STALE_AFTER:
            return None
        return max(1.0, float(round(self.eta_s - age.total_seconds())))


def preview_to_json(preview: RunPreview) -> dict[str, Any]:
    return {**asdict(preview), "written_at": preview.written_at.isoformat()}


def preview_from_json(stored: Mapping[str, Any]) -> RunPreview | None:
    """``None`` before anything was written."""
    if not stored:
        return None
    return RunPreview(
        written_at=datetime.fromisoformat(stored["written_at"]),
        eta_s=stored["eta_s"],
        frames_looked_at=stored["frames_looked_at"],
        findings=tuple(_finding(one) for one in stored["findings"]),
        findings_total=stored["findings_total"],
    )


def _finding(stored: Mapping[str, Any]) -> PreliminaryFinding:
    return PreliminaryFinding(
        start_s=stored["start_s"],
        end_s=stored["end_s"],
        title=LocalisedText(**stored["title"]),
        category=Category(stored["category"]),
        severity=Severity(stored["severity"]),
        pack=stored["pack"],
        quote=stored["quote"],
        action_needed=stored["action_needed"],
    )
