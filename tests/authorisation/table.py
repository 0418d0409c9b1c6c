"""Who may do what, by route and verb. The test fails for a route or verb that is missing here or does not exist.

``ok`` is let in, ``in`` has to sign in first (a redirect to the sign-in page, 401 in the API), ``404`` is told that there
is no such thing, ``403`` that it is not for them. Whoever is no column counts as one (``people.callers``): an expired
token and a closed account count as anonymous. A token also needs the scope in the last column, or gets 403; ``-`` means
that tokens count for nothing there.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

AUDIENCES = """
                anonymous  stranger  owner  operator  senior  auditor  administrator
everybody       ok         ok        ok     ok        ok      ok       ok
signed-in       in         ok        ok     ok        ok      ok       ok
seen            in         404       ok     ok        ok      ok       ok
changed         in         404       ok     404       404     404      ok
own             in         404       ok     404       404     404      404
administrators  in         403       403    403       403     403      ok
support         in         in        in     in        in      ok       ok
support-acts    in         in        in     in        in      403      ok
nobody          in         in        in     in        in      403      403
"""

ROUTES = """
healthz  GET  everybody  -
"""


@dataclass(frozen=True)
class Row:
    """One route and verb. ``expected`` is by column; ``scope`` is empty where tokens count for nothing."""

    route: str
    verb: str
    audience: str
    scope: str


def _read_audiences() -> dict[str, dict[str, str]]:
    heading, *lines = AUDIENCES.strip("\n").splitlines()
    people = heading.split()
    return {name: dict(zip(people, classes, strict=True)) for name, *classes in map(str.split, lines)}


def _read_routes() -> tuple[Row, ...]:
    lines = [line.split() for line in ROUTES.splitlines() if line.strip() and not line.startswith("#")]
    return tuple(Row(route, verb, audience, "" if scope == "-" else scope) for route, verb, audience, scope in lines)


EXPECTED = _read_audiences()
ROWS = _read_routes()


def rows_of(route: str) -> list[Row]:
    """The rows about a route; a name in the table may hold ``*`` for the pages of the admin site."""
    return [row for row in ROWS if fnmatchcase(route, row.route)]
