"""What the paper report says, as data for ``report.typ``: every word is translated and every number is text here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, pgettext

from reports import wording
from reports.document import Finding
from reports.exports.covered_characters import covered
from reports.page import Article, Page
from reports.timeline import MARK_HEIGHTS, Timeline
from reports.verdict_cards import VerdictCard

MAX_ARTICLES = 300
"""Findings set as articles, the gravest; the others are lines of a table. 300 are about 100 pages."""


def paper_content(page: Page, pictures: Mapping[int, str]) -> dict[str, Any]:
    """JSON-ready; call it with the report's language active. ``pictures`` are file names by the number of the finding
    that owns the picture."""
    report = page.report
    full = {article.number for article in _gravest(page)}
    content = {
        "language": report.language,
        "title": gettext("Compliance report"),
        "video": report.video.name,
        "facts": [
            wording.duration(report.video.duration_s),
            f"{report.video.width} × {report.video.height}",
            wording.size(report.video.size_bytes),
            wording.moment(report.created_at),
        ],
        "gaps": _gaps(page),
        "cards": [_card(card) for card in page.cards],
        "timeline": _timeline(page.timeline),
        "ratio": page.picture_height / page.picture_width,
        "findings": [_article(article, pictures) for article in page.articles if article.number in full],
        "others": [_line(article) for article in page.articles if article.number not in full],
        "coverage": _coverage(page),
        "colophon": [
            report.disclaimer,
            f"{report.product.name} {report.product.version} · {report.version}",
            f"SHA-256 {report.video.sha256}",
        ],
        "words": _words(page),
    }
    covering: dict[str, Any] = covered(content)
    return covering


def _words(page: Page) -> dict[str, str]:
    findings = len(page.articles)
    return {
        "verdicts": gettext("Proposed verdicts"),
        "timeline": gettext("Timeline"),
        "findings": gettext("Findings"),
        "findings_count": wording.count(findings),
        "nothing": gettext("Nothing was found in what was checked: %(list)s.") % {"list": ", ".join(page.checked)},
        "others": gettext("The other findings in short"),
        "from": gettext("From"),
        "until": gettext("Until"),
        "number": pgettext("number of a finding", "No."),
        "finding": gettext("Finding"),
        "severity": gettext("Severity"),
        "basis": gettext("Basis"),
        "person": gettext("A person decides:"),
        "fixes": gettext("How to fix it:"),
        "coverage": gettext("What was checked"),
        "detector": gettext("Detector"),
        "state": gettext("State"),
        "model": gettext("Model"),
        "never": gettext("What this check cannot tell"),
        "never_note": gettext("A report without findings says nothing about these. Look for them yourself."),
        "page": gettext("Page"),
    }


def _gravest(page: Page) -> list[Article]:
    ranked = sorted(
        page.articles,
        key=lambda article: (not article.finding.action_needed, -article.finding.severity.rank, article.number),
    )
    return ranked[:MAX_ARTICLES]


def _gaps(page: Page) -> str:
    if not page.not_checked:
        return ""
    words = gettext("Not checked: %(list)s. Verdicts that rely on it are a lower bound.")
    return words % {"list": ", ".join(page.not_checked)}


def _card(card: VerdictCard) -> dict[str, Any]:
    verdict = card.verdict
    why = "; ".join(title if times == 1 else f"{title} × {times}" for title, times in card.why)
    if not card.scene_count:
        why = (
            gettext("Nothing decides it in what was checked.")
            if verdict.blind_to
            else gettext("Nothing that would change the outcome.")
        )
    blind = gettext("Lower bound. Not checked: %(list)s.") % {"list": ", ".join(card.not_checked)}
    return {
        "tone": card.tone,
        "pack": verdict.title,
        "outcome": verdict.outcome_title,
        "why": why,
        "scenes": f"{wording.scenes(card.scene_count)} · {wording.duration(card.seconds)}" if card.scene_count else "",
        "times": [wording.clock(scene.span.start_s) for scene in card.scenes],
        "more": gettext("and %(more)s more") % {"more": wording.count(card.more_scenes)} if card.more_scenes else "",
        "alternative": _alternative(card),
        "blind": blind if verdict.blind_to else "",
        "not_in_force": "" if verdict.in_force else _period(card),
        "version": f"{verdict.pack} {verdict.version} · {verdict.digest[:8]}",
        "checked": gettext("rules checked %(day)s") % {"day": wording.day(verdict.checked_on)},
    }


def _alternative(card: VerdictCard) -> str:
    other = card.verdict.alternative
    if other is None:
        return ""
    place = card.scenes[0].span if other.scenes == len(card.scenes) == 1 else None
    return wording.without_scenes(other.scenes, other.duration_s, other.outcome_title, place)


def _period(card: VerdictCard) -> str:
    first, last = card.verdict.effective_from, card.verdict.effective_until
    if last is None:
        words = gettext("Not in force on the day of the check. In force from %(first)s.")
        return words % {"first": wording.day(first)}
    words = gettext("Not in force on the day of the check. In force from %(first)s to %(last)s.")
    return words % {"first": wording.day(first), "last": wording.day(last)}


def _timeline(timeline: Timeline) -> dict[str, Any]:
    def fraction(percent: str) -> float:
        return float(percent.rstrip("%")) / 100

    return {
        "lanes": [
            {
                "group": lane.group,
                "title": wording.group_title(lane.group),
                "marks": sorted(
                    {
                        (
                            round(fraction(mark.x), 4),
                            round(fraction(mark.width), 4),
                            MARK_HEIGHTS[mark.finding.severity.rank] / 100,
                        )
                        for mark in lane.marks
                    }
                ),
            }
            for lane in timeline.lanes
        ],
        "ticks": [{"x": fraction(tick.x), "text": wording.axis_clock(tick.time_s)} for tick in timeline.ticks],
    }


def _article(article: Article, pictures: Mapping[int, str]) -> dict[str, Any]:
    finding = article.finding
    category = wording.category_title(finding.category)
    meta = [wording.group_title(finding.category.group) if category == finding.title else category]
    if finding.outcome_title and finding.outcome_title != finding.title:
        meta.append(gettext("leads to: %(outcome)s") % {"outcome": finding.outcome_title})
    meta.append(f"{gettext('confidence')} {wording.score(finding.score)}")
    return {
        "number": article.number,
        "group": finding.category.group,
        "severity": finding.severity.value,
        "severity_title": wording.severity_title(finding.severity),
        "title": finding.title,
        "time": _time(finding),
        "meta": meta,
        "picture": pictures.get(article.picture.first) if article.picture else None,
        "alt": gettext("Frame at %(time)s: %(title)s")
        % {"time": wording.clock(finding.evidence.frame_s), "title": finding.title},
        "box": _box(finding),
        "quotes": [
            {
                "place": wording.modality_title(quote.modality),
                "pieces": [{"text": piece.text, "hit": piece.hit} for piece in quote.pieces],
            }
            for quote in article.quotes
        ],
        "reason": finding.reason,
        "question": finding.question.text if finding.question else "",
        "answers": [f"{answer.title}: {answer.outcome_title}" for answer in finding.question.answers]
        if finding.question
        else [],
        "fixes": ", ".join(wording.in_sentence(wording.fix_title(fix)) for fix in finding.fixes),
        "cite": _basis(finding) + (f" – {finding.cite.note}" if finding.cite.note else ""),
        "url": finding.cite.url or "",
    }


def _line(article: Article) -> list[str]:
    finding = article.finding
    return [
        str(article.number),
        wording.clock(finding.start_s),
        wording.severity_title(finding.severity),
        finding.title,
        finding.evidence.text or "",
        finding.cite.article or finding.cite.act,
    ]


def _time(finding: Finding) -> str:
    start, end = wording.clock(finding.start_s), wording.clock(finding.end_s)
    return f"{start}–{end}" if finding.end_s > finding.start_s else start


def _basis(finding: Finding) -> str:
    return ", ".join(part for part in (finding.cite.act, finding.cite.article) if part)


def _box(finding: Finding) -> dict[str, float] | None:
    box = finding.evidence.box
    return None if box is None else {"left": box.left, "top": box.top, "width": box.width, "height": box.height}


def _coverage(page: Page) -> dict[str, Any]:
    coverage = page.report.coverage
    figures = [
        [gettext("Frames looked at"), wording.count(coverage.frames_looked_at)],
        [gettext("Frames analysed"), wording.count(coverage.frames_analysed)],
        [
            gettext("Speech heard"),
            gettext("not checked") if coverage.speech_s is None else wording.duration(coverage.speech_s),
        ],
        [gettext("The check took"), wording.duration(page.report.timing.total_s)],
    ]
    return {
        "figures": figures,
        "detectors": [
            [wording.detector_title(one.name), wording.detector_status_title(one.status), one.model]
            for one in coverage.detectors
        ],
        "never": list(page.report.never_checked),
    }
