"""The servers of a test run: those that the environment names, else throw-away ones from the wheels.

Loaded with `-p tests.cluster` so that they stand before Django reads its settings. The process that
pytest was called as starts and stops them; the workers of xdist inherit their addresses.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from core.servers.shared import Servers
from core.translations import compile_catalogues

PREFIX = f"portal-tests-{os.getuid()}-"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(args: list[str]) -> Iterator[None]:
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        os.environ["REDIS_URL"] = broker_of(worker)
    elif not {"--help", "-h", "--version", "-V"} & set(args):
        compile_catalogues()
        if not os.environ.get("DATABASE_URL"):
            _start()
    return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Everything under tests/browser needs a browser; BROWSER=no leaves those tests out, and says so."""
    for item in items:
        if item.nodeid.startswith("tests/browser/"):
            item.add_marker(pytest.mark.browser)
    if os.environ.get("BROWSER") == "no":
        left_out = [item for item in items if item.get_closest_marker("browser")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("browser")]


def broker_of(worker: str) -> str:
    """Each worker of xdist has a numbered database of the broker to itself."""
    number = 1 + int(worker.removeprefix("gw")) % 15
    url = os.environ["REDIS_URL"]
    if url.startswith("redis+socket://"):
        return f"{url.partition('?')[0]}?virtual_host={number}"
    return urlunsplit(urlsplit(url)._replace(path=f"/{number}"))


def _start() -> None:
    _remove_left_over()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    held = os.open(folder / "held", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(held, fcntl.LOCK_EX)
    servers = Servers(folder, throw_away=True)

    def stop() -> None:
        servers.leave()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    servers.join()
    os.environ["DATABASE_URL"] = servers.postgresql.url
    os.environ["REDIS_URL"] = servers.valkey.url
    os.environ["VAR_DIR"] = str(folder)


def _remove_left_over() -> None:
    """What a run that was killed has left: nobody holds its folder any more."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            held = os.open(folder / "held", os.O_RDWR)
        except OSError:
            continue
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        else:
            servers = Servers(folder, throw_away=True)
            servers.valkey.stop()
            servers.postgresql.stop()
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(held)
