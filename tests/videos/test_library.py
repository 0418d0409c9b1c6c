"""Finding videos: by name in any letter case, in each order, in pages that stay right while rows come and go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Role, User
from videos.keyset import CursorMalformed
from videos.library import LibraryQuery, Order, find_videos, page_of_videos
from videos.models import Project, Video, VideoStatus

BEGINNING = datetime(2026, 11, 1, tzinfo=UTC)
TONES = ["critical", "high", "medium", "low", "info", "gap", "clear", ""]


def person(name: str, role: str = Role.CLIENT) -> User:
    return User.objects.create_user(name, f"{name}@example.org", "a long password", role=role)


def add_video(project: Project, name: str, *, minute: int = 0, **columns: object) -> Video:
    video = Video.objects.create(project=project, name=name, size_bytes=1, **columns)
    Video.objects.filter(pk=video.pk).update(created_at=BEGINNING + timedelta(minutes=minute))
    return Video.objects.get(pk=video.pk)


def names(who: User, **narrowed: object) -> list[str]:
    return [video.name for video in find_videos(who, LibraryQuery(**narrowed))]


@pytest.fixture
def anna(db: None) -> User:
    return person("anna")


@pytest.fixture
def project(anna: User) -> Project:
    return Project.objects.create(owner=anna, name="Channel")


@pytest.mark.parametrize("search", ["обзор", "ОБЗОР", "кроссовок обз", "артём", "АРТЕМ"])
def test_search_minds_neither_letter_case_nor_yo_nor_order_of_words(anna: User, project: Project, search: str) -> None:
    add_video(project, "Обзор кроссовок от Артёма.mp4")
    add_video(project, "Влог.mp4")

    assert names(anna, search=search) == ["Обзор кроссовок от Артёма.mp4"]


def test_a_percent_sign_is_a_letter_like_any_other(anna: User, project: Project) -> None:
    add_video(project, "100% правда.mp4")
    add_video(project, "1000 причин.mp4")

    assert names(anna, search="100%") == ["100% правда.mp4"]


def test_only_what_one_may_see_is_found(anna: User, project: Project) -> None:
    stranger, operator = person("boris"), person("olga", Role.OPERATOR)
    add_video(project, "mine.mp4")
    add_video(Project.objects.create(owner=stranger, name="Other"), "theirs.mp4", minute=1)
    add_video(project, "deleted.mp4", deleted_at=BEGINNING)

    assert names(anna) == ["mine.mp4"]
    assert names(operator) == ["theirs.mp4", "mine.mp4"]


def test_filters_narrow_and_orders_order(anna: User, project: Project) -> None:
    add_video(project, "б.mp4", minute=1, tone="low", duration_s=60.0, status=VideoStatus.VERIFICATION)
    add_video(project, "А.mp4", minute=2, tone="critical", duration_s=5.0, status=VideoStatus.VERIFICATION)
    add_video(project, "в.mp4", minute=3)

    assert names(anna) == ["в.mp4", "А.mp4", "б.mp4"]
    assert names(anna, order=Order.NAME) == ["А.mp4", "б.mp4", "в.mp4"]
    assert names(anna, order=Order.GRAVEST) == ["А.mp4", "б.mp4", "в.mp4"]
    assert names(anna, order=Order.LONGEST) == ["б.mp4", "А.mp4", "в.mp4"]
    assert names(anna, status=VideoStatus.UPLOADED) == ["в.mp4"]
    assert names(anna, tone="critical") == ["А.mp4"]


@pytest.mark.parametrize("cursor", ["nonsense", "bnVsbA", "W10", "я", "x" * 5000])
def test_a_cursor_that_is_none_is_refused(anna: User, project: Project, cursor: str) -> None:
    with pytest.raises(CursorMalformed):
        page_of_videos(find_videos(anna, LibraryQuery()), Order.NEWEST, cursor)


class PagesStayRight(TestCase):
    """Whatever is added or deleted between two pages, every video that stays is shown exactly once."""

    @given(
        minutes=st.lists(st.integers(0, 3), min_size=1, max_size=25),
        tones=st.randoms(use_true_random=False),
        order=st.sampled_from(list(Order)),
        size=st.integers(1, 7),
        changes=st.lists(st.sampled_from(["add", "delete shown", "nothing"]), max_size=6),
    )
    def test_pages(self, minutes: list[int], tones: object, order: Order, size: int, changes: list[str]) -> None:
        anna = person("anna")
        project = Project.objects.create(owner=anna, name="Channel")
        for number, minute in enumerate(minutes):
            columns = {"tone": tones.choice(TONES), "duration_s": tones.choice([None, 1.0, 2.0])}  # type: ignore[attr-defined]
            add_video(project, f"{minute}-{number % 3}.mp4", minute=minute, **columns)
        there_from_the_start = {video.pk for video in Video.objects.all()}
        shown: list[object] = []
        cursor, pending = "", list(changes)
        while True:
            page = page_of_videos(find_videos(anna, LibraryQuery(order=order)), order, cursor, size)
            shown.extend(video.pk for video in page.videos)
            if not page.next_cursor:
                break
            cursor = page.next_cursor
            change = pending.pop() if pending else "nothing"
            if change == "add":
                add_video(project, "0-new.mp4", minute=9, tone="critical")
            elif change == "delete shown":
                Video.objects.filter(pk=shown[-1]).update(deleted_at=BEGINNING)

        assert len(shown) == len(set(shown))
        assert there_from_the_start <= set(shown)
