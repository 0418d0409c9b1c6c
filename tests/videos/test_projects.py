"""Projects and the versions of their settings."""

from __future__ import annotations

import pytest

from accounts.models import User
from lexicon import DictionaryKind
from videos.access import visible_projects
from videos.models import Project
from videos.project_settings import (
    SettingsChanged,
    SettingsInvalid,
    SettingsValues,
    VisualDefaults,
    changed_fields,
    current_settings,
    save_settings,
    values_of,
)
from videos.projects import ProjectNameInvalid, create_project, delete_project, rename_project, restore_project

FULL = SettingsValues(
    packs=("ru-ads", "ru-436fz"),
    thresholds={"alcohol": 0.6},
    dictionaries={DictionaryKind.STOPWORDS: "скидка\n# примечание\n[allowed]\nбез скидки\n"},
    mailed=("editor@example.org",),
    visual=VisualDefaults(blurred=("nudity",), grayscale=True),
)


@pytest.fixture
def anna(db: None) -> User:
    return User.objects.create_user("anna", "anna@example.org", "a long password")


@pytest.fixture
def project(anna: User) -> Project:
    return create_project(anna, "  Канал   о еде ")


def test_a_new_project_has_a_tidy_name_and_the_default_packs(project: Project) -> None:
    assert project.name == "Канал о еде"
    assert values_of(current_settings(project)).packs == ("ru-436fz", "ru-ads")
    assert current_settings(project).number == 1


@pytest.mark.parametrize("name", ["", "   ", "я" * 121, "a\x00b"])
def test_a_bad_name_is_refused_and_changes_nothing(project: Project, name: str) -> None:
    with pytest.raises(ProjectNameInvalid):
        rename_project(project, name)
    assert Project.objects.get(pk=project.pk).name == "Канал о еде"


def test_a_deleted_project_is_gone_until_it_is_restored(anna: User, project: Project) -> None:
    delete_project(project)
    assert not visible_projects(anna).exists()
    restore_project(project)
    assert visible_projects(anna).get() == project


def test_every_save_is_a_version_and_saving_the_same_makes_none(anna: User, project: Project) -> None:
    saved = save_settings(project, FULL, anna)
    again = save_settings(project, values_of(saved), anna)

    assert (saved.number, again.number) == (2, 2)
    assert values_of(current_settings(project)) == FULL
    assert changed_fields(values_of(project.settings_versions.get(number=1)), FULL) == (
        "packs",
        "thresholds",
        "dictionaries",
        "mailed",
        "visual",
    )


def test_a_change_made_on_an_older_version_is_not_lost_silently(anna: User, project: Project) -> None:
    save_settings(project, FULL, anna, based_on=1)
    with pytest.raises(SettingsChanged):
        save_settings(project, SettingsValues(packs=("ru-ads",)), anna, based_on=1)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (SettingsValues(packs=()), "packs"),
        (SettingsValues(packs=("ru-ads", "ru-ads")), "packs"),
        (SettingsValues(packs=("none-such",)), "packs"),
        (SettingsValues(packs=("ru-ads",), thresholds={"alcohol": 1.1}), "thresholds"),
        (SettingsValues(packs=("ru-ads",), thresholds={"alcohol": float("nan")}), "thresholds"),
        (SettingsValues(packs=("ru-ads",), thresholds={"cats": 0.5}), "thresholds"),
        (
            SettingsValues(packs=("ru-ads",), dictionaries={DictionaryKind.BRANDS: "сло\x00во"}),
            "dictionaries.brands",
        ),
        (SettingsValues(packs=("ru-ads",), mailed=("editor@",)), "mailed"),
        (SettingsValues(packs=("ru-ads",), visual=VisualDefaults(blurred=("cats",))), "visual"),
    ],
)
def test_bad_settings_are_refused_by_field(anna: User, project: Project, values: SettingsValues, field: str) -> None:
    with pytest.raises(SettingsInvalid) as refusal:
        save_settings(project, values, anna)
    assert list(refusal.value.problems) == [field]
    assert current_settings(project).number == 1


def test_bad_lines_of_a_dictionary_are_named_by_number(anna: User, project: Project) -> None:
    text = "слово\nre:(a+)+\n!!!\n[section]\n"
    with pytest.raises(SettingsInvalid) as refusal:
        save_settings(project, SettingsValues(packs=("ru-ads",), dictionaries={DictionaryKind.BRANDS: text}), anna)

    sentences = refusal.value.problems["dictionaries.brands"]
    assert [number for number in range(1, 5) if any(f"{number} (" in sentence for sentence in sentences)] == [2, 3, 4]
