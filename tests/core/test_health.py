"""/healthz and /readyz: what they say, and what they ask for it."""

from __future__ import annotations

import time

import pytest
from celery import current_app
from django.core.cache import cache
from django.test import Client

from core.tasks import BEAT, SIGNS, WORKER, beat
from tests.servers import RealBeat, RealWorker, wait_until


def test_a_living_process_says_ok_without_asking_any_server(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok")


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_is_read_only(client, address):
    assert client.post(address).status_code == 405


@pytest.mark.django_db
def test_ready_when_database_broker_worker_and_beat_work(client):
    cache.set_many(dict.fromkeys(SIGNS, time.time()), 60)

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "broker": "ok", "worker": "ok", "beat": "ok"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sign", "worker", "beat"), [("", "missing", "missing"), (BEAT, "missing", "ok"), (WORKER, "ok", "missing")]
)
def test_not_ready_without_a_sign_of_worker_and_beat(client, sign, worker, beat):
    cache.delete_many(SIGNS)
    if sign:
        cache.set(sign, time.time(), 60)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "database": "ok", "broker": "ok", "worker": worker, "beat": beat}


@pytest.mark.django_db
def test_not_ready_while_the_broker_is_away_and_the_answer_comes_soon(client, monkeypatch):
    cache.set_many(dict.fromkeys(SIGNS, time.time()), 60)
    monkeypatch.setattr(current_app.conf, "broker_write_url", "redis://127.0.0.1:1/0")
    began = time.monotonic()

    answer = client.get("/readyz")

    assert time.monotonic() - began < 5
    assert answer.status_code == 503
    assert answer.json()["broker"] == "missing"


@pytest.mark.servers
def test_a_real_worker_answers_the_heartbeat_that_came_over_the_broker(client: Client, real_worker: RealWorker):
    cache.delete_many(SIGNS)

    beat.delay()

    wait_until(lambda: client.get("/readyz").status_code == 200)


@pytest.mark.servers
def test_beat_leaves_its_sign_while_no_worker_is_there(client: Client, real_worker: RealWorker, real_beat: RealBeat):
    for process in (real_worker, real_beat):
        process.stop()
    cache.delete_many(SIGNS)
    real_beat.start()

    wait_until(lambda: client.get("/readyz").json()["beat"] == "ok")

    assert client.get("/readyz").json()["worker"] == "missing"
