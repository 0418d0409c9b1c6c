"""A finding as a row of a table: what CSV and XLSX have in common."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from django.utils.translation import gettext

from reports import wording
from reports.document import Finding, ReportDocument


@dataclass(frozen=True, slots=True)
class FindingRow:
    """``score`` is 0..1, times are seconds; everything else is words in Django's active language."""

    number: int
    start_s: float
    end_s: float
    severity: str
    category: str
    title: str
    quote: str
    reason: str
    outcome: str
    action_needed: str
    score: float
    source: str
    act: str
    url: str
    fixes: str
    question: str
    pack: str
    rule: str


COLUMNS = tuple(field.name for field in fields(FindingRow))


def column_titles() -> tuple[str, ...]:
    """The words above the columns, in the order of ``COLUMNS``."""
    return (
        gettext("No."),
        gettext("From"),
        gettext("Until"),
        gettext("Severity"),
        gettext("Category"),
        gettext("Finding"),
        gettext("Quote"),
        gettext("Why"),
        gettext("Leads to"),
        gettext("Action needed"),
        gettext("Confidence"),
        gettext("Noticed by"),
        gettext("Basis"),
        gettext("Link"),
        gettext("How to fix it"),
        gettext("Question for a person"),
        gettext("Pack"),
        gettext("Rule"),
    )


def finding_rows(report: ReportDocument) -> Iterable[FindingRow]:
    """Call it with the report's language active."""
    packs = {verdict.pack: verdict.title for verdict in report.verdicts}
    return (_row(number, finding, packs) for number, finding in enumerate(report.findings, start=1))


def _row(number: int, finding: Finding, packs: dict[str, str]) -> FindingRow:
    return FindingRow(
        number=number,
        start_s=finding.start_s,
        end_s=finding.end_s,
        severity=wording.severity_title(finding.severity),
        category=wording.category_title(finding.category),
        title=finding.title,
        quote=finding.evidence.context or finding.evidence.text or "",
        reason=finding.reason,
        outcome=finding.outcome_title or "",
        action_needed=gettext("yes") if finding.action_needed else gettext("no"),
        score=finding.score,
        source=wording.detector_title(finding.source.detector) if finding.source else "",
        act=", ".join(part for part in (finding.cite.act, finding.cite.article) if part),
        url=finding.cite.url or "",
        fixes=", ".join(wording.in_sentence(wording.fix_title(fix)) for fix in finding.fixes),
        question=finding.question.text if finding.question else "",
        pack=packs.get(finding.pack, finding.pack),
        rule=finding.rule,
    )
