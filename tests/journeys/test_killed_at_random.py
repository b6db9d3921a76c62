"""Beat, worker, broker and database are killed at random moments while reminders are due: each arrives, none twice.

One window is left: between a mail server's taking of a mail and the row that says so. Who dies in it sends the mail
again, with the same Message-ID (docs/operations.md). `make bench` does this with 10,000 reminders.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from pathlib import Path
from typing import Any

import psutil
import psycopg2
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection
from django.utils import timezone

from core.embedded import free_port
from core.servers.postgresql import DATABASE, PostgreSQL
from core.servers.valkey import Valkey
from tests.servers import RealBeat, RealProcess, RealWorker
from tests.template_database import copy_database

pytestmark = [pytest.mark.servers, pytest.mark.early, pytest.mark.django_db(transaction=True)]
REMINDERS = int(os.environ.get("KILLED_REMINDERS", "300"))
LONGEST_PEACE = max(1.5, REMINDERS / 1000)  # seconds between two deaths; among many, work is to get on
SMTP_TAKES = 0.03  # seconds for a mail, so that there is time to be killed in
PEOPLE = """
    INSERT INTO accounts_user (password, is_superuser, email, number, name, name_en, title, title_en, language, theme,
                               time_zone, is_active, is_staff, is_demo, joined_at)
    SELECT '', false, 'p' || n || '@school.example', 'k' || n, 'P' || n, '', '', '', 'en', 'auto', '', true, false,
           false, %s
    FROM generate_series(1, %s) AS n
"""
HOURS = """
    INSERT INTO notifications_reminderhours (id, mode, quiet_from, quiet_to, digest_at, digest_weekday, emails_a_minute,
                                             chats_a_minute)
    VALUES (1, 'send', %s, %s, '08:00', 0, 1000000, 20)
"""


class Mailbox:
    """Keeps the Message-ID and the recipient of everything that it took."""

    def __init__(self, *, takes: float = SMTP_TAKES) -> None:
        self.takes = takes
        self.taken: list[tuple[str, str]] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.takes)
        message = message_from_bytes(envelope.content)
        self.taken.append((str(message["Message-ID"]), envelope.rcpt_tos[0]))
        return "250 Message accepted"


@dataclass
class Office:
    """Everything that may be killed, with what starts it again."""

    database: PostgreSQL
    broker: Valkey
    worker: RealProcess
    beat: RealProcess
    mailbox: Mailbox
    killed: Counter[str] = field(default_factory=Counter)

    def kill(self, name: str) -> None:
        """Without any warning, and it is started again after a moment."""
        self.killed[name] += 1
        if name in ("database", "broker"):
            server: PostgreSQL | Valkey = getattr(self, name)
            assert server.pid is not None
            main = psutil.Process(server.pid)
            for process in (main, *main.children()):
                with suppress(psutil.NoSuchProcess):
                    process.kill()
            until(lambda: server.pid is None)
            time.sleep(random.uniform(0.1, 0.5))
            server.start()
        else:
            ours: RealProcess = getattr(self, name)
            ours.kill()
            ours.start()

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(psycopg2.connect(self.database.url)) as own, own, own.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def states(self) -> dict[str, int]:
        return dict(
            self.ask("SELECT state, count(*) FROM notifications_outgoingmessage WHERE channel='email' GROUP BY 1")
        )


def until(holds: Callable[[], object], within: float = 90) -> None:
    last = time.monotonic() + within
    while not holds():
        assert time.monotonic() < last, "did not happen in time"
        time.sleep(0.05)


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    box, port = Mailbox(), free_port()
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


@pytest.fixture
def folder() -> Iterator[Path]:
    """Outside pytest's own, which it closes to the account of PostgreSQL whenever another run begins."""
    with tempfile.TemporaryDirectory(prefix="portal-killed-", ignore_cleanup_errors=True) as path:
        yield Path(path)


@pytest.fixture
def office(transactional_db: None, mailbox: tuple[Mailbox, int], folder: Path, tmp_path: Path) -> Iterator[Office]:
    """A database, a broker, a worker and a beat of this test alone; one reminder is due for each of many people."""
    database, broker = PostgreSQL(folder / "pg"), Valkey(folder / "valkey")
    database.start()
    broker.start()
    target = {"HOST": str(database.socket_folder), "PORT": "", "USER": "postgres", "PASSWORD": ""}
    copy_database(connection.settings_dict, target, DATABASE)
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.journeys.settings_of_one_rule",
        "DATABASE_URL": database.url,
        "REDIS_URL": broker.url,
        "EMAIL_URL": f"smtp://127.0.0.1:{mailbox[1]}",
        "TASKS_AT_ONCE": "false",
        "SWEEP_EVERY": "1",
        "CLAIM_LASTS": "3",
        "MEDIA_ROOT": str(tmp_path),
    }
    worker, beat = RealWorker(environment, tmp_path / "worker.log"), RealBeat(environment, tmp_path)
    here = Office(database, broker, worker, beat, mailbox[0])
    noon = timezone.localtime().replace(hour=12)
    here.ask(PEOPLE, noon, REMINDERS)
    here.ask(HOURS, *quiet_elsewhere(timezone.localtime()))
    try:
        worker.start()
        beat.start()
        yield here
    finally:
        worker.stop()
        beat.stop()
        broker.stop()
        database.stop()


def quiet_elsewhere(now: datetime) -> tuple[str, str]:
    """An hour that is not now."""
    return f"{(now.hour + 12) % 24:02}:00", f"{(now.hour + 13) % 24:02}:00"


def test_each_reminder_arrives_and_none_twice(office: Office):
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # noqa: T201 - shown where it fails
    random.seed(seed)
    victims = ["worker", "database", "broker", "beat"]
    until(lambda: office.mailbox.taken)
    last = time.monotonic() + 180 + REMINDERS / 5

    while len(set(office.mailbox.taken)) < REMINDERS * 0.95:
        assert time.monotonic() < last, (office.states(), office.killed)
        time.sleep(random.uniform(0, LONGEST_PEACE))
        office.kill(victims.pop(0) if victims else random.choice(["worker", "database", "broker", "beat"]))
    office.kill("worker")  # whatever the last death left it with
    until(lambda: office.states() == {"sent": REMINDERS})

    times = Counter(office.mailbox.taken)
    assert len(times) == len({address for _id, address in times}) == REMINDERS  # a Message-ID each, whoever died
    again = sum(number - 1 for number in times.values())
    in_the_window = office.killed["worker"] + office.killed["database"]
    print(f"{dict(office.killed)} killed, {again} mails sent again with the same Message-ID")  # noqa: T201
    assert again <= in_the_window
    assert office.ask("SELECT count(*) FROM notifications_outgoingmessage WHERE channel='inbox'") == [(REMINDERS,)]
    assert set(office.killed) == {"worker", "database", "broker", "beat"}
