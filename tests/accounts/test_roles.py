"""Roles are given by administrators, of whom one always remains."""

from __future__ import annotations

import sys
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.models import Role, User
from accounts.roles import LastAdministrator, set_active, set_role


def person(name: str, role: Role = Role.CLIENT) -> User:
    return User.objects.create_user(name, role=role)


@pytest.mark.django_db
class TestSetRole:
    def test_staff_status_follows_the_role(self) -> None:
        chief, other = person("chief", Role.ADMINISTRATOR), person("other")

        set_role(other, Role.ADMINISTRATOR, chief)
        assert (other.is_staff, other.is_superuser) == (True, True)

        set_role(other, Role.OPERATOR, chief)
        other.refresh_from_db()
        assert (other.role, other.is_staff, other.is_superuser) == (Role.OPERATOR, False, False)

    def test_support_staff_enters_the_admin_site_and_no_more(self) -> None:
        chief, other = person("chief", Role.ADMINISTRATOR), person("other")

        set_role(other, Role.OPERATOR, chief, support_staff=True)

        assert (other.is_staff, other.is_superuser) == (True, False)

    def test_a_superuser_of_the_command_line_is_an_administrator(self) -> None:
        chief = User.objects.create_superuser("chief")

        assert (chief.role, chief.is_staff, chief.is_superuser) == (Role.ADMINISTRATOR, True, True)

    @pytest.mark.parametrize("role", [Role.CLIENT, Role.OPERATOR])
    def test_only_administrators_give_roles(self, role: Role) -> None:
        person("chief", Role.ADMINISTRATOR)
        asker = person("asker", role)

        with pytest.raises(PermissionDenied):
            set_role(asker, Role.ADMINISTRATOR, asker)

    def test_the_last_administrator_stays(self) -> None:
        chief = person("chief", Role.ADMINISTRATOR)
        closed = person("closed", Role.ADMINISTRATOR)
        set_active(closed, False, chief)

        with pytest.raises(LastAdministrator):
            set_role(chief, Role.CLIENT, chief)
        with pytest.raises(LastAdministrator):
            set_active(chief, False, chief)

        chief.refresh_from_db()
        assert (chief.role, chief.is_active) == (Role.ADMINISTRATOR, True)

    def test_whoever_is_no_administrator_any_more_gives_no_roles(self) -> None:
        chief, other = person("chief", Role.ADMINISTRATOR), person("other", Role.ADMINISTRATOR)
        set_role(chief, Role.CLIENT, other)
        stale = User(pk=chief.pk, role=Role.ADMINISTRATOR)

        with pytest.raises(PermissionDenied):
            set_role(other, Role.CLIENT, stale)


def test_two_who_demote_each_other_leave_one(each_database: str) -> None:
    first, second = person("first", Role.ADMINISTRATOR), person("second", Role.ADMINISTRATOR)
    start = threading.Barrier(2)
    refused: list[type[BaseException] | None] = []

    def demote(user: User, by: User) -> None:
        start.wait()
        try:
            set_role(user, Role.CLIENT, by)
        except (LastAdministrator, PermissionDenied):
            refused.append(sys.exc_info()[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=demote, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert User.objects.filter(role=Role.ADMINISTRATOR).count() == 1
