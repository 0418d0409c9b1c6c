"""Who sees and changes which projects and videos. What one may not see does not exist for one."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import User
from accounts.predicates import is_administrator, sees_everything
from videos.models import Project, Upload, Video


def visible_projects(person: User | AnonymousUser) -> QuerySet[Project]:
    """Projects that are not deleted: one's own; all of them for whoever verifies, audits or administers."""
    projects = Project.objects.filter(deleted_at=None)
    if not isinstance(person, User):
        return projects.none()
    return projects if sees_everything(person) else projects.filter(owner=person)


def visible_videos(person: User | AnonymousUser) -> QuerySet[Video]:
    """Videos of visible projects that are not deleted; files that ``./compliance check`` read belong to nobody."""
    return Video.objects.filter(deleted_at=None, project__in=visible_projects(person))


def changeable_projects(person: User | AnonymousUser) -> QuerySet[Project]:
    """Projects whose settings, videos, links and webhooks the person may change: one's own, all for administrators."""
    projects = visible_projects(person)
    if isinstance(person, User) and is_administrator(person):
        return projects
    return projects.filter(owner_id=person.pk)


def changeable_videos(person: User | AnonymousUser) -> QuerySet[Video]:
    return Video.objects.filter(deleted_at=None, project__in=changeable_projects(person))


def changeable_uploads(person: User | AnonymousUser) -> QuerySet[Upload]:
    return Upload.objects.filter(project__in=changeable_projects(person))
