"""One word for how bad it is: the gravest severity that counts, ``gap`` when something was not checked, ``clear``."""

from __future__ import annotations

from collections.abc import Iterable

from evidence import Severity
from reports.document import ReportDocument, Verdict

GAP = "gap"
CLEAR = "clear"


def verdict_tone(verdict: Verdict, deciding: Iterable[Severity]) -> str:
    """``deciding`` are the severities of the findings that ``verdict.because`` names."""
    return _gravest(deciding) or (GAP if verdict.blind_to else CLEAR)


def report_tone(report: ReportDocument) -> str:
    """The gravest among the findings that need action."""
    worst = _gravest(finding.severity for finding in report.findings if finding.action_needed)
    return worst or (CLEAR if report.coverage.complete else GAP)


def _gravest(severities: Iterable[Severity]) -> str | None:
    worst = max(severities, key=lambda severity: severity.rank, default=None)
    return None if worst is None else worst.value
