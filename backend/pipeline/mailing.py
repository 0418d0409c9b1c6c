"""Telling people by mail that a check is over: the project's owner, and whom its settings name."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.outgoing_mail import send_soon
from pipeline.models import PipelineRun, RunStatus
from pipeline.run_view import view_of_run
from reports.models import Report
from reports.printable import printable


def mail_outcome(run: PipelineRun) -> None:
    """One message to each, so that nobody learns the others' addresses; nothing for a run that was cancelled.

    It leaves from a thread of its own; a mail that cannot be sent is logged and is no failure of the run.
    """
    project = run.video.project
    if project is None or run.status == RunStatus.CANCELLED:
        return
    named = run.settings_version.mailed if run.settings_version is not None else []
    report = Report.objects.filter(run_id=run.pk).first()
    with translation.override(project.owner.language):
        subject, body = _failed(run) if report is None else _finished(run, report)
    for address in dict.fromkeys(filter(None, (project.owner.email, *named))):
        send_soon(EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [address]))


def _finished(run: PipelineRun, report: Report) -> tuple[str, str]:
    verdicts = report.summary[translation.get_language() or "ru"]["verdicts"]
    action = ngettext("%(count)d finding needs action.", "%(count)d findings need action.", report.action_count) % {
        "count": report.action_count
    }
    paragraphs = (
        "\n".join(f"{verdict['title']}: {verdict['outcome_title']}" for verdict in verdicts),
        action if report.complete else action + " " + _("Not everything could be checked: the report says what."),
        _where(reverse("report", args=(report.pk,))),
        _("A machine proposes, a person decides."),
    )
    return _("Checked: %(video)s") % {"video": _name(run)}, "\n\n".join(filter(None, paragraphs)) + "\n"


def _failed(run: PipelineRun) -> tuple[str, str]:
    paragraphs = (view_of_run(run).error, _where(reverse("video", args=(run.video_id,))))
    return _("Not checked: %(video)s") % {"video": _name(run)}, "\n\n".join(filter(None, paragraphs)) + "\n"


def _name(run: PipelineRun) -> str:
    """Without what could break a header."""
    return printable(run.video.name)


def _where(path: str) -> str:
    """A link, where the site has a name: on a server. ``./compliance up`` cannot know how others reach it."""
    names = [host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))]
    return f"https://{names[0]}{path}" if names else ""
