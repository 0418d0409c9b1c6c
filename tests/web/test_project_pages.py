"""Projects and their settings as pages."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from videos.models import Project, Video
from videos.project_settings import current_settings, values_of
from videos.projects import create_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("anna", "anna@example.org", "a long password", language="en")


@pytest.fixture
def browser(anna: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(anna)
    return client


@pytest.fixture
def project(anna: User) -> Project:
    return create_project(anna, "Channel")


def form(**changes: object) -> dict[str, object]:
    return {"based_on": "1", "packs": ["ru-436fz", "ru-ads"], **changes}


def test_a_project_is_made_named_anew_deleted_and_brought_back(browser: Client, anna: User) -> None:
    assert "No projects yet" in browser.get("/projects/").content.decode()
    made = browser.post("/projects/", {"name": "Channel"})
    project = anna.projects.get()
    assert made["Location"] == reverse("project", args=(project.pk,))
    browser.post(reverse("project-rename", args=(project.pk,)), {"name": "Evening show"})
    assert "Evening show" in browser.get("/projects/").content.decode()

    Video.objects.create(project=project, name="film.mp4", size_bytes=1)
    warning = browser.get(reverse("project-delete", args=(project.pk,))).content.decode()
    assert "1 video" in warning
    gone = browser.post(reverse("project-delete", args=(project.pk,)), follow=True).content.decode()
    assert "Project “Evening show” deleted." in gone
    assert browser.get(reverse("project", args=(project.pk,))).status_code == 404
    back = browser.post(reverse("project-restore", args=(project.pk,)), follow=True).content.decode()
    assert "film.mp4" in back


@pytest.mark.parametrize("address", ["projects", "project-rename"])
def test_a_project_without_a_name_is_refused_beside_the_field(browser: Client, project: Project, address: str) -> None:
    arguments = (project.pk,) if address == "project-rename" else ()
    answer = browser.post(reverse(address, args=arguments), {"name": "  "})
    assert answer.status_code == 422
    assert "Give the project a name." in answer.content.decode()


def test_settings_are_saved_as_a_version_with_its_history(browser: Client, project: Project) -> None:
    address = reverse("project-settings", args=(project.pk,))
    changes = form(
        packs=["ru-ads", "stopwords"],
        **{
            "threshold-alcohol": "0,6",
            "dictionary-brands": "Озон\r\nЗерновик\r\n",
            "mailed": "a@example.org\nb@example.org",
        },
        blurred=["nudity"],
        muted="on",
    )
    page = browser.post(address, changes, follow=True).content.decode()
    values = values_of(current_settings(project))

    assert "Saved as version 2." in page
    assert "threshold “Alcohol”: 0 → 0.6" in page
    assert (values.packs, values.thresholds) == (("ru-ads", "stopwords"), {"alcohol": 0.6})
    assert list(values.dictionaries.values()) == ["Озон\nЗерновик"]
    assert values.mailed == ("a@example.org", "b@example.org")
    assert (values.visual.blurred, values.visual.muted) == (("nudity",), True)
    assert "Nothing was changed." in browser.post(address, {**changes, "based_on": "2"}, follow=True).content.decode()


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_saved(browser: Client, project: Project) -> None:
    changes = form(packs=[], **{"threshold-ad": "2", "dictionary-profanity": "слово\n!!!", "mailed": "nobody"})
    answer = browser.post(reverse("project-settings", args=(project.pk,)), changes)
    page = answer.content.decode()

    assert answer.status_code == 422
    for sentence in ("Choose at least one pack", "from 0 to 1", "line 2", "“nobody” is not an e-mail address"):
        assert sentence in page
    assert "!!!" in page
    assert current_settings(project).number == 1


def test_a_dictionary_may_come_as_a_file(browser: Client, project: Project) -> None:
    address = reverse("project-settings", args=(project.pk,))
    good = SimpleUploadedFile("words.txt", "\ufeffскидка\n".encode())
    browser.post(address, form(**{"dictionary-stopwords-file": good}))
    assert list(values_of(current_settings(project)).dictionaries.values()) == ["скидка\n"]
    bad = SimpleUploadedFile("words.txt", "скидка".encode("cp1251"))
    answer = browser.post(address, form(based_on="2", **{"dictionary-stopwords-file": bad}))
    assert answer.status_code == 422
    assert "not UTF-8" in answer.content.decode()


def test_two_people_who_save_at_once_do_not_overwrite_each_other(browser: Client, project: Project) -> None:
    address = reverse("project-settings", args=(project.pk,))
    browser.post(address, form(packs=["ru-ads"]))
    answer = browser.post(address, form(packs=["stopwords"]))
    assert answer.status_code == 422
    assert "Somebody saved other settings meanwhile" in answer.content.decode()
    assert values_of(current_settings(project)).packs == ("ru-ads",)


def test_an_earlier_version_is_brought_back_as_a_new_one(browser: Client, project: Project) -> None:
    browser.post(reverse("project-settings", args=(project.pk,)), form(packs=["ru-ads"]))
    address = reverse("project-settings-version", args=(project.pk, 1))
    assert "Bring this version back" in browser.get(address).content.decode()
    browser.post(address)
    assert current_settings(project).number == 3
    assert values_of(current_settings(project)).packs == ("ru-436fz", "ru-ads")
