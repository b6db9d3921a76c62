"""Real servers for the tests that need them: a mail server and a Celery worker."""

from __future__ import annotations

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

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from celery import current_app
from django.conf import LazySettings
from django.db import connection

from core.embedded import ROOT, free_port
from notifications import ringing
from tests.template_database import template_for

READY_WITHIN = 60.0


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, pytestconfig: pytest.Config) -> None:
    """Every test database begins as a copy of one migrated database."""
    database = connection.settings_dict
    cache = Path(pytestconfig.cache.mkdir("database")) if pytestconfig.cache else Path(os.environ["VAR_DIR"])
    database["TEST"]["TEMPLATE"] = template_for(database, cache)


def wait_until(holds: Callable[[], object], *, within: float = 20.0) -> None:
    """Ask again and again until it holds; fails when it does not in time."""
    last = time.monotonic() + within
    while not holds():
        assert time.monotonic() < last, "did not happen in time"
        time.sleep(0.05)


class SmtpServer:
    """A real mail server that keeps what it was sent; `refuse` makes it answer with an error instead."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refuse = ""
        self.port = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
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


class RealWorker:
    """A Celery worker process on the test database and the real broker; stop and start it at will."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.environment = environment
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        lines = self.log.read_bytes().count(b" ready.") if self.log.exists() else 0
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--pool=solo", "--loglevel=info"]
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [*command, "--without-gossip", "--without-mingle", f"--hostname=tests-{os.getpid()}@%h"],
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        last = time.monotonic() + READY_WITHIN
        while self.log.read_bytes().count(b" ready.") == lines:
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < last, self.log.read_text()
            time.sleep(0.1)

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
def real_worker(
    transactional_db: None, smtp_server: SmtpServer, real_broker: None, settings: LazySettings, tmp_path: Path
) -> Iterator[RealWorker]:
    """A running worker. Its mails reach `smtp_server`; use `wait_until` for what it does.

    What it wrote is printed at the end, so that pytest shows it under a test that failed.
    """
    parts = connection.settings_dict
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "DATABASE_URL": (
            f"postgresql://{parts['USER']}:{parts['PASSWORD']}@/{parts['NAME']}"
            f"?host={parts['HOST']}&port={parts['PORT'] or 5432}"
        ),
        "EMAIL_URL": f"smtp://127.0.0.1:{smtp_server.port}",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "TASKS_AT_ONCE": "false",
    }
    worker = RealWorker(environment, tmp_path / "worker.log")
    worker.start()
    yield worker
    worker.stop()
    print(worker.log.read_text())  # noqa: T201
