"""The library as a page: what is shown to whom, in how many queries, with and without a script."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role, User
from pipeline.models import PipelineRun, RunStatus, StepRun
from pipeline.table import PIPELINE
from videos.library import PAGE_SIZE
from videos.models import Project, Video, VideoStatus
from videos.projects import create_project

pytestmark = pytest.mark.django_db

QUERIES_MAX = 22


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("anna", "anna@example.org", "a long password", language="en")


@pytest.fixture
def project(anna: User) -> Project:
    return create_project(anna, "Channel")


@pytest.fixture
def browser(anna: User) -> Client:
    return signed_in(anna)


def signed_in(person: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def add(project: Project, name: str, **columns: object) -> Video:
    return Video.objects.create(project=project, name=name, size_bytes=1_000_000, storage_key="x", **columns)


def running(video: Video) -> PipelineRun:
    run = PipelineRun.objects.create(video=video, number=1, status=RunStatus.RUNNING)
    StepRun.objects.bulk_create(StepRun(run=run, name=step.name, progress=0.5) for step in PIPELINE)
    return run


def page_of(browser: Client, address: str, **query: str) -> str:
    answer = browser.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_stranger_is_asked_to_sign_in() -> None:
    answer = Client().get("/videos/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_an_empty_library_teaches(browser: Client, anna: User) -> None:
    assert "Begin with a project" in page_of(browser, "/videos/")
    create_project(anna, "Channel")
    assert "Drop a video here" in page_of(browser, "/videos/")


def test_the_library_of_one_project_shows_its_videos_only(browser: Client, anna: User, project: Project) -> None:
    add(project, "here.mp4")
    add(create_project(anna, "Other"), "there.mp4")

    page = page_of(browser, reverse("project", args=(project.pk,)))
    assert "here.mp4" in page
    assert "there.mp4" not in page


def test_somebody_elses_project_does_not_exist(project: Project) -> None:
    boris = signed_in(User.objects.create_user("boris", "boris@example.org", "a long password"))
    video = add(project, "private.mp4")
    for name, ident in [
        ("project", project.pk),
        ("project-settings", project.pk),
        ("project-rename", project.pk),
        ("project-delete", project.pk),
        ("video", video.pk),
        ("video-progress", video.pk),
    ]:
        assert boris.get(reverse(name, args=(ident,))).status_code == 404, name
    for name in ("video-check", "video-cancel", "video-delete"):
        assert boris.post(reverse(name, args=(video.pk,))).status_code == 404, name
    assert "private.mp4" not in page_of(boris, "/videos/")
    assert "private.mp4" not in page_of(boris, "/videos/rows/", id=str(video.pk))


def test_an_operator_sees_everything_and_changes_nothing(project: Project) -> None:
    operator = signed_in(
        User.objects.create_user("olga", "olga@example.org", "a long password", role=Role.OPERATOR, language="en")
    )
    video = add(project, "film.mp4")
    assert "film.mp4" in page_of(operator, "/videos/")
    operator.post("/videos/bulk/", {"action": "delete", "id": str(video.pk)})
    assert operator.post(reverse("video-delete", args=(video.pk,))).status_code == 404
    assert Video.objects.get(pk=video.pk).deleted_at is None


def test_pages_follow_each_other_by_plain_links(browser: Client, project: Project) -> None:
    for number in range(PAGE_SIZE + 3):
        add(project, f"film-{number:02}.mp4")
    first = page_of(browser, "/videos/", order="name")
    link = first.split('id="more"', 1)[1].split('href="', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    second = browser.get("/videos/" + link).content.decode()
    last, next_one = (f"film-{number:02}.mp4" for number in (PAGE_SIZE - 1, PAGE_SIZE))

    assert last in first
    assert next_one not in first
    assert next_one in second
    assert last not in second
    assert "To the beginning" in second


def test_more_rows_for_a_script_are_rows_alone(browser: Client, project: Project) -> None:
    add(project, "film.mp4")
    rows = browser.get("/videos/", headers={"HX-Request": "true", "HX-Target": "more"}).content.decode()
    assert "film.mp4" in rows
    assert "<html" not in rows


def test_a_damaged_cursor_begins_anew(browser: Client, project: Project) -> None:
    answer = browser.get("/videos/", {"after": "nonsense"})
    assert (answer.status_code, answer["Location"]) == (302, "/videos/")


@pytest.mark.parametrize("query", [{"q": "\x00"}, {"status": "NONE"}, {"tone": "x"}, {"project": "x"}, {"order": "x"}])
def test_unknown_filters_filter_nothing(browser: Client, project: Project, query: dict[str, str]) -> None:
    add(project, "film.mp4")
    assert "film.mp4" in page_of(browser, "/videos/", **query)


def test_the_number_of_queries_does_not_grow_with_the_rows(browser: Client, project: Project) -> None:
    page_of(browser, "/videos/")  # the first page of a person makes their balance
    counts = []
    for _ in range(2):
        for number in range(PAGE_SIZE // 2 - 1):
            video = add(project, f"{number}.mp4", status=VideoStatus.PROCESSING)
            running(video)
        with CaptureQueriesContext(connection) as queries:
            page_of(browser, "/videos/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= QUERIES_MAX


def test_rows_at_work_are_asked_for_again(browser: Client, project: Project) -> None:
    video = add(project, "film.mp4", status=VideoStatus.PROCESSING)
    running(video)
    assert "data-active" in page_of(browser, "/videos/")
    row = page_of(browser, "/videos/rows/", id=str(video.pk))
    assert 'hx-swap-oob="true"' in row
    assert "Checking 50" in row


def test_rows_on_a_projects_page_do_not_repeat_its_name_when_asked_for_again(browser: Client, project: Project) -> None:
    video = add(project, "film.mp4", status=VideoStatus.PROCESSING)
    page = page_of(browser, reverse("project", args=(project.pk,)))
    assert f'hx-get="/videos/rows/?project={project.pk}"' in page
    assert "Channel" not in page_of(browser, "/videos/rows/", id=str(video.pk), project=str(project.pk))
    assert "Channel" in page_of(browser, "/videos/rows/", id=str(video.pk))
    assert "Channel" in page_of(browser, "/videos/rows/", id=str(video.pk), project="no such thing")


def test_deleting_can_be_taken_back_from_the_message(browser: Client, project: Project) -> None:
    videos = [add(project, f"{number}.mp4") for number in range(2)]
    ids = [str(video.pk) for video in videos]
    answer = browser.post("/videos/bulk/", {"action": "delete", "id": ids}, follow=True)
    page = answer.content.decode()
    undo = page.split('action="/videos/restore/', 1)[1].split('"', 1)[0].replace("&amp;", "&")

    assert "2 videos deleted." in page
    assert "0.mp4" not in page
    back = browser.post("/videos/restore/" + undo, follow=True).content.decode()
    assert "2 videos are back." in back
    assert "0.mp4" in back


def test_checking_again_skips_what_is_being_checked(browser: Client, project: Project) -> None:
    idle, busy = add(project, "idle.mp4"), add(project, "busy.mp4")
    browser.post(reverse("video-check", args=(busy.pk,)))
    answer = browser.post("/videos/bulk/", {"action": "check", "id": [idle.pk, busy.pk]}, follow=True)

    assert "1 video is in line." in answer.content.decode()
    assert "1 video is being checked already." in answer.content.decode()
    assert PipelineRun.objects.get(video=idle).status == RunStatus.QUEUED


def test_nobody_is_led_to_another_site(browser: Client, project: Project) -> None:
    answer = browser.post("/videos/bulk/", {"action": "check", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/videos/"
