"""How a project's videos are judged: a form, and the history of its versions."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reports.wording import group_title
from videos.access import changeable_projects
from videos.models import Project, ProjectSettings
from videos.project_settings import (
    CATEGORY_GROUPS,
    SettingsChanged,
    SettingsInvalid,
    SettingsValues,
    current_settings,
    save_settings,
    values_of,
)
from web.pack_choices import pack_choices
from web.people import PersonRequest
from web.settings_form import dictionary_fields, read_settings, threshold_fields
from web.settings_history import differences, history_of

Problems = dict[str, tuple[str, ...]]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def project_settings(request: PersonRequest, project_id: UUID) -> HttpResponse:
    project = get_object_or_404(changeable_projects(request.user), pk=project_id)
    newest = current_settings(project)
    if request.method != "POST":
        return _page(request, project, newest, values_of(newest), {})
    values, problems = read_settings(request, values_of(newest))
    based_on = request.POST.get("based_on", "")
    if not problems:
        try:
            saved = save_settings(
                project, values, request.user, based_on=int(based_on) if based_on.isdecimal() else newest.number
            )
        except SettingsInvalid as error:
            problems = {name: tuple(sentences) for name, sentences in error.problems.items()}
        except SettingsChanged:
            problems = {
                "": (_("Somebody saved other settings meanwhile: look at the history below, then save once more."),)
            }
        else:
            _say_saved(request, saved, newest)
            return redirect("project-settings", project.pk)
    return _page(request, project, newest, values, problems)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def project_settings_version(request: PersonRequest, project_id: UUID, number: int) -> HttpResponse:
    """An earlier version beside the newest; it can be brought back, which makes a version of its own."""
    project = get_object_or_404(changeable_projects(request.user), pk=project_id)
    version = get_object_or_404(project.settings_versions.select_related("created_by"), number=number)
    newest = current_settings(project)
    problems: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            saved = save_settings(project, values_of(version), request.user)
        except SettingsInvalid as error:
            problems = tuple(sentence for sentences in error.problems.values() for sentence in sentences)
        except SettingsChanged:
            problems = (_("Somebody saved other settings meanwhile: look at them first."),)
        else:
            _say_saved(request, saved, newest)
            return redirect("project-settings", project.pk)
    values = values_of(version)
    context = {
        "project": project,
        "version": version,
        "newest": newest,
        "values": values,
        "packs": [choice for choice in pack_choices(values.packs) if choice.is_chosen],
        "thresholds": [(group_title(group), least) for group, least in values.thresholds.items()],
        "dictionaries": dictionary_fields(values, {}),
        "blurred": [group_title(group) for group in values.visual.blurred],
        "differences": list(differences(values, values_of(newest))),
        "problems": problems,
    }
    return render(request, "web/project_settings_version.html", context, status=422 if problems else 200)


def _say_saved(request: PersonRequest, saved: ProjectSettings, before: ProjectSettings) -> None:
    if saved.number == before.number:
        messages.info(request, _("Nothing was changed."))
    else:
        sentence = _("Saved as version %(number)d. The next checks are judged by it.")
        messages.success(request, sentence % {"number": saved.number})


def _page(
    request: PersonRequest, project: Project, newest: ProjectSettings, values: SettingsValues, problems: Problems
) -> HttpResponse:
    context = {
        "project": project,
        "newest": newest,
        "values": values,
        "packs": pack_choices(values.packs),
        "thresholds": threshold_fields(values),
        "dictionaries": dictionary_fields(values, problems),
        "mailed": "\n".join(values.mailed),
        "groups": [(group, group_title(group), group in values.visual.blurred) for group in CATEGORY_GROUPS],
        "history": history_of(project),
        "problems": problems,
        "problem_list": [sentence for sentences in problems.values() for sentence in sentences],
    }
    return render(request, "web/project_settings.html", context, status=422 if problems else 200)
