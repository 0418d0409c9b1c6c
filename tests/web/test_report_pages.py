"""The page of a report and what it fetches, as its owner and as others ask for it."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.reports import sample_report
from tests.reports.stored_report import person, store_report

from accounts.models import Role, User
from reports.models import Report
from reports.playback import Playback
from videos.artifact_facts import ThumbnailFacts
from videos.models import Project
from videos.project_settings import current_settings

pytestmark = pytest.mark.django_db

SPRITE = (b"\xff\xd8 not looked at", ThumbnailFacts(columns=10, count=40, width=160, height=90, every_s=18.9))


@pytest.fixture
def owner() -> User:
    return person()


@pytest.fixture
def report(owner: User) -> Report:
    project = Project.objects.create(owner=owner, name="Кроссовки")
    documents = {"ru": sample_report.build(), "en": sample_report.build("en")}
    return store_report(documents, project, sprite=SPRITE, waveform=(b"\x00\x80\xff", 0.1), shots=(0.0, 12.5))


@pytest.fixture
def client(owner: User) -> Client:
    return signed_in(owner)


def signed_in(who: User) -> Client:
    client = Client()
    client.force_login(who, backend="accounts.authentication.EmailOrUsernameBackend")
    return client


def address(report: Report, tail: str = "") -> str:
    return f"/reports/{report.pk}/{tail}"


READ = ("", "findings.json", "findings/1", "timeline.json", "transcript.json", "transcript", "waveform", "media.json",
        "matches.json?search=мат", "frames/124480.jpg", "export.json")  # fmt: skip


@pytest.mark.parametrize("tail", READ)
def test_a_stranger_finds_nothing_and_nobody_is_asked_to_sign_in(report: Report, tail: str) -> None:
    assert signed_in(person("stranger")).get(address(report, tail)).status_code == 404
    assert Client().get(address(report, tail)).status_code == 302


def test_an_operator_reads_and_may_not_share(report: Report) -> None:
    operator = signed_in(person("operator", role=Role.OPERATOR))
    page = operator.get(address(report))
    assert page.status_code == 200
    assert 'href="share"' not in page.text
    assert operator.get(address(report, "share")).status_code == 404
    assert operator.post(address(report, "share"), {"lifetime_days": 14}).status_code == 404


@pytest.mark.parametrize(("language", "words"), [("ru", "Мат в речи"), ("en", "Obscene words in speech")])
def test_the_page_reads_without_a_script_in_either_language(
    report: Report, owner: User, client: Client, language: str, words: str
) -> None:
    User.objects.filter(pk=owner.pk).update(language=language)
    page = client.get(address(report), headers={"accept-language": language})
    assert page.status_code == 200
    assert words in page.text
    assert page.text.count('class="row-item') == 7 + 1  # and the template of a row
    assert " style=" not in page.text
    assert not re.search(r"<script(?![^>]*(src|application/json))", page.text)
    assert re.search(r"\son\w+=", page.text) is None
    assert len(page.content) < 150_000


def test_the_page_leads_back_to_the_project_and_to_the_video(report: Report, client: Client) -> None:
    page = client.get(address(report)).content.decode()
    assert f'href="/projects/{report.video.project_id}/"' in page
    assert f'href="/videos/{report.video_id}/"' in page


def test_the_evidence_of_a_finding_is_on_the_page_that_its_link_opens(report: Report, client: Client) -> None:
    page = client.get(address(report, "?finding=5")).text
    assert 'data-shown="5"' in page
    assert '<rect class="box"' in page
    assert "Бокал в кадре" in page
    assert client.get(address(report, "?finding=999")).status_code == 200


def test_filters_of_the_address_narrow_the_list(report: Report, client: Client) -> None:
    page = client.get(address(report, "?category=ad&action=1")).text
    assert page.count('class="row-item') == 1 + 1
    assert "Реклама без маркировки" in page
    nothing = client.get(address(report, "?search=нет+такого")).text
    assert "Под такой отбор ничего не подходит." in nothing


@pytest.mark.parametrize(
    "query",
    [
        "?category=x&severity=y&pack=%00",
        "?finding=-1",
        "?after=99999999999999",
        "?finding=١",
        "?from=nan&until=inf",
        "?search=%00%F0%9F%98%80",
        "?before=1",
        "?after=7",
    ],
)
def test_an_address_that_somebody_edited_still_opens(report: Report, client: Client, query: str) -> None:
    assert client.get(address(report, query)).status_code == 200
    assert client.get(address(report, "findings.json" + query)).status_code == 200


def test_rows_come_by_number_and_in_pages(report: Report, client: Client) -> None:
    rows = client.get(address(report, "findings.json?numbers=2,5,99,x")).json()["findings"]
    assert [row["number"] for row in rows] == [2, 5]
    assert rows[0]["title"] == "Реклама без маркировки"
    page = client.get(address(report, "findings.json?category=language")).json()
    assert [row["group"] for row in page["findings"]] == ["language", "language"]


def test_the_timeline_is_small_and_whole(report: Report, client: Client) -> None:
    answer = client.get(address(report, "timeline.json"))
    data = answer.json()
    assert len(data["start"]) == len(data["title"]) == 7
    assert data["shots"] == [0, 125]
    assert data["speech"]
    large = store_report(
        {language: sample_report.build_large(1000, language) for language in ("ru", "en")}, report.video.project
    )
    content = client.get(address(large, "timeline.json")).content
    columns = {name: value for name, value in json.loads(content).items() if name not in ("speech", "shots")}
    assert len(json.dumps(columns, separators=(",", ":"))) <= 40 * 1000


def test_loudness_and_frames_come_from_storage(report: Report, client: Client) -> None:
    loudness = client.get(address(report, "waveform"))
    assert (loudness.content, loudness["X-Step"]) == (b"\x00\x80\xff", "0.1")
    rows = client.get(address(report, "findings.json")).json()["findings"]
    frame = client.get(address(report, f"frames/{rows[0]['frame']}.jpg"))
    assert frame.getvalue().startswith(b"\xff\xd8")
    assert "private" in frame["Cache-Control"]
    assert client.get(address(report, "frames/1.jpg")).status_code == 404


def test_the_project_decides_what_is_blurred_and_muted_first(report: Report, client: Client) -> None:
    settings = current_settings(report.video.project)
    settings.visual = {"blurred": ["alcohol"], "grayscale": True, "muted": True}
    settings.save()
    page = client.get(address(report, "?finding=5")).text
    assert 'class="frame veiled gray"' in page
    veiled = [row["group"] for row in client.get(address(report, "findings.json")).json()["findings"] if row["veiled"]]
    assert set(veiled) == {"alcohol"}


def test_where_nothing_plays_the_page_says_why(owner: User, client: Client) -> None:
    project = Project.objects.create(owner=owner, name="Кроссовки")
    documents = {"ru": sample_report.build(), "en": sample_report.build("en")}
    kept = store_report(documents, project, playback=Playback.NONE)
    assert "Браузеры не умеют показывать такой файл" in client.get(address(kept)).text
    gone = store_report(documents, project, playback=Playback.ORIGINAL)
    assert "Видео здесь не хранится" in client.get(address(gone)).text


def test_a_report_without_findings_says_what_was_checked(owner: User, client: Client) -> None:
    project = Project.objects.create(owner=owner, name="Кроссовки")
    documents = {language: sample_report.build_clean(language, gaps=True) for language in ("ru", "en")}
    page = client.get(address(store_report(documents, project))).text
    assert "В том, что проверено, ничего не найдено" in page
    assert "Не проверено: нагота и жестокость" in page


@pytest.mark.parametrize("format_name", ["pdf", "html", "json", "csv", "xlsx"])
def test_every_format_is_saved_under_the_name_of_the_video(report: Report, client: Client, format_name: str) -> None:
    answer = client.get(address(report, f"export.{format_name}?language=en"))
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert f".{format_name}" in answer["Content-Disposition"]
    assert len(answer.getvalue()) > 500
    assert client.get(address(report, "export.docx")).status_code == 404


def test_words_of_a_video_never_become_markup(owner: User, client: Client) -> None:
    project = Project.objects.create(owner=owner, name="<b>")
    name = "</script><script>alert(1)</script>"
    documents = {language: sample_report.build(language, file_name=name) for language in ("ru", "en")}
    page = client.get(address(store_report(documents, project))).text
    assert "<script>alert" not in page


def test_a_large_report_takes_as_many_queries_as_a_small_one(report: Report, client: Client) -> None:
    large = store_report(
        {language: sample_report.build_large(400, language) for language in ("ru", "en")}, report.video.project
    )

    def queries(one: Report) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(one)).status_code == 200
        return len(queries)

    queries(report)
    assert queries(large) == queries(report)


@pytest.mark.parametrize("tail", ["timeline.json", "transcript.json"])
def test_what_never_changes_is_sent_once(report: Report, client: Client, tail: str) -> None:
    first = client.get(address(report, tail))
    assert first["Cache-Control"] == "private, no-cache"
    again = {"if-none-match": first["ETag"]}
    assert client.get(address(report, tail), headers=again).status_code == 304
    assert signed_in(person("stranger")).get(address(report, tail), headers=again).status_code == 404
    User.objects.update(language="en")
    assert client.get(address(report, tail), headers=again).status_code == 200
