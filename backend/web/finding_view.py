"""One finding as the site shows it: a row of the list, and the card with its evidence."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from evidence import Category, Severity
from policy.judgement import Fix, Human
from reports import document, wording
from reports.document import Language
from reports.document_parsing import parse_part
from reports.models import Finding
from reports.page import Quote, quotes_of


@dataclass(frozen=True, slots=True)
class FindingView:
    """``frame_ms`` is set where a picture is kept; ``veiled`` is whether the project wants it blurred first."""

    number: int
    finding: document.Finding
    pack_title: str
    frame_ms: int | None
    veiled: bool
    quotes: tuple[Quote, ...]

    @property
    def box(self) -> tuple[str, str, str, str] | None:
        """Left, top, width, height in percent, ready for SVG."""
        box = self.finding.evidence.box
        if box is None:
            return None
        left, top, width, height = (f"{100 * side:.2f}%" for side in (box.left, box.top, box.width, box.height))
        return left, top, width, height

    @property
    def quote(self) -> str:
        """One line for the list."""
        evidence = self.finding.evidence
        return evidence.context or evidence.text or ""


@dataclass(frozen=True, slots=True)
class FindingViews:
    """Makes views of one report's findings."""

    language: Language
    pack_titles: dict[str, str]
    frames: Set[int]
    veiled_groups: Set[str]

    def of(self, row: Finding) -> FindingView:
        finding = _finding(row, self.language)
        moment = round(row.frame_s * 1000)
        return FindingView(
            number=row.number,
            finding=finding,
            pack_title=self.pack_titles.get(row.pack, row.pack),
            frame_ms=moment if moment in self.frames else None,
            veiled=row.group in self.veiled_groups,
            quotes=tuple(quotes_of(finding)),
        )

    def row_of(self, row: Finding) -> dict[str, Any]:
        """What the list draws, JSON-ready. ``start`` and ``end`` are seconds, ``frame`` milliseconds."""
        moment = round(row.frame_s * 1000)
        words = row.texts[self.language]
        return {
            "number": row.number,
            "start": row.start_s,
            "end": row.end_s,
            "title": words["title"],
            "quote": row.evidence.get("context") or row.quote,
            "severity": row.severity,
            "severityTitle": wording.severity_title(row.severity),
            "group": row.group,
            "category": wording.category_title(row.category),
            "score": wording.score(row.score),
            "action": row.action_needed,
            "frame": moment if moment in self.frames else None,
            "veiled": row.group in self.veiled_groups,
        }


def _finding(row: Finding, language: Language) -> document.Finding:
    """The row as a finding of the document, so that words, quotes and templates are the same everywhere."""
    words = row.texts[language]
    return document.Finding(
        id=row.ident,
        category=Category(row.category),
        severity=Severity(row.severity),
        start_s=row.start_s,
        end_s=row.end_s,
        score=row.score,
        pack=row.pack,
        rule=row.rule,
        title=words["title"],
        reason=words["reason"],
        cite=parse_part(document.Citation, words["cite"]),
        source=None,
        outcome=row.outcome or None,
        outcome_title=words["outcome_title"],
        action_needed=row.action_needed,
        human=Human(row.human),
        fixes=tuple(Fix(fix) for fix in row.fixes),
        question=parse_part(document.Question, words["question"]) if words["question"] else None,
        evidence=parse_part(document.Evidence, {**row.evidence, "thumbnail": None}),
    )
