"""The HTML report as text: complete, self-contained, and never anything but text where outside text stands."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import PurePosixPath

import pytest
from tests.reports import sample_report
from tests.reports.sample_evidence import SPEECH, observations
from tests.reports.sample_judgements import ads_judgement, age_judgement

from evidence import Category, Label, Modality, Observation, Severity, Span
from policy.judgement import Alternative, EffectivePeriod
from reports.coverage import DetectorStatus
from reports.document import Language, ReportDocument
from reports.exhibits import MAX_PICTURES
from reports.html_export import export_html


class Markup(HTMLParser):
    """Tags with their attributes, and the text that a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "style" not in self._inside and "head" not in self._inside:
            self.text += data

    def values(self, attribute: str) -> list[str]:
        return [value for _, attributes in self.tags if (value := attributes.get(attribute)) is not None]


@pytest.fixture(scope="module")
def report() -> ReportDocument:
    return sample_report.build()


@pytest.fixture(scope="module")
def page(report: ReportDocument) -> Markup:
    return Markup(export_html(report))


def said(page: Markup) -> str:
    return " ".join(page.text.split())


def test_every_link_inside_the_page_leads_somewhere(page: Markup) -> None:
    names = page.values("id")
    assert len(names) == len(set(names))
    targets = {href[1:] for href in page.values("href") if href.startswith("#")}
    assert targets <= set(names)
    assert {f"finding-{number}" for number in range(1, 8)} | {f"mark-{number}" for number in range(1, 8)} <= targets


def test_the_page_asks_for_nothing_and_runs_nothing(page: Markup) -> None:
    assert not {"script", "link", "iframe", "object", "embed", "audio", "video", "form"} & {tag for tag, _ in page.tags}
    assert page.values("src") == []
    assert page.values("style") == []
    assert [name for _, attributes in page.tags for name in attributes if name.startswith("on")] == []
    loading = [attributes.get("href") for tag, attributes in page.tags if tag in ("use", "image")]
    assert all(href and href.startswith(("#", "data:image/jpeg;base64,")) for href in loading)


def test_every_finding_says_what_when_why_and_by_which_rule(report: ReportDocument, page: Markup) -> None:
    text = said(page)
    for finding in report.findings:
        assert finding.title in text
        assert finding.reason in text
        assert finding.cite.act in text
        assert finding.rule in text
        assert finding.cite.article in text
    assert "02:04.3" in text
    assert "критическая" in text
    assert "Как исправить: запикать, заглушить, вырезать" in text
    assert "Решает человек: Кто-нибудь пьёт" in text
    assert "Кто-нибудь пьёт алкоголь в этой сцене?" in text
    assert "рядом с собеседником → 12+ да → 16+" in text


def test_verdict_cards_say_what_would_change_them_and_what_they_do_not_know(page: Markup) -> None:
    text = said(page)
    assert "18+" in text
    assert "Если убрать 1 сцену (02:04.3–02:09.3, 5 с), было бы: 16+" in text
    assert "Нижняя граница. Не проверено: нагота и жестокость." in text
    assert "ru-436fz 1.2.0" in text
    assert "правила сверены 1 ноября 2026 г." in text


def test_overlapping_findings_are_one_scene_as_in_the_alternative() -> None:
    age = age_judgement()
    again = replace(age.triggers[0], id="a5", rule="obscene-text", span=Span(125.0, 129.3), title=age.title)
    both = replace(
        age,
        triggers=(*age.triggers, again),
        because=("a1", "a5"),
        alternative=Alternative(("a1", "a5"), 1, 5.0, "16+"),
    )
    text = said(Markup(export_html(sample_report.build("ru", judgements=(both,)))))
    assert "1 сцена · 5 с 02:04.3" in text
    assert "Если убрать 1 сцену (02:04.3–02:09.3, 5 с), было бы: 16+" in text


def test_two_scenes_apart_are_counted_and_linked_separately() -> None:
    age = age_judgement()
    both = replace(age, because=("a1", "a2"), alternative=Alternative(("a1", "a2"), 2, 5.4, "12+"))
    page = Markup(export_html(sample_report.build("ru", judgements=(both,))))
    assert "2 сцены · 5,4 с 02:04.3 05:30.0" in said(page)
    assert "Если убрать 2 сцены (5,4 с), было бы: 12+" in said(page)


def test_a_card_does_not_say_the_same_words_twice() -> None:
    ads = ads_judgement()
    title = ads.triggers[0].title
    titles = tuple((name, title if name == "unlabelled" else words) for name, words in ads.outcome_titles)
    same = replace(ads, outcome_title=title, outcome_titles=titles)
    html = export_html(sample_report.build("ru", judgements=(same,)))
    (card,) = re.findall('<article class="verdict.*?</article>', html, re.DOTALL)
    assert Markup(card).text.count(title.ru) == 1
    assert "из-за этого: Реклама без маркировки" not in said(Markup(html))


def test_a_label_that_quotes_itself_is_not_quoted_again() -> None:
    mark = Observation("words", Label.MARK_WORD, 0.9, Span(579.0, 598.0), Modality.TEXT, text="РЕКЛАМА", id="erid-1")
    seen = tuple(mark if known.id == mark.id else known for known in observations())
    text = said(Markup(export_html(sample_report.build("ru", observations=seen))))
    assert "слово «Реклама» 0,90" in text


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_report_lists_what_no_detector_looks_for(language: Language) -> None:
    for report in (sample_report.build(language), sample_report.build_clean(language)):
        text = said(Markup(export_html(report)))
        assert len(report.never_checked) >= 8
        assert all(words in text for words in report.never_checked)


@pytest.mark.parametrize(
    ("effective", "words"),
    [
        (EffectivePeriod(date(2012, 9, 1), None), None),
        (EffectivePeriod(date(2027, 3, 1), None), "Not in force on the day of the check. In force from March 1, 2027."),
        (
            EffectivePeriod(date(2012, 9, 1), date(2020, 1, 31)),
            "Not in force on the day of the check. In force from Sept. 1, 2012 to Jan. 31, 2020.",
        ),
    ],
)
def test_a_verdict_card_says_when_its_policy_is_not_in_force(effective: EffectivePeriod, words: str | None) -> None:
    judgement = replace(age_judgement(), effective=effective)
    text = said(Markup(export_html(sample_report.build("en", judgements=(judgement,)))))
    assert ("Not in force" in text) is (words is not None)
    assert words is None or words in text


def test_a_spoken_offer_with_a_label_on_screen_is_not_quoted_as_read_from_the_screen() -> None:
    ad = replace(ads_judgement().triggers[0], observation_ids=("promo-1",), beside_ids=("erid-1",))
    html = export_html(sample_report.build("en", judgements=(replace(ads_judgement(), triggers=(ad,)),)))
    assert '<span class="place">in speech</span>' in html
    assert '<span class="place">on screen</span>' not in html


def test_hits_are_marked_in_quotes_and_linked_from_the_transcript(report: ReportDocument) -> None:
    html = export_html(report)
    assert "<mark>блядь,</mark>" in html
    assert '<a class="hit" href="#finding-1">пиздец</a>' in html
    assert "<mark>lightrun.example/vesna</mark>" in html


def test_a_shared_frame_is_embedded_once(report: ReportDocument) -> None:
    html = export_html(report)
    pictures = [finding.evidence.thumbnail for finding in report.findings if finding.evidence.frame_s == 434.5]
    assert len(pictures) == 2
    assert pictures[0] is not None
    assert html.count(pictures[0]) == 1


def test_outside_text_stays_text() -> None:
    name = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>.mp4"
    page = Markup(export_html(sample_report.build(file_name=name), PurePosixPath(name)))
    assert {"script", "img"}.isdisjoint(tag for tag, _ in page.tags)
    assert name in page.text


def test_a_time_opens_the_video_that_lies_beside(report: ReportDocument) -> None:
    page = Markup(export_html(report, PurePosixPath("папка", "javascript:1#2?.mp4")))
    links = [href for href in page.values("href") if "#t=" in href]
    assert links
    folder = "%D0%BF%D0%B0%D0%BF%D0%BA%D0%B0"
    assert all(href.startswith(f"{folder}/javascript%3A1%232%3F.mp4#t=") for href in links)
    assert any(href.endswith("#t=124.3") for href in links)


def test_an_absolute_video_path_is_refused(report: ReportDocument) -> None:
    with pytest.raises(ValueError, match="relative"):
        export_html(report, PurePosixPath("/home/someone/video.mp4"))


def test_nothing_found_is_said_with_what_was_checked() -> None:
    text = said(Markup(export_html(sample_report.build_clean())))
    assert "В том, что проверено, ничего не найдено: речь, текст на экране, предметы в кадре" in text
    assert "Разобрано кадров: 812" in text
    assert "Проверено не всё" not in text


def test_nothing_found_points_to_what_is_never_looked_for() -> None:
    html = export_html(sample_report.build_clean())
    (empty,) = re.findall('<div class="empty.*?</div>', html, re.DOTALL)
    assert 'href="#never-checked"' in empty


def test_nothing_found_with_a_missing_detector_is_never_called_clean() -> None:
    html = export_html(sample_report.build_clean(gaps=True))
    text = said(Markup(html))
    assert "Проверено не всё" in text
    assert "Не проверено: нагота и жестокость" in text
    assert "не проверено: модель не установлена" in text
    assert "tone-clear" not in Markup(html).values("class")


def test_a_picture_that_broke_off_is_a_gap() -> None:
    whole = sample_report.coverage(gaps=False)
    torn = replace(
        whole,
        complete=False,
        detectors=(replace(whole.detectors[0], status=DetectorStatus.PARTIAL), *whole.detectors[1:]),
    )
    text = said(Markup(export_html(sample_report.build(coverage=torn))))
    assert "Проверено не всё" in text
    assert "проверено частично: остальное не читается" in text


def test_the_page_speaks_one_language() -> None:
    """Chrome of the English page must not appear in the Russian one, and the other way round."""
    english = Markup(export_html(sample_report.build_clean("en")))
    russian = Markup(export_html(sample_report.build_clean("ru")))
    assert ("html", {"lang": "en"}) in english.tags
    assert ("html", {"lang": "ru"}) in russian.tags
    # File names, identifiers, models and the spoken words may be in either script.
    models = " ".join(detector.model for detector in sample_report.coverage().detectors)
    allowed = set(
        re.findall("[A-Za-z]+", f"{models} ru fz ads health mp AI Compliance Agent compliance report SHA UTC")
    )
    strange = {word for word in re.findall("[A-Za-z]{2,}", russian.text) if word not in allowed}
    assert {word for word in strange if not re.fullmatch("[0-9a-f]+", word)} == set()
    outside = " ".join(("Обзор кроссовок", *(text for _, text in SPEECH)))
    cyrillic = {word for word in re.findall("[А-Яа-яё]{2,}", english.text) if word not in outside}
    assert cyrillic == set()


def test_every_category_group_and_severity_has_its_colour_and_shape() -> None:
    html = export_html(sample_report.build())
    for category in Category:
        assert f".lane-{category.group} {{" in html
    for severity in Severity:
        assert f".sev-{severity.value}," in html
        assert f'id="i-{severity.value}"' in html


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance of ``#rrggbb``."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(share * value for share, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_colours_stand_out_in_both_themes(theme: int) -> None:
    """Text 4.5:1 on every ground (WCAG 1.4.3), lanes of the timeline 3:1 on their track (1.4.11)."""
    html = export_html(sample_report.build_clean())
    tokens = {name: pair[theme] for name, *pair in re.findall(r"--([a-z]+): light-dark\((#\w{6}), (#\w{6})\)", html)}
    for ink in ("text", "quiet", "accent", *(severity.value for severity in Severity), "clear"):
        for ground in ("ground", "page"):
            assert contrast(tokens[ink], tokens[ground]) >= 4.5, (ink, ground)
    lanes = re.findall(r"\.lane-([a-z]+) { --lane: light-dark\((#\w{6}), (#\w{6})\)", html)
    assert len(lanes) == len({category.group for category in Category}) + 1
    for lane, *pair in lanes:
        assert contrast(pair[theme], tokens["sunken"]) >= 3, lane
    assert len({tuple(pair) for _, *pair in lanes}) == len(lanes)


def test_a_large_report_stays_bounded() -> None:
    findings = MAX_PICTURES + 200
    html = export_html(sample_report.build_large(findings))
    assert html.count("data:image/jpeg") <= MAX_PICTURES
    assert html.count('class="finding ') == findings
    assert f"Кадры показаны для самых серьёзных находок: {MAX_PICTURES}." in html
