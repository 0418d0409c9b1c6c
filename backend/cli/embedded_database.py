"""The database of one machine: an SQLite file that is brought up to date without being asked."""

from __future__ import annotations

from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from cli.command import Refused
from cli.exit_codes import ExitCode


def prepare_database() -> None:
    """Apply missing migrations to an embedded database; a server's database is its administrator's business.

    Raises ``Refused`` when the database cannot be reached or must be migrated by hand.
    """
    try:
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return
        if connection.vendor != "sqlite":
            raise Refused(
                ExitCode.MISCONFIGURED,
                _("The database is not up to date. Run: .venv/bin/python backend/manage.py migrate"),
            )
        call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        raise Refused(
            ExitCode.MISCONFIGURED,
            _("The database cannot be opened. Check DATABASE_URL, DATA_DIR and the rights on that folder."),
        ) from error
