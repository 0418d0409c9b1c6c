"""Reports, findings, exports, playback, share links."""

from __future__ import annotations

import pytest
from accounts_for_tests import client_of
from library_for_tests import BYTES, a_report, a_video
from rest_framework.test import APIClient

from accounts.models import User
from reports.models import Report
from reports.playback import Playback
from videos.models import Project


@pytest.fixture
def report(project: Project) -> Report:
    return a_report(a_video(project))


@pytest.fixture
def address(report: Report) -> str:
    return f"/api/v1/reports/{report.pk}"


def test_a_report_speaks_the_readers_language(client: APIClient, address: str, report: Report) -> None:
    english = client.get(address).json()
    russian = client.get(address, HTTP_ACCEPT_LANGUAGE="ru").json()

    assert english["findings_count"] == report.findings_count
    assert english["verdicts"][0]["title"] != russian["verdicts"][0]["title"]
    assert english["coverage"]["detectors"]
    assert client.get("/api/v1/reports", {"video": str(report.video_id)}).json()["results"][0]["id"] == english["id"]


def test_findings_are_filtered(client: APIClient, address: str) -> None:
    def numbers(query: str = "") -> list[int]:
        return [one["number"] for one in client.get(f"{address}/findings?{query}").json()["results"]]

    everything = client.get(f"{address}/findings").json()["results"]
    assert numbers() == sorted(numbers())
    first = everything[0]
    assert first["title"]
    assert first["evidence"]["signals"] is not None
    assert numbers(f"severity={first['severity']}&severity=critical") == [
        one["number"] for one in everything if one["severity"] in {first["severity"], "critical"}
    ]
    assert numbers(f"category={first['group']}") == [
        one["number"] for one in everything if one["group"] == first["group"]
    ]
    assert numbers(f"pack={first['pack']},nothing") == [
        one["number"] for one in everything if one["pack"] == first["pack"]
    ]
    assert numbers("action_needed=true") == [one["number"] for one in everything if one["action_needed"]]
    assert numbers("start_s=100000") == []
    assert client.get(f"{address}/findings?severity=loud").status_code == 400
    assert client.get(f"{address}/findings?start_s=NaN").status_code == 400


def test_transcript_and_timeline(client: APIClient, address: str, report: Report) -> None:
    transcript = client.get(f"{address}/transcript").json()
    assert transcript["segments"][0]["words"][0]["start_s"] >= 0
    assert len(client.get(f"{address}/timeline").json()["start"]) == report.findings_count


@pytest.mark.parametrize(
    ("name", "begins"), [("pdf", b"%PDF"), ("json", b"{"), ("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("html", b"<!")]
)
def test_exports(client: APIClient, address: str, name: str, begins: bytes) -> None:
    response = client.get(f"{address}/exports/{name}?language=ru")

    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response.getvalue().lstrip().startswith(begins)


def test_exports_that_do_not_exist(client: APIClient, address: str) -> None:
    assert client.get(f"{address}/exports/docx").status_code == 404
    assert client.get(f"{address}/exports/pdf?language=de").json()["code"] == "invalid-input"


def test_playback_works_without_signing_in(client: APIClient, address: str) -> None:
    playback = client.get(f"{address}/playback").json()

    response = APIClient().get(playback["url"], HTTP_RANGE="bytes=0-2")

    assert playback["made_for_browsers"] is False
    assert response.status_code == 206
    assert response.getvalue() == BYTES[:3]


def test_what_is_not_kept_is_gone(client: APIClient, project: Project) -> None:
    report = a_report(a_video(project), playback=Playback.NONE)
    number = report.findings.first().number

    assert client.get(f"/api/v1/reports/{report.pk}/playback").json()["code"] == "gone"
    assert client.get(f"/api/v1/reports/{report.pk}/findings/{number}/frame").json()["code"] == "gone"
    assert client.get(f"/api/v1/reports/{report.pk}/findings/9999/frame").json()["code"] == "not-found"


def test_reports_of_others_do_not_exist(address: str, boris: User) -> None:
    stranger = client_of(boris)
    for path in ("", "/findings", "/transcript", "/timeline", "/exports/pdf", "/playback", "/share-links"):
        assert stranger.get(address + path).status_code == 404, path


def test_a_share_link_from_beginning_to_end(client: APIClient, address: str, boris: User) -> None:
    made = client.post(f"{address}/share-links", {"lifetime_days": 3, "note": "For the client", "with_video": False})
    assert made.status_code == 201
    link = f"/api/v1/share-links/{made.json()['id']}"
    assert "/r/" in made.json()["url"]
    assert client.get(f"{address}/share-links").json()["results"][0]["note"] == "For the client"
    assert client.post(f"{address}/share-links", {"lifetime_days": 91}).status_code == 400

    assert client_of(boris).delete(link).status_code == 404
    assert client.delete(link).status_code == 204
    assert client.get(f"{address}/share-links").json()["results"][0]["revoked_at"]
