"""`manage.py up`, `down` and the commands beside them, as a person on a bare machine runs them."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg2
import pytest
from django.conf import settings

from core.embedded import ROOT, free_port
from core.servers.postgresql import PostgreSQL
from tests.servers import wait_until
from tests.template_database import copy_database

pytestmark = pytest.mark.servers

CONFIGURED = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL", "SITE_URL", "DEMO", "SECURE")
STARTED_WITHIN = 120.0
COUNT = "from django.contrib.contenttypes.models import ContentType as C; print(C.objects.filter(model='user').count())"


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in CONFIGURED}
    return {**kept, "VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}


def manage(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    return subprocess.run(command, env=environment(folder), capture_output=True, text=True, timeout=STARTED_WITHIN)


def status(port: int, path: str) -> int:
    request = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    request.request("GET", path)
    answer = request.getresponse().status
    request.close()
    return answer


def run_file(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "run.json").read_text())


def everything_of(run: dict) -> list[psutil.Process]:
    first = [pid for pid, _ in run["processes"].values()] + list(run["servers"].values())
    found = [psutil.Process(pid) for pid in first]
    return found + [child for process in found for child in process.children(recursive=True)]


def living(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Without those that ended and that the system has yet to bury."""
    return [process for process in processes if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Path:
    """A folder of data as an earlier start left it: with the tables, which take two minutes to make."""
    place = tmp_path_factory.mktemp("up") / "var"
    place.mkdir()
    server = PostgreSQL(place / "postgres", throw_away=True)
    server.start()
    copy_database(settings.DATABASES["default"], {"HOST": server.socket_folder, "USER": "postgres"}, "portal")
    server.stop()
    return place


@pytest.fixture
def start(folder: Path, tmp_path: Path) -> Iterator[Callable[[int], subprocess.Popen[bytes]]]:
    begun: list[subprocess.Popen[bytes]] = []

    def begin(port: int) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(ROOT / "manage.py"), "up", f"--port={port}", "--no-seed"]
        log = tmp_path / f"{port}.log"
        with log.open("ab") as output:
            process = subprocess.Popen(command, env=environment(folder), stdout=output, stderr=output)
        begun.append(process)
        last = time.monotonic() + STARTED_WITHIN
        while b"serves on" not in log.read_bytes():
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < last, log.read_text()
            time.sleep(0.1)
        return process

    yield begin
    for process in begun:
        if process.poll() is None:
            process.terminate()
            process.wait(60)


def test_up_serves_restarts_what_dies_and_leaves_no_process_behind(folder, start, tmp_path):
    port = free_port()
    started = start(port)
    run = run_file(folder)
    assert sorted(run["processes"]) == ["beat", "mail catcher", "web", "worker"]
    assert sorted(run["servers"]) == ["postgresql", "valkey"]
    assert status(port, "/readyz") == 200
    assert (folder / "secret_key").stat().st_mode & 0o777 == 0o600
    assert (folder / "demo_password").stat().st_mode & 0o777 == 0o600

    second = manage(folder, "up", f"--port={free_port()}")
    assert second.returncode == 1
    assert f"The portal runs already on port {port}" in second.stderr

    assert manage(folder, "shell", "-v0", "-c", COUNT).stdout == "1\n"
    assert status(port, "/readyz") == 200  # the command has left, the servers stay

    os.kill(run["processes"]["beat"][0], signal.SIGKILL)
    os.kill(run["servers"]["valkey"], signal.SIGKILL)
    wait_until(lambda: run_file(folder)["servers"].get("valkey", 0) not in (0, run["servers"]["valkey"]))
    wait_until(lambda: run_file(folder)["processes"].get("beat", run["processes"]["beat"]) != run["processes"]["beat"])

    processes = everything_of(run_file(folder))
    assert len(processes) > 10
    started.send_signal(signal.SIGINT)
    assert started.wait(60) == 0
    assert living(processes) == []
    assert (tmp_path / f"{port}.log").read_text().splitlines()[-1] == "Stopped."


def test_what_a_killed_up_left_behind_is_ended_by_the_next_and_down_stops_that(folder, start, tmp_path):
    started = start(free_port())
    orphans = everything_of(run_file(folder))
    started.kill()
    started.wait()

    port = free_port()
    again = start(port)

    said = (tmp_path / f"{port}.log").read_text()
    assert "Ended what an interrupted run had left behind: mail catcher, web, worker, beat." in said
    everything = [*orphans, *everything_of(run_file(folder))]
    stopped = manage(folder, "down")
    assert (stopped.returncode, stopped.stdout) == (0, "Stopped.\n")
    assert again.wait(10) == 0
    assert living(everything) == []


def test_a_command_alone_starts_the_servers_and_stops_them_at_its_end(folder):
    said = manage(
        folder,
        "shell",
        "-v0",
        "-c",
        "from django.db import connection as c; c.connect(); print(c.settings_dict['NAME'])",
    )

    assert said.stdout.strip() == "portal"
    assert PostgreSQL(folder / "postgres").pid is None


def test_a_port_in_use_is_named_and_nothing_stays(folder):
    port = free_port()
    listener = socket.create_server(("127.0.0.1", port))

    refused = manage(folder, "up", f"--port={port}")

    listener.close()
    assert refused.returncode == 1
    assert f"Port {port} is in use. Choose another one: make run PORT={port + 1}" in refused.stderr
    assert PostgreSQL(folder / "postgres").pid is None


@pytest.mark.parametrize("name", ["a rather long name " + "x" * 90, "学校 门户"])
def test_servers_stand_in_folders_with_long_and_foreign_names(tmp_path, name):
    server = PostgreSQL(tmp_path / name / "postgres", throw_away=True)
    server.start()
    connection = psycopg2.connect(host=str(server.socket_folder), user="postgres", dbname="portal")
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION pg_trgm; SELECT array_length(show_trgm('产教融合'), 1)")
        assert cursor.fetchone() == (5,)
    connection.close()

    server.stop()

    assert server.pid is None
    assert server.socket_folder == server.data or not server.socket_folder.exists()
