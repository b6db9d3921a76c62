"""How long 200,000 due reminders take: python -m pytest tests/benchmarks/reminders_of_200000.py -s

Not part of the suite. Each is found, rendered, stored for the inbox and as a mail, and handed over; by two processes at
once, as two beats would. Then as many as a minute lets pass leave by a real mail server on loopback.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.utils import timezone

from core.embedded import ROOT, free_port
from tests.journeys.test_killed_at_random import HOURS, PEOPLE, Mailbox, quiet_elsewhere

pytestmark = pytest.mark.django_db(transaction=True)
REMINDERS = 200_000
MOST_SECONDS, MOST_MEGABYTES = 600, 400
QUEUE = """
import json, resource, time, django
django.setup()
from django.utils import timezone
from notifications.services.reminding import queue_reminders
begun = time.perf_counter()
new = queue_reminders(now=timezone.now())
print(json.dumps([new, time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""
SEND = """
import django
django.setup()
from notifications import delivery
from notifications.choices import Channel
delivery.RUN_SECONDS = 20
print(delivery.deliver_due(Channel.EMAIL))
"""


def begin(script: str, port: int) -> subprocess.Popen[str]:
    place = connection.settings_dict
    url = f"postgresql://{place['USER']}:{place['PASSWORD']}@/{place['NAME']}?host={place['HOST']}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.journeys.settings_of_one_rule",
        "DATABASE_URL": f"{url}&port={place['PORT'] or 5432}",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "TASKS_AT_ONCE": "false",
    }
    return subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )


def count(channel: str) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(DISTINCT (key, recipient_id)) FROM notifications_outgoingmessage"
            " WHERE channel = %s",
            [channel],
        )
        rows, different = cursor.fetchone()
    return rows, different


def test_200000_reminders_within_minutes_in_bounded_memory():
    now = timezone.localtime()
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, [now.replace(hour=12), REMINDERS])
        cursor.execute(HOURS, quiet_elsewhere(now))
        cursor.execute("ANALYZE")
    box, port = Mailbox(takes=0), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()

    begun = time.perf_counter()
    both = [begin(QUEUE, port) for _number in range(2)]
    for process in both:
        said, _nothing = process.communicate(timeout=3 * MOST_SECONDS)
        _new, seconds, megabytes = json.loads(said.splitlines()[-1])
        print(f"one of two beats: {seconds:.0f} s, {megabytes:.0f} MB at most")  # noqa: T201
        assert megabytes < MOST_MEGABYTES
    took = time.perf_counter() - begun
    print(f"{REMINDERS} found, stored and handed over by two at once: {took:.0f} s")  # noqa: T201
    assert count("email") == count("inbox") == (REMINDERS, REMINDERS)

    again, _nothing = begin(QUEUE, port).communicate(timeout=MOST_SECONDS)
    new, seconds, _megabytes = json.loads(again.splitlines()[-1])
    print(f"a look that finds nothing new: {seconds:.0f} s")  # noqa: T201
    assert new == 0
    sent, _nothing = begin(SEND, port).communicate(timeout=MOST_SECONDS)
    controller.stop()
    print(f"{int(sent) / 20:.0f} mails a second leave")  # noqa: T201

    assert len(set(box.taken)) == len(box.taken) == int(sent)
    assert took < MOST_SECONDS
