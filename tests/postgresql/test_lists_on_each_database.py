"""Lists and questions to JSON answer alike on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from api.paging import KeysetPagination
from pipeline.models import PipelineRun
from videos.models import Video

pytestmark = pytest.mark.usefixtures("each_database")

MOMENT = datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=UTC)


def make_videos(count: int) -> None:
    for number in range(count):
        video = Video.objects.create(name=f"{number}.mp4", size_bytes=number)
        # Most of a bulk upload carries one moment.
        Video.objects.filter(pk=video.pk).update(created_at=MOMENT if number % 5 else MOMENT.replace(hour=13))


class NewestFirst:
    """What the paging asks of a view."""

    ordering = ("-created_at", "id")


def page(parameters: dict[str, str]) -> tuple[list[Video], dict[str, str] | None]:
    paginator = KeysetPagination()
    request = Request(APIRequestFactory().get("/", parameters))
    rows = paginator.paginate_queryset(Video.objects.all(), request, NewestFirst())
    return rows, dict(parse_qsl(urlsplit(paginator.next).query)) if paginator.next else None


def test_pages_hold_every_row_once_in_order() -> None:
    make_videos(23)
    expected = list(Video.objects.order_by("-created_at", "id").values_list("pk", flat=True))

    seen = []
    parameters: dict[str, str] | None = {"limit": "4"}
    while parameters is not None:
        rows, parameters = page(parameters)
        seen += [row.pk for row in rows]

    assert seen == expected


def test_a_row_that_comes_meanwhile_moves_nothing() -> None:
    make_videos(9)
    first, parameters = page({"limit": "4"})
    assert parameters is not None

    Video.objects.create(name="newest.mp4", size_bytes=1)
    second, _ = page(parameters)

    assert not {row.pk for row in first} & {row.pk for row in second}
    assert "newest.mp4" not in {row.name for row in second}


def test_numbers_inside_json_are_compared_as_numbers() -> None:
    video = Video.objects.create(name="1.mp4", size_bytes=1, verdicts=[{"pack": "ru-ads", "outcome": "ок"}])
    for number, seconds in enumerate((9, 10, 100), start=1):
        PipelineRun.objects.create(video=video, number=number, signature="s", error_details={"seconds": seconds})

    longer = PipelineRun.objects.filter(error_details__seconds__gt=9).order_by("number")

    assert [run.number for run in longer] == [2, 3]
    assert Video.objects.filter(verdicts__0__pack="ru-ads", verdicts__0__outcome="ок").get() == video
    assert not Video.objects.filter(verdicts__1__pack__isnull=False).exists()


def test_names_are_found_in_any_letter_case_of_any_alphabet_that_both_know() -> None:
    Video.objects.create(name="Review.mp4", size_bytes=1)

    assert Video.objects.filter(name__icontains="rEVIEW").exists()
