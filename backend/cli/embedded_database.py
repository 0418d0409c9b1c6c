"""The database of one machine: an SQLite file that is brought up to date without being asked."""

from __future__ import annotations

import fcntl

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from cli.command import Refused
from cli.exit_codes import ExitCode


def prepare_database() -> None:
    """Apply missing migrations to an embedded database; a server's database is its administrator's business.

    Raises ``Refused`` when the database cannot be reached or must be migrated by hand.
    """
    try:
        if _is_up_to_date():
            return
        if connection.vendor != "sqlite":
            raise Refused(
                ExitCode.MISCONFIGURED,
                _("The database is not up to date. Run: .venv/bin/python backend/manage.py migrate"),
            )
        # Two first commands at once: the second waits, and then finds nothing left to do.
        with (settings.DATA_DIR / ".migrate.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not _is_up_to_date():
                call_command("migrate", verbosity=0, interactive=False)
    except (DatabaseError, OSError) as error:
        raise Refused(
            ExitCode.MISCONFIGURED,
            _("The database cannot be opened. Check DATABASE_URL, DATA_DIR and the rights on that folder."),
        ) from error


def _is_up_to_date() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
