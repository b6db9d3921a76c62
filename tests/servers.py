"""Real servers for the tests that need them: a mail server, a Celery worker and its beat."""

from __future__ import annotations

import asyncio
import email
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import TypeVar

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from celery import current_app
from django.conf import LazySettings
from django.db import connection
from pytest_django import DjangoDbBlocker

from core.embedded import ROOT, free_port
from notifications import ringing
from tests.template_database import template_for

READY_WITHIN = 60.0
Process = TypeVar("Process", bound="RealProcess")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, pytestconfig: pytest.Config) -> None:
    """Every test database begins as a copy of one migrated database."""
    database = connection.settings_dict
    cache = Path(pytestconfig.cache.mkdir("database")) if pytestconfig.cache else Path(os.environ["VAR_DIR"])
    database["TEST"]["TEMPLATE"] = template_for(database, cache)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Whoever is still connected at the end (a thread of a server that a failed test left) is sent away."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def wait_until(holds: Callable[[], object], *, within: float = 60.0) -> None:
    """Ask again and again until it holds; fails when it does not in time."""
    last = time.monotonic() + within
    while not holds():
        assert time.monotonic() < last, "did not happen in time"
        time.sleep(0.05)


class SmtpServer:
    """A real mail server that keeps what it was sent.

    `refuse` makes it answer with an error instead; while `holds` is true, senders wait for its answer.
    """

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refuse = ""
        self.holds = False
        self.waiting = 0
        self.port = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.waiting += 1
        try:
            while self.holds:
                await asyncio.sleep(0.02)  # a sender that dies meanwhile ends this here
        finally:
            self.waiting -= 1
        if self.refuse:
            return self.refuse
        message = email.message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        self.recipients.append(envelope.rcpt_tos)
        return "250 Message accepted"


@pytest.fixture
def smtp_server(settings: LazySettings) -> Iterator[SmtpServer]:
    """Mails leave over SMTP to this server; see `messages`, `recipients` and `refuse`."""
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    server = SmtpServer()
    server.port = free_port()
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = server.port
    settings.EMAIL_TIMEOUT = 5
    yield server
    controller.stop()


class RealProcess:
    """A process of Celery's on the test database and the real broker; stop and start it at will."""

    arguments: list[str] = []
    begun = b""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.environment = environment
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        lines = self.log.read_bytes().count(self.begun) if self.log.exists() else 0
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "config", *self.arguments, "--loglevel=info"],
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        last = time.monotonic() + READY_WITHIN
        while self.log.read_bytes().count(self.begun) == lines:
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < last, self.log.read_text()
            time.sleep(0.1)

    def times(self, words: str) -> int:
        """How often its log says this."""
        return self.log.read_text().count(words)

    def stop(self) -> None:
        """An orderly end."""
        self._end(kill=False)

    def kill(self) -> None:
        """An end without any warning, as by a power cut."""
        self._end(kill=True)

    def _end(self, *, kill: bool) -> None:
        if self.process is None:
            return
        if kill:
            self.process.kill()
        else:
            self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None


class RealWorker(RealProcess):
    """Does one task after another."""

    arguments = ["worker", "--pool=solo", "--without-gossip", "--without-mingle", f"--hostname=tests-{os.getpid()}@%h"]
    begun = b" ready."


class RealBeat(RealProcess):
    """Rings for what the schedule says, and looks for due reminders every second."""

    begun = b"beat: Starting"

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        super().__init__({**environment, "REMINDERS_EVERY": "1"}, folder / "beat.log")
        self.arguments = ["beat", f"--schedule={folder / 'beat-schedule'}", "--pidfile="]


@pytest.fixture
def real_broker(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tasks go through the real broker instead of running at once; its queue is empty before and after."""
    monkeypatch.setattr(ringing, "_quiet_until", 0.0)  # whatever an earlier test noticed
    eager, propagates = current_app.conf.task_always_eager, current_app.conf.task_eager_propagates
    current_app.conf.task_always_eager = False
    current_app.control.purge()
    yield
    current_app.control.purge()
    current_app.conf.task_always_eager = eager
    current_app.conf.task_eager_propagates = propagates


@pytest.fixture
def real_environment(
    transactional_db: None, smtp_server: SmtpServer, real_broker: None, settings: LazySettings
) -> dict[str, str]:
    """What a process of its own must know to work with the servers of this test."""
    parts = connection.settings_dict
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "DATABASE_URL": (
            f"postgresql://{parts['USER']}:{parts['PASSWORD']}@/{parts['NAME']}"
            f"?host={parts['HOST']}&port={parts['PORT'] or 5432}"
        ),
        "EMAIL_URL": f"smtp://127.0.0.1:{smtp_server.port}",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "TASKS_AT_ONCE": "false",
    }


@pytest.fixture
def real_worker(real_environment: dict[str, str], tmp_path: Path) -> Iterator[RealWorker]:
    """A running worker. Its mails reach `smtp_server`; use `wait_until` for what it does."""
    yield from _running(RealWorker(real_environment, tmp_path / "worker.log"))


@pytest.fixture
def real_beat(real_environment: dict[str, str], tmp_path: Path) -> Iterator[RealBeat]:
    """A running beat: everything that follows happens by itself."""
    yield from _running(RealBeat(real_environment, tmp_path))


def _running(process: Process) -> Iterator[Process]:
    """What it wrote is printed at the end, so that pytest shows it under a test that failed."""
    try:
        process.start()
        yield process
    finally:
        process.stop()
        print(process.log.read_text())  # noqa: T201
