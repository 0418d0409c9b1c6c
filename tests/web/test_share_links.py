"""The life of a share link, through the pages: made, opened, counted, expired, revoked, tampered with."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from tests.reports import sample_report
from tests.reports.stored_report import person, store_report

from reports.models import Report, ShareLink
from reports.sharing import MAX_OPEN_LINKS, LinkInvalid, address_token, create_link, revoke_link
from videos.artifact_facts import ThumbnailFacts
from videos.models import Project, Video

pytestmark = pytest.mark.django_db

SPRITE = (b"\xff\xd8 not looked at", ThumbnailFacts(columns=10, count=40, width=160, height=90, every_s=18.9))


@pytest.fixture
def report() -> Report:
    project = Project.objects.create(owner=person(), name="Тайный проект")
    documents = {"ru": sample_report.build(), "en": sample_report.build("en")}
    return store_report(documents, project, sprite=SPRITE)


@pytest.fixture
def owner(report: Report) -> Client:
    client = Client()
    client.force_login(report.video.project.owner, backend="accounts.authentication.EmailOrUsernameBackend")
    return client


def made(owner: Client, report: Report, **fields: object) -> str:
    """The path of a link that the form made."""
    answer = owner.post(f"/reports/{report.pk}/share", {"lifetime_days": 14, "with_video": "on", **fields})
    assert answer.status_code == 200
    found = re.search(r'value="http://testserver(/r/[^"]+/)"', answer.text)
    assert found
    return found[1]


def test_whoever_has_the_link_reads_the_report_and_nothing_else(owner: Client, report: Report) -> None:
    path = made(owner, report, note="юрист")
    page = Client().get(path)
    assert page.status_code == 200
    assert "Мат в речи" in page.text
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "no-referrer"
    assert "private" in page["Cache-Control"]
    for hidden in ("Тайный проект", "owner@example.org", "юрист", 'href="/videos/"', 'href="share"'):
        assert hidden not in page.text
    for tail in ("findings.json", "findings/1", "timeline.json", "transcript", "export.pdf", "export.json"):
        piece = Client().get(path + tail)
        assert piece.status_code == 200, tail
        assert piece.getvalue(), tail
    assert Client().get(path + "share").status_code == 404


def test_openings_are_counted_and_pieces_of_the_page_are_not(owner: Client, report: Report) -> None:
    path = made(owner, report)
    for tail in ("", "", "findings.json", "transcript"):
        Client().get(path + tail)
    Client().head(path)
    link = ShareLink.objects.get()
    assert link.opened_count == 2
    assert link.opened_at is not None
    assert "открыта 2 раза" in owner.get(f"/reports/{report.pk}/share").text


def test_a_link_without_the_video_shows_none_of_it(owner: Client, report: Report) -> None:
    with_video = made(owner, report)
    assert Client().get(with_video + "media.json").json()["thumbnails"]
    without = made(owner, report, with_video="")
    assert Client().get(without + "media.json").json() == {"url": None, "thumbnails": None}
    assert "По этой ссылке отчёт показан без видео." in Client().get(without).text


def test_an_expired_link_says_so_and_leaks_nothing(owner: Client, report: Report) -> None:
    path = made(owner, report, lifetime_days=1)
    with time_machine.travel(timezone.now() + timedelta(days=1, seconds=5), tick=False):
        page = Client().get(path)
    assert page.status_code == 410
    assert "Срок этой ссылки вышел" in page.text
    assert report.video.name not in page.text
    assert page["X-Robots-Tag"] == "noindex, nofollow"


def test_a_revoked_link_is_closed_at_once(owner: Client, report: Report) -> None:
    path = made(owner, report)
    link = ShareLink.objects.get()
    assert owner.post(f"/reports/{report.pk}/share/{link.pk}/revoke").status_code == 302
    for tail in ("", "findings.json", "export.json"):
        page = Client().get(path + tail)
        assert page.status_code == 410
        assert "Эту ссылку закрыли" in page.text
        assert report.video.name not in page.text
    revoke_link(link)
    assert "отозвана" in owner.get(f"/reports/{report.pk}/share").text


@pytest.mark.parametrize(
    "spoil", [lambda path: path[:-2] + "/", lambda path: path.replace("/r/", "/r/0"), lambda _path: "/r/x/",
              lambda _path: "/r/..%2f/", lambda path: path[:10] + "Ж" + path[11:]]
)  # fmt: skip
def test_a_tampered_link_opens_nothing(owner: Client, report: Report, spoil: object) -> None:
    page = Client().get(spoil(made(owner, report)))  # type: ignore[operator]
    assert page.status_code == 404
    assert report.video.name not in page.text


def test_links_of_a_deleted_video_and_a_deleted_project_open_nothing(owner: Client, report: Report) -> None:
    path = made(owner, report)
    Video.objects.update(deleted_at=timezone.now())
    assert Client().get(path).status_code == 404
    Video.objects.update(deleted_at=None)
    Project.objects.update(deleted_at=timezone.now())
    assert Client().get(path).status_code == 404


def test_a_link_of_one_report_opens_no_other(owner: Client, report: Report) -> None:
    documents = {"ru": sample_report.build(file_name="Другое.mp4"), "en": sample_report.build("en")}
    other = store_report(documents, report.video.project)
    link = create_link(report, report.video.project.owner, 1, "", with_video=True)
    page = Client().get(f"/r/{address_token(link)}/")
    assert "Другое" not in page.text
    assert owner.post(f"/reports/{other.pk}/share/{link.pk}/revoke").status_code == 404
    link.refresh_from_db()
    assert link.revoked_at is None


@pytest.mark.parametrize(
    "fields", [{"lifetime_days": 0}, {"lifetime_days": 91}, {"lifetime_days": "x"}, {"note": "я" * 121}]
)
def test_a_bad_form_is_explained_and_makes_nothing(owner: Client, report: Report, fields: dict[str, object]) -> None:
    answer = owner.post(f"/reports/{report.pk}/share", {"lifetime_days": 14, **fields})
    assert answer.status_code == 422
    assert 'class="errors"' in answer.text
    assert not ShareLink.objects.exists()


def test_there_is_an_end_to_working_links(owner: Client, report: Report) -> None:
    by = report.video.project.owner
    for _ in range(MAX_OPEN_LINKS):
        create_link(report, by, 1, "", with_video=False)
    with pytest.raises(LinkInvalid):
        create_link(report, by, 1, "", with_video=False)
    answer = owner.post(f"/reports/{report.pk}/share", {"lifetime_days": 14})
    assert answer.status_code == 422
    assert "Сначала отзовите лишнюю" in answer.text


def test_inside_the_page_the_same_address_answers_a_piece(owner: Client, report: Report) -> None:
    piece = owner.get(f"/reports/{report.pk}/share", headers={"hx-request": "true"}).text
    assert "<html" not in piece
    assert "Создать ссылку" in piece


def test_whoever_has_a_link_saves_files_only_so_often(owner: Client, report: Report) -> None:
    path = made(owner, report)
    answers = [Client().get(path + "export.json") for _ in range(11)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert all(answer.getvalue() for answer in answers)
    assert int(answers[-1]["Retry-After"]) >= 1
    assert report.video.name not in answers[-1].text
