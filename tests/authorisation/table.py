"""Who may do what, by route and verb. The test fails for a route or verb that is missing here or does not exist.

``ok`` is let in, ``in`` has to sign in first (a redirect to the sign-in page, 401 in the API), ``404`` is told that
there is no such thing, ``403`` that it is not for them. Whoever is no column counts as one (``people.callers``): an
expired token and a closed account count as anonymous. A token also needs the scope in the last column, or gets 403;
``-`` means that tokens count for nothing there.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

AUDIENCES = """
                 anonymous  stranger  owner  operator  senior  auditor  administrator
everybody        ok         ok        ok     ok        ok      ok       ok
signed-in        in         ok        ok     ok        ok      ok       ok
seen             in         404       ok     ok        ok      ok       ok
changed          in         404       ok     403       403     403      ok
changed-unseen   in         404       ok     404       404     404      ok
own              in         404       ok     404       404     404      404
administrators   in         403       403    403       403     403      ok
support          in         in        in     in        in      ok       ok
support-refused  in         in        in     in        in      403      403
support-missing  in         in        in     in        in      404      404
support-leaves   ok         ok        ok     ok        ok      in       in
admin-login      in         403       403    403       403     in       in
nobody-stays     in         in        in     in        in      in       in
"""
"""Operators see every project, so they are told that one is not theirs to change (``changed``); what is shown to the
owner alone is not there for them (``changed-unseen``)."""

ROUTES = """
# Watching
healthz                        GET     everybody       -
readyz                         GET     everybody       -
metrics                        GET     everybody       -

# The site
home                           GET     everybody       -
set-language                   POST    everybody       -
set-theme                      POST    everybody       -
sign-in                        GET     everybody       -
sign-in                        POST    everybody       -
sign-up                        GET     everybody       -
sign-up                        POST    everybody       -
sign-out                       POST    nobody-stays    -
password-reset                 GET     everybody       -
password-reset                 POST    everybody       -
password-reset-sent            GET     everybody       -
password-reset-confirm         GET     everybody       -
password-reset-confirm         POST    everybody       -
account                        GET     signed-in       -
account                        POST    signed-in       -
account-password               GET     signed-in       -
account-password               POST    signed-in       -
account-sessions               GET     signed-in       -
account-sessions-end-others    POST    signed-in       -
account-session-end            POST    own             -
account-tokens                 GET     signed-in       -
account-tokens                 POST    signed-in       -
account-token-revoke           POST    own             -
account-minutes                GET     signed-in       -
library                        GET     signed-in       -
library-rows                   GET     signed-in       -
library-bulk                   POST    signed-in       -
library-restore                POST    signed-in       -
upload                         GET     signed-in       -
upload                         POST    changed-unseen  -
upload-address                 POST    changed-unseen  -
upload-addresses               GET     signed-in       -
upload-address-end             POST    changed-unseen  -
video                          GET     seen            -
video-progress                 GET     seen            -
video-check                    POST    changed-unseen  -
video-cancel                   POST    changed-unseen  -
video-delete                   POST    changed-unseen  -
projects                       GET     signed-in       -
projects                       POST    signed-in       -
project                        GET     seen            -
project-rename                 GET     changed-unseen  -
project-rename                 POST    changed-unseen  -
project-delete                 GET     changed-unseen  -
project-delete                 POST    changed-unseen  -
project-restore                POST    changed-unseen  -
project-settings               GET     changed-unseen  -
project-settings               POST    changed-unseen  -
project-settings-version       GET     changed-unseen  -
project-settings-version       POST    changed-unseen  -
project-webhooks               GET     changed-unseen  -
project-webhooks               POST    changed-unseen  -
webhook                        GET     changed-unseen  -
webhook-secret                 POST    changed-unseen  -
webhook-switch                 POST    changed-unseen  -
webhook-test                   POST    changed-unseen  -
webhook-delete                 GET     changed-unseen  -
webhook-delete                 POST    changed-unseen  -
webhook-replay                 POST    changed-unseen  -
report                         GET     seen            -
report-findings                GET     seen            -
report-matches                 GET     seen            -
report-evidence                GET     seen            -
report-timeline                GET     seen            -
report-transcript              GET     seen            -
report-transcript-data         GET     seen            -
report-waveform                GET     seen            -
report-frame                   GET     seen            -
report-media                   GET     seen            -
report-export                  GET     seen            -
report-share                   GET     changed-unseen  -
report-share                   POST    changed-unseen  -
report-share-revoke            POST    changed-unseen  -

# Whoever has the address
file                           GET     everybody       -
shared-report                  GET     everybody       -
shared-report-findings         GET     everybody       -
shared-report-matches          GET     everybody       -
shared-report-evidence         GET     everybody       -
shared-report-timeline         GET     everybody       -
shared-report-transcript       GET     everybody       -
shared-report-transcript-data  GET     everybody       -
shared-report-waveform         GET     everybody       -
shared-report-frame            GET     everybody       -
shared-report-media            GET     everybody       -
shared-report-export           GET     everybody       -

# The API
api-schema                     GET     everybody       any
api-docs                       GET     everybody       any
api-problems                   GET     everybody       any
api-problem                    GET     everybody       any
api-account                    GET     signed-in       read
api-account                    PATCH   signed-in       manage
api-minutes                    GET     signed-in       read
api-ledger                     GET     signed-in       read
api-tokens                     GET     signed-in       read
api-tokens                     POST    signed-in       manage
api-token                      DELETE  own             manage
api-sessions                   GET     signed-in       read
api-sessions                   DELETE  signed-in       manage
api-session                    DELETE  own             manage
api-people                     GET     administrators  admin
api-person                     GET     administrators  admin
api-person                     PATCH   administrators  admin
api-person-minutes             GET     administrators  admin
api-person-minutes             POST    administrators  admin
api-person-minutes             PUT     administrators  admin
api-packs                      GET     signed-in       read
api-projects                   GET     signed-in       read
api-projects                   POST    signed-in       manage
api-project                    GET     seen            read
api-project                    PATCH   changed         manage
api-project                    DELETE  changed         manage
api-project-restore            POST    changed-unseen  manage
api-project-settings           GET     seen            read
api-project-settings           PUT     changed         manage
api-project-settings-versions  GET     seen            read
api-project-uploads            POST    changed         upload
api-project-ingests            POST    changed         upload
api-project-webhooks           GET     changed         read
api-project-webhooks           POST    changed         manage
api-uploads                    GET     signed-in       read
api-upload                     GET     changed-unseen  read
api-upload                     DELETE  changed-unseen  upload
api-upload-part                PUT     changed-unseen  upload
api-part-address               GET     changed-unseen  upload
api-upload-finish              POST    changed-unseen  upload
api-earlier-checks             GET     signed-in       read
api-videos                     GET     signed-in       read
api-video                      GET     seen            read
api-video                      DELETE  changed         upload
api-video-restore              POST    changed-unseen  upload
api-video-runs                 POST    changed         upload
api-runs                       GET     signed-in       read
api-run                        GET     seen            read
api-run-cancel                 POST    changed         upload
api-reports                    GET     signed-in       read
api-report                     GET     seen            read
api-findings                   GET     seen            read
api-finding-frame              GET     seen            read
api-transcript                 GET     seen            read
api-timeline                   GET     seen            read
api-export                     GET     seen            read
api-playback                   GET     seen            read
api-report-share-links         GET     changed         read
api-report-share-links         POST    changed         manage
api-share-link                 DELETE  changed-unseen  manage
api-webhook                    GET     changed-unseen  read
api-webhook                    PATCH   changed-unseen  manage
api-webhook                    DELETE  changed-unseen  manage
api-webhook-secret             POST    changed-unseen  manage
api-webhook-ping               POST    changed-unseen  manage
api-webhook-deliveries         GET     changed-unseen  read
api-webhook-delivery           GET     changed-unseen  read
api-webhook-replay             POST    changed-unseen  manage

# The admin site
admin:index                    GET     support         -
admin:login                    GET     admin-login     -
admin:logout                   POST    support-leaves  -
admin:password_change          GET     support         -
admin:password_change_done     GET     support         -
admin:jsi18n                   GET     support         -
admin:autocomplete             GET     support-refused -
admin:view_on_site             GET     support-missing -
admin:app_list                 GET     support         -
admin:<path:object_id>/        GET     support         -
admin:(?P<url>.*)$             GET     support-missing -
admin:*_changelist             GET     support         -
admin:*_change                 GET     support         -
admin:*_history                GET     support         -
admin:*_add                    GET     support-refused -
admin:*_delete                 GET     support-refused -
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
