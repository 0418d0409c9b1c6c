"""Every route of the product with every verb, asked by everybody, answers as the table says."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.authorisation.people import Caller, callers, make_people
from tests.authorisation.table import EXPECTED, ROWS, Row, rows_of
from tests.authorisation.things import make_things
from tests.servers.postgresql import default_database, sqlite_settings

from accounts.models import User

VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE")
TOKEN_LACKS_SCOPE = "403"


@dataclass(frozen=True)
class Route:
    """``parameters`` are the names in its address."""

    name: str
    parameters: tuple[str, ...]


def _routes(patterns: list[Any], namespace: str = "", parameters: tuple[str, ...] = ()) -> Iterator[Route]:
    for pattern in patterns:
        known = (*parameters, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _routes(pattern.url_patterns, inner, known)
        elif isinstance(pattern, URLPattern):
            yield Route(f"{namespace}{pattern.name or pattern.pattern}", known)


ROUTES = {route.name: route for route in _routes(get_resolver().url_patterns)}
CASES = [(route, row) for route in ROUTES.values() for row in rows_of(route.name)]


@dataclass(frozen=True)
class World:
    callers: tuple[Caller, ...]
    things: dict[str, Any]
    cookies: dict[str, SimpleCookie]
    """By the caller's name."""

    def address(self, route: Route) -> str:
        values = {name: self.things.get(f"{route.name}:{name}", self.things.get(name)) for name in route.parameters}
        if route.name.startswith("admin:"):
            values = dict.fromkeys(route.parameters, "accounts" if route.name == "admin:app_list" else "1")
            if route.name.endswith("<path:object_id>/"):
                return reverse("admin:accounts_user_changelist") + "1/"
            if route.name.endswith("(?P<url>.*)$"):
                return reverse("admin:index") + "no-such-page"
        return reverse(route.name, kwargs=values)

    def ask(self, caller: Caller, route: Route, verb: str) -> str:
        """How it was answered, in the words of the table; what it changed is undone."""
        cache.clear()
        client = Client(raise_request_exception=False)
        headers = {"Authorization": f"Bearer {caller.secret}"} if caller.secret else {}
        client.cookies = copy(self.cookies.get(caller.name, SimpleCookie()))
        with transaction.atomic():
            answer = client.generic(verb, self.address(route), *self._body(route), headers=headers)
            said = _in_words(answer)
            transaction.set_rollback(True)
        answer.close()
        return said

    def _body(self, route: Route) -> tuple[str, str]:
        if route.name.startswith("api-"):
            return "{}", "application/json"
        return urlencode(self.things.get(f"{route.name}:form", {})), "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def world(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[World]:
    """Made once; every question is asked in a transaction that is rolled back."""
    file = tmp_path_factory.mktemp("world") / "db.sqlite3"
    shutil.copyfile(migrated_sqlite, file)
    with django_db_blocker.unblock(), default_database(sqlite_settings(file)):
        people = make_people()
        everybody = tuple(callers(people))
        cookies = {caller.name: _signed_in(caller.user) for caller in everybody if caller.user is not None}
        people["inactive"].is_active = False
        people["inactive"].save()
        yield World(everybody, make_things(people), cookies)


def _signed_in(user: User) -> SimpleCookie:
    client = Client()
    client.force_login(user)
    return client.cookies


def _in_words(answer: HttpResponse) -> str:
    where = answer.headers.get("Location", "")
    if answer.status_code == 401 or where.startswith((reverse("sign-in"), reverse("admin:login"))):
        return "in"
    if answer.status_code in (403, 404, 405) or answer.status_code >= 500:
        return str(answer.status_code)
    return "ok"


def _expected(row: Row, caller: Caller) -> str:
    if caller.secret is None:
        return EXPECTED[row.audience][caller.counts_as]
    if not row.scope:
        return EXPECTED[row.audience]["anonymous"]
    if caller.counts_as == "anonymous":
        return "in"  # a token that is no good is refused even where none is needed
    if row.scope not in {*caller.scopes, "any"}:
        return TOKEN_LACKS_SCOPE
    return EXPECTED[row.audience][caller.counts_as]


@pytest.mark.parametrize(("route", "row"), CASES, ids=[f"{row.verb} {route.name}" for route, row in CASES])
def test_everybody_gets_what_the_table_says(world: World, route: Route, row: Row) -> None:
    # Where tokens count for nothing, one of them stands for all.
    asking = [caller for caller in world.callers if row.scope or caller.secret is None or caller.scopes == {"admin"}]
    expected = {caller.name: _expected(row, caller) for caller in asking}
    answered = {caller.name: world.ask(caller, route, row.verb) for caller in asking}

    assert answered == expected


@pytest.mark.parametrize("route", ROUTES.values(), ids=list(ROUTES))
def test_the_table_names_every_verb(world: World, route: Route) -> None:
    if route.name.startswith("admin:"):
        return  # Django's pages answer to any verb; what they let happen is tested with the admin site
    named = {row.verb for row in rows_of(route.name)}
    asking = [caller for caller in world.callers if caller.name in {"owner", "administrator"}]

    answers = {verb: {world.ask(caller, route, verb) for caller in asking} for verb in VERBS}

    assert {verb for verb, got in answers.items() if "405" not in got} == named, answers


def test_the_table_names_every_route() -> None:
    assert [name for name in ROUTES if not rows_of(name)] == []


def test_the_table_names_no_route_that_is_gone() -> None:
    used = {row for name in ROUTES for row in rows_of(name)}
    assert [row for row in ROWS if row not in used] == []


def test_no_row_is_there_twice() -> None:
    named = [(row.route, row.verb) for row in ROWS]
    assert [one for one in named if named.count(one) > 1] == []
