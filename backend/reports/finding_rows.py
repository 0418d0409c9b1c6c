"""The findings of a report as rows: numbers as columns, words by language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reports import document
from reports.document import Language
from reports.models import Finding, Report

_WORDS = ("title", "reason", "outcome_title", "cite", "question")


def finding_rows(
    report: Report, findings: Sequence[document.Finding], documents: Mapping[Language, Mapping[str, Any]]
) -> list[Finding]:
    """Unsaved rows of ``findings`` in their order; ``documents`` are the same report as JSON, by language."""
    return [_row(report, number, finding, documents) for number, finding in enumerate(findings, start=1)]


def _row(
    report: Report, number: int, finding: document.Finding, documents: Mapping[Language, Mapping[str, Any]]
) -> Finding:
    stored = {language: documents[language]["findings"][number - 1] for language in documents}
    evidence = {name: value for name, value in stored["ru"]["evidence"].items() if name != "thumbnail"}
    return Finding(
        report=report,
        number=number,
        ident=finding.id,
        pack=finding.pack,
        rule=finding.rule,
        category=finding.category.value,
        group=finding.category.group,
        severity=finding.severity.value,
        severity_rank=finding.severity.rank,
        detector=finding.source.detector if finding.source else "",
        modality=finding.source.modality.value if finding.source else "",
        start_s=finding.start_s,
        end_s=finding.end_s,
        frame_s=finding.evidence.frame_s,
        score=finding.score,
        outcome=finding.outcome or "",
        action_needed=finding.action_needed,
        human=finding.human.value,
        fixes=[fix.value for fix in finding.fixes],
        quote=finding.evidence.text or "",
        texts={language: {word: stored[language][word] for word in _WORDS} for language in stored},
        evidence=evidence,
    )
