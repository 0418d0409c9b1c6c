"""Findings of a report as people look through them: filtered, counted, in pages. Every function is a bounded number of
queries, whatever the report's size."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Count, Q, QuerySet

from evidence import Severity, Span
from reports.document import Language, Verdict
from reports.document_parsing import parse_part
from reports.models import Finding, Report
from reports.verdict_cards import Deciding, VerdictCard, verdict_card

MAX_PAGE = 200
NAMED_MAX = 500
"""Findings that one query names each."""

MAX_SEARCH_LENGTH = 100
"""Characters; the rest of a longer search is not looked for."""


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """What to leave. Empty means everything; several values of one field are alternatives, fields narrow each other.

    ``categories`` are whole groups (``ad``) or single categories (``ad.brand``). ``search`` is looked for in the quote,
    title and reason, without regard to case or to the dots of «ё». ``start_s`` and ``end_s`` leave what touches that
    stretch of time, its ends included.
    """

    categories: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    only_action: bool = False
    search: str = ""
    start_s: float | None = None
    end_s: float | None = None

    @property
    def narrows(self) -> bool:
        return self != FindingFilter()


@dataclass(frozen=True, slots=True)
class FindingPage:
    """``before`` and ``after`` are the numbers to ask on from, ``None`` where the list ends."""

    findings: tuple[Finding, ...]
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class FindingCounts:
    """How many findings each choice of a filter would leave, with the other filters as they are."""

    total: int
    found: int
    groups: Mapping[str, int] = field(default_factory=dict)
    severities: Mapping[str, int] = field(default_factory=dict)
    packs: Mapping[str, int] = field(default_factory=dict)
    action: int = 0


def find(report: Report, wanted: FindingFilter, language: Language) -> QuerySet[Finding]:
    """The findings that ``wanted`` leaves, in the order of their numbers."""
    findings = Finding.objects.filter(report=report).order_by("number")
    if wanted.categories:
        findings = findings.filter(Q(group__in=wanted.categories) | Q(category__in=wanted.categories))
    if wanted.severities:
        findings = findings.filter(severity__in=wanted.severities)
    if wanted.packs:
        findings = findings.filter(pack__in=wanted.packs)
    if wanted.only_action:
        findings = findings.filter(action_needed=True)
    if wanted.start_s is not None:
        findings = findings.filter(end_s__gte=wanted.start_s)
    if wanted.end_s is not None:
        findings = findings.filter(start_s__lte=wanted.end_s)
    if wanted.search.strip():
        pattern = search_pattern(wanted.search)
        findings = findings.filter(
            Q(quote__iregex=pattern)
            | Q(**{f"texts__{language}__title__iregex": pattern})
            | Q(**{f"texts__{language}__reason__iregex": pattern})
        )
    return findings


def search_pattern(search: str) -> str:
    """A regular expression, because neither database folds Cyrillic case in ``LIKE`` everywhere."""
    escaped = re.escape(search.strip()[:MAX_SEARCH_LENGTH])
    return re.sub("[её]", "[её]", escaped, flags=re.IGNORECASE)


def page_of(
    report: Report,
    wanted: FindingFilter,
    language: Language,
    *,
    after: int | None = None,
    before: int | None = None,
    limit: int = 50,
) -> FindingPage:
    """The next page after finding number ``after``, or the one before ``before``; the first without either."""
    limit = max(1, min(limit, MAX_PAGE))
    findings = find(report, wanted, language)
    if before is not None:
        rows = list(findings.filter(number__lt=before).order_by("-number")[: limit + 1])
        page = rows[:limit][::-1]
        return FindingPage(
            tuple(page),
            before=page[0].number if len(rows) > limit else None,
            after=page[-1].number if page else None,
        )
    rows = list(findings.filter(number__gt=after or 0)[: limit + 1])
    page = rows[:limit]
    return FindingPage(
        tuple(page),
        before=page[0].number if page and after else None,
        after=page[-1].number if len(rows) > limit else None,
    )


def by_numbers(report: Report, numbers: Iterable[int]) -> tuple[Finding, ...]:
    """These findings, at most ``MAX_PAGE`` of them, in the order of their numbers."""
    wanted = sorted(set(numbers))[:MAX_PAGE]
    return tuple(Finding.objects.filter(report=report, number__in=wanted).order_by("number"))


def matching_numbers(report: Report, search: str, language: Language) -> tuple[int, ...]:
    """Numbers of all findings in which ``search`` occurs."""
    found = find(report, FindingFilter(search=search), language)
    return tuple(found.values_list("number", flat=True))


def count_findings(report: Report, wanted: FindingFilter, language: Language) -> FindingCounts:
    """One grouped query over what search and time leave; the few filters are then counted here."""
    across = replace(wanted, categories=(), severities=(), packs=(), only_action=False)
    rows = (
        find(report, across, language)
        .order_by()
        .values_list("group", "category", "severity", "pack", "action_needed")
        .annotate(times=Count("pk"))
    )
    groups: Counter[str] = Counter()
    severities: Counter[str] = Counter()
    packs: Counter[str] = Counter()
    action = found = 0
    for group, category, severity, pack, needed, times in rows:
        fits = _Fits(wanted, group, category, severity, pack, needed)
        groups[group] += times * fits.all_but("category")
        severities[severity] += times * fits.all_but("severity")
        packs[pack] += times * fits.all_but("pack")
        action += times * (needed and fits.all_but("action"))
        found += times * fits.all_but("")
    return FindingCounts(report.findings_count, found, dict(groups), dict(severities), dict(packs), action)


class _Fits:
    """Which of the filters one kind of finding passes."""

    def __init__(
        self, wanted: FindingFilter, group: str, category: str, severity: str, pack: str, action_needed: bool
    ) -> None:
        self._passes = {
            "category": not wanted.categories or group in wanted.categories or category in wanted.categories,
            "severity": not wanted.severities or severity in wanted.severities,
            "pack": not wanted.packs or pack in wanted.packs,
            "action": not wanted.only_action or action_needed,
        }

    def all_but(self, name: str) -> bool:
        return all(passes for other, passes in self._passes.items() if other != name)


def verdicts_of(report: Report, language: Language) -> tuple[Verdict, ...]:
    return tuple(parse_part(Verdict, verdict) for verdict in report.summary[language]["verdicts"])


def verdict_cards(report: Report, verdicts: Sequence[Verdict], language: Language) -> tuple[VerdictCard, ...]:
    """The cards of all packs with one query for the findings that decide them."""
    title = f"texts__{language}__title"
    decisive = {ident for verdict in verdicts for ident in verdict.because}
    findings = Finding.objects.filter(report=report)
    if len(decisive) <= NAMED_MAX:  # else nearly all are wanted
        findings = findings.filter(ident__in=decisive)
    rows = findings.values_list("pack", "ident", "number", "severity", "start_s", "end_s", title)
    deciding: dict[tuple[str, str], Deciding] = {
        (pack, ident): Deciding(number, words, Severity(severity), Span(start_s, end_s))
        for pack, ident, number, severity, start_s, end_s, words in rows.order_by("number")
    }
    return tuple(
        verdict_card(
            verdict,
            [deciding[verdict.pack, ident] for ident in verdict.because if (verdict.pack, ident) in deciding],
        )
        for verdict in verdicts
    )
