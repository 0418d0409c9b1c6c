"""What the address of the library asks for; a value that nobody knows asks for nothing."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import User
from videos.access import visible_projects
from videos.library import GRAVITY, LibraryQuery, Order
from videos.models import Project, VideoStatus
from web.ids import uuid_or_none

SEARCH_LENGTH_MAX = 200


def read_library_query(request: HttpRequest, person: User, project: Project | None = None) -> LibraryQuery:
    """``project`` is the one whose page this is; the library of all has it as a parameter."""
    asked = request.GET
    return LibraryQuery(
        search=asked.get("q", "")[:SEARCH_LENGTH_MAX].replace("\x00", ""),
        project=project or _project(asked.get("project", ""), person),
        status=VideoStatus(asked["status"]) if asked.get("status") in VideoStatus.values else None,
        tone=asked["tone"] if asked.get("tone") in GRAVITY else "",
        order=Order(asked["order"]) if asked.get("order") in set(Order) else Order.NEWEST,
    )


def _project(text: str, person: User) -> Project | None:
    project_id = uuid_or_none(text)
    return visible_projects(person).filter(pk=project_id).first() if project_id else None
