"""Filtering, counting and paging findings gives what going through them one by one gives."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.reports import sample_report
from tests.reports.stored_report import person, store_report

from reports.models import Finding, Report
from reports.reading import (
    FindingFilter,
    by_numbers,
    count_findings,
    find,
    matching_numbers,
    page_of,
    verdict_cards,
    verdicts_of,
)
from reports.spoken_passages import compact_passages, passages_of
from reports.stored_parts import StoredParts
from reports.timeline_data import compact_timeline, speech_stretches
from storage.registry import open_storage
from videos.models import Project

FILTERS = st.builds(
    FindingFilter,
    categories=st.lists(
        st.sampled_from(["ad", "language", "alcohol", "language.obscene", "ad.unlabelled", "weapon"]), max_size=3
    ).map(tuple),
    severities=st.lists(st.sampled_from(["info", "low", "medium", "high", "critical"]), max_size=3).map(tuple),
    packs=st.lists(st.sampled_from(["ru-436fz", "ru-ads", "ru-health"]), max_size=2).map(tuple),
    only_action=st.booleans(),
    search=st.sampled_from(["", "МАТ", "промокод", "Реклама", "ё", "е", ".*", "нет такого", "%", "(", "\\"]),
    start_s=st.none() | st.floats(0, 800),
    end_s=st.none() | st.floats(0, 800),
)


def stored(documents: dict[str, sample_report.ReportDocument] | None = None) -> Report:
    project = Project.objects.create(owner=person(), name="Кроссовки")
    return store_report(documents or {"ru": sample_report.build(), "en": sample_report.build("en")}, project)


def folded(text: str) -> str:
    return text.casefold().replace("ё", "е")


def fits(finding: Finding, wanted: FindingFilter) -> bool:
    said = [finding.quote, finding.texts["ru"]["title"], finding.texts["ru"]["reason"]]
    return (
        (not wanted.categories or finding.group in wanted.categories or finding.category in wanted.categories)
        and (not wanted.severities or finding.severity in wanted.severities)
        and (not wanted.packs or finding.pack in wanted.packs)
        and (not wanted.only_action or finding.action_needed)
        and (wanted.start_s is None or finding.end_s >= wanted.start_s)
        and (wanted.end_s is None or finding.start_s <= wanted.end_s)
        and (not wanted.search or any(folded(wanted.search) in folded(text) for text in said))
    )


class AnyFilter(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.report = stored()
        cls.everything = list(Finding.objects.filter(report=cls.report).order_by("number"))

    @given(FILTERS)
    @settings(max_examples=150)
    def test_leaves_what_going_through_them_leaves(self, wanted: FindingFilter) -> None:
        expected = [finding.number for finding in self.everything if fits(finding, wanted)]
        assert [finding.number for finding in find(self.report, wanted, "ru")] == expected

    @given(FILTERS)
    @settings(max_examples=100)
    def test_counts_say_what_each_choice_would_leave(self, wanted: FindingFilter) -> None:
        counts = count_findings(self.report, wanted, "ru")
        assert counts.found == sum(fits(finding, wanted) for finding in self.everything)
        assert counts.total == len(self.everything)
        for group, count in counts.groups.items():
            one = replace(wanted, categories=(group,))
            assert count == sum(fits(finding, one) for finding in self.everything), group
        for severity, count in counts.severities.items():
            one = replace(wanted, severities=(severity,))
            assert count == sum(fits(finding, one) for finding in self.everything), severity
        one = replace(wanted, only_action=True)
        assert counts.action == sum(fits(finding, one) for finding in self.everything)

    @given(FILTERS, st.integers(1, 4))
    @settings(max_examples=60)
    def test_pages_forth_and_back_meet_every_finding_once(self, wanted: FindingFilter, limit: int) -> None:
        expected = [finding.number for finding in self.everything if fits(finding, wanted)]
        forth: list[int] = []
        page = page_of(self.report, wanted, "ru", limit=limit)
        forth += [finding.number for finding in page.findings]
        while page.after is not None:
            page = page_of(self.report, wanted, "ru", after=page.after, limit=limit)
            forth += [finding.number for finding in page.findings]
        assert forth == expected
        back = [finding.number for finding in page.findings]
        while page.before is not None:
            page = page_of(self.report, wanted, "ru", before=page.before, limit=limit)
            back = [finding.number for finding in page.findings] + back
        assert back == expected


@pytest.fixture
def report(db: None) -> Report:
    return stored()


def test_search_is_done_in_the_language_of_the_page(report: Report) -> None:
    assert matching_numbers(report, "obscene", "en")
    assert not matching_numbers(report, "obscene", "ru")


def test_rows_by_number_come_in_order_and_strangers_are_left_out(report: Report) -> None:
    other = store_report({"ru": sample_report.build(), "en": sample_report.build("en")}, report.video.project)
    assert [finding.number for finding in by_numbers(report, [3, 1, 99, 1])] == [1, 3]
    assert {finding.report_id for finding in by_numbers(other, [1])} == {other.pk}


def test_cards_name_the_same_scenes_as_the_exported_page(report: Report) -> None:
    cards = verdict_cards(report, verdicts_of(report, "ru"), "ru")
    assert [card.verdict.pack for card in cards] == ["ru-436fz", "ru-ads", "ru-health"]
    assert cards[0].tone == "critical"
    assert cards[0].scenes[0].span.start_s == pytest.approx(124.3, abs=0.2)


def test_the_timeline_is_compact_and_says_where_everything_is(report: Report) -> None:
    data = compact_timeline(report, "ru")
    starts = [sum(data["start"][: place + 1]) / 10 for place in range(len(data["start"]))]
    findings = list(Finding.objects.filter(report=report).order_by("number"))
    assert starts == pytest.approx([finding.start_s for finding in findings], abs=0.06)
    assert [data["titles"][place] for place in data["title"]] == [finding.texts["ru"]["title"] for finding in findings]
    assert [name for name, _title in data["groups"]] == ["weapon", "alcohol", "language", "ad"]
    transcript = StoredParts(report, open_storage()).transcript()
    stretches = speech_stretches(transcript)
    assert stretches[:2] == [12, 62]
    assert len(stretches) % 2 == 0


def test_the_transcript_marks_the_words_of_findings_in_pages_and_as_data(report: Report) -> None:
    transcript = StoredParts(report, open_storage()).transcript()
    page = passages_of(report, transcript, page=7)
    assert (page.page, page.pages) == (1, 1)
    marked = [stretch.text for passage in page.passages for stretch in passage.stretches if stretch.finding]
    assert "блядь," in marked
    segments = compact_passages(report, transcript)["segments"]
    _start, _end, words, _times, hits = segments[2]
    assert [words[place] for place in hits] == ["блядь,"]


def test_five_thousand_findings_take_as_many_queries_as_seven(report: Report) -> None:
    large = store_report(
        {language: sample_report.build_large(600, language) for language in ("ru", "en")}, report.video.project
    )

    def queries(one: Report) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            count_findings(one, FindingFilter(search="мат"), "ru")
            page_of(one, FindingFilter(), "ru")
            verdict_cards(one, verdicts_of(one, "ru"), "ru")
            compact_timeline(one, "ru")
            compact_passages(one, StoredParts(one, open_storage()).transcript())
        return len(queries)

    assert queries(large) == queries(report) == 6
