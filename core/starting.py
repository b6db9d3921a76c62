"""`up` and `dev`: the whole portal on one machine, from the database to the web server."""

from __future__ import annotations

import fcntl
import hashlib
import http.client
import io
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from core.embedded import ROOT, is_free, local, var_folder
from core.servers.run_file import Run, RunFile
from core.supervision import Child, Supervisor, end_left_over
from core.tasks import SIGNS

ACCOUNTS = (
    ("Employment office", "officer@school.example"),
    ("College staff", "college@school.example"),
    ("Leadership", "leader@school.example"),
    ("Student", "student@school.example"),
    ("Enterprise", "contact@school.example"),
    ("Administrator", "admin@school.example"),
)
READY_WITHIN = 90.0


class AskedToStop(BaseException):
    """Ctrl-C, or a signal to end."""


@dataclass
class Portal:
    """One run of the portal on this machine."""

    port: int
    seed: bool
    reload: bool
    say: Callable[[str], None]

    def run(self) -> None:
        """Start everything, stay until asked to stop, end everything that was started."""
        with _only_one(var_folder()), _stoppable():
            supervisor = Supervisor(self.say)
            try:
                self._prepare()
                self._start(supervisor)
                self._stay(supervisor)
            except AskedToStop:
                self.say("Stopping …")
            finally:
                for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                    signal.signal(number, signal.SIG_IGN)
                supervisor.stop()
                connection.close()
                if local.servers is not None and not local.servers.leave():
                    self.say("The servers stay until the last command that uses them ends.")
            self.say("Stopped.")

    def _prepare(self) -> None:
        left_over = end_left_over(RunFile(var_folder()).read().processes)
        if left_over:
            self.say(f"Ended what an interrupted run had left behind: {', '.join(left_over)}.")
        if not is_free(self.port):
            raise CommandError(f"Port {self.port} is in use. Choose another one: make run PORT={self.port + 1}")
        if local.servers is not None:
            first = " The first start makes the tables, which takes a minute or two."
            is_first = not (var_folder() / "postgres" / "PG_VERSION").exists()
            self.say(f"Starting PostgreSQL and Valkey in {var_folder()} …{first if is_first else ''}")
            local.servers.join()
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        cache.delete_many(SIGNS)
        call_command("load_codes", stdout=io.StringIO())
        call_command("load_survey_items", stdout=io.StringIO())
        if not self.reload:
            collect_static()
        if self.seed and not get_user_model().objects.exists():
            self.say("Filling the sample school; this takes a while, once …")
            with transaction.atomic():  # interrupted, it leaves nothing behind
                call_command("seed_demo")
        connection.close()

    def _start(self, supervisor: Supervisor) -> None:
        for child in self._children():
            supervisor.start(child)
        self._note(supervisor)
        last = time.monotonic() + READY_WITHIN
        while (state := _readiness(self.port)) != "ok":
            if time.monotonic() > last:
                self.say(f"Not everything is ready yet: {state}. Logs: {var_folder() / 'log'}")
                break
            if supervisor.look_after():
                self._note(supervisor)
            time.sleep(0.3)
        self._greet()

    def _stay(self, supervisor: Supervisor) -> None:
        while True:
            time.sleep(0.5)
            revived = local.servers.revive() if local.servers is not None else []
            for name in revived:
                self.say(f"{name} had ended and was started again.")
            if supervisor.look_after() or revived:
                self._note(supervisor)

    def _children(self) -> Iterator[Child]:
        python, log = sys.executable, var_folder() / "log"
        celery = [python, "-m", "celery", "-A", "config"]
        level = "--loglevel=info"
        schedule = f"--schedule={var_folder() / 'beat-schedule'}"
        if local.servers is not None:
            mail = ["--port", str(settings.EMAIL_PORT), "--folder", str(var_folder() / "mail")]
            yield Child("mail catcher", [python, "-m", "core.mail_catcher", *mail], log / "mail.log")
        yield Child("web", self._web(python), None if self.reload else log / "web.log")
        worker = [*celery, "worker", level, "--concurrency=2", f"--hostname=portal-{self.port}@%h"]
        yield Child("worker", worker, None if self.reload else log / "worker.log")
        beat = [*celery, "beat", level, schedule, f"--pidfile={var_folder() / 'beat.pid'}"]
        yield Child("beat", beat, None if self.reload else log / "beat.log")

    def _web(self, python: str) -> list[str]:
        address = f"127.0.0.1:{self.port}"
        if self.reload:
            return [python, str(ROOT / "manage.py"), "runserver", address]
        size = ["--worker-class=gthread", "--workers=2", "--threads=4", "--timeout=60"]
        return [python, "-m", "gunicorn", *size, "--no-control-socket", f"--bind={address}", "config.wsgi"]

    def _note(self, supervisor: Supervisor) -> None:
        servers = local.servers.pids if local.servers is not None else {}
        mail_port = settings.EMAIL_PORT if local.servers is not None else 0
        RunFile(var_folder()).write(
            Run(
                pid=os.getpid(),
                port=self.port,
                mail_port=mail_port,
                processes=supervisor.processes(),
                servers=servers,
            )
        )

    def _greet(self) -> None:
        address = settings.SITE_URL if local.servers is not None else f"port {self.port}"
        self.say("")
        self.say(f"The portal serves on {address} (Ctrl-C stops it).")
        self.say("")
        password = os.environ.get("DEMO_PASSWORD")
        if settings.DEMO and password and get_user_model().objects.exists():
            for role, account in ACCOUNTS:
                self.say(f"  {role:<18} {address}/  {account:<24} {password}")
            self.say("")
        connection.close()
        if local.servers is not None:
            self.say(f"Mails it sends: {var_folder() / 'mail'}. Logs: {var_folder() / 'log'}.")


def collect_static() -> None:
    """`collectstatic`, unless no file has changed since the last time: compressing takes seconds."""
    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            about = os.stat(storage.path(name))
            digest.update(f"{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    stamp = settings.VAR_DIR / "static.stamp"
    if stamp.exists() and stamp.read_text() == digest.hexdigest() and Path(settings.STATIC_ROOT).exists():
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(digest.hexdigest())


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    lock = os.open(folder / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        running = RunFile(folder).read()
        raise CommandError(
            f"The portal runs already on port {running.port} (process {running.pid}); `make down` stops it."
        ) from None
    try:
        yield
    finally:
        os.close(lock)


def is_running(folder: Path) -> bool:
    """Does an `up` of this folder hold its lock?"""
    try:
        with _only_one(folder):
            return False
    except CommandError:
        return True


@contextmanager
def _stoppable() -> Iterator[None]:
    """Ctrl-C, SIGTERM and a closed terminal all end the run in order."""

    def stop(number: int, frame: object) -> None:
        raise AskedToStop

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    yield


def _readiness(port: int) -> str:
    """`ok`, or the answer of /readyz, or why there is none."""
    request = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        request.request("GET", "/readyz", headers={"Host": "127.0.0.1"})
        answer = request.getresponse()
        text = answer.read().decode(errors="replace")
        if answer.status == 503:
            return text
        return "ok" if answer.status == 200 else f"the web server answers {answer.status}"
    except OSError as error:
        return f"the web server does not answer ({error})"
    finally:
        request.close()
