"""What was planted in the sample video (``samples/demo.expected.json``), and whether a report found it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from evidence import Category, Span
from reports import wording
from reports.document import ReportDocument

NEAR_S = 2.0
"""Speech recognition may place a word a little beside the sentence that was planted."""


@dataclass(frozen=True, slots=True)
class Planted:
    """``category`` is what a finding of it must be about."""

    category: Category
    span: Span
    words: tuple[str, ...]

    @property
    def start_s(self) -> float:
        return self.span.start_s

    @property
    def title(self) -> str:
        quoted = ", ".join(self.words)
        title = wording.category_title(self.category)
        return f"{title}: {quoted}" if quoted else title

    def is_in(self, report: ReportDocument) -> bool:
        """Whether some finding of this category lies where it was planted."""
        return any(
            finding.category is self.category and Span(finding.start_s, finding.end_s).gap_s(self.span) <= NEAR_S
            for finding in report.findings
        )


def read_planted(path: Path) -> tuple[Planted, ...]:
    """Only what is a finding by itself: parts of an advertisement and titles are evidence, not findings."""
    categories = {category.value for category in Category}
    stored = json.loads(path.read_text(encoding="utf-8"))["planted"]
    return tuple(
        Planted(Category(thing["kind"]), Span(thing["start_s"], thing["end_s"]), tuple(thing["words"]))
        for thing in stored
        if thing["kind"] in categories
    )
