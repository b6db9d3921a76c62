"""Keeps a few processes running: starts them, starts again what died, ends all of them with their children."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from core.servers.processes import same_process

PATIENCE = 15.0  # seconds for an orderly end
LONGEST_PAUSE = 60.0
SETTLED = 60.0  # seconds after which a process counts as running well again
LOG_LIMIT = 5 * 1024 * 1024


@dataclass
class Child:
    """A process in a group of its own, so that its children can be ended with it."""

    name: str
    command: list[str]
    log: Path | None = None
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 1.0
    start_again_at: float | None = None

    def start(self) -> None:
        output = None
        if self.log is not None:
            self.log.parent.mkdir(parents=True, exist_ok=True)
            if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
                self.log.replace(self.log.with_suffix(".1.log"))
            output = self.log.open("ab")
        self.process = subprocess.Popen(  # noqa: S603
            self.command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
        if output is not None:
            output.close()
        self.started = time.monotonic()
        self.start_again_at = None

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None


@dataclass
class Supervisor:
    say: Callable[[str], None]
    children: list[Child] = field(default_factory=list)

    def start(self, child: Child) -> None:
        self.children.append(child)
        child.start()

    def processes(self) -> dict[str, tuple[int, float]]:
        """Number and age of each running child by name."""
        found = {}
        for child in self.children:
            if child.process is not None and child.is_running:
                with contextlib.suppress(psutil.NoSuchProcess):
                    found[child.name] = (child.process.pid, psutil.Process(child.process.pid).create_time())
        return found

    def look_after(self) -> bool:
        """Start again what died, each time after a longer pause; True when anything changed."""
        changed = False
        now = time.monotonic()
        for child in self.children:
            if child.is_running:
                continue
            if child.start_again_at is None:
                child.pause = 1.0 if now - child.started > SETTLED else min(child.pause * 2, LONGEST_PAUSE)
                child.start_again_at = now + child.pause
                code = child.process.returncode if child.process else None
                where = f"; see {child.log}" if child.log else ""
                self.say(f"{child.name} ended (exit code {code}) and starts again in {child.pause:.0f} s{where}.")
                _end_group(child)
            elif now >= child.start_again_at:
                child.start()
                changed = True
        return changed

    def stop(self) -> None:
        """Ask every child to end, wait, then end whatever is left of their groups."""
        for child in self.children:
            if child.process is not None and child.is_running:
                child.process.terminate()
        last = time.monotonic() + PATIENCE
        for child in self.children:
            if child.process is not None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.process.wait(max(0.1, last - time.monotonic()))
                _end_group(child)
                child.process.wait()


def end_left_over(processes: dict[str, tuple[int, float]]) -> list[str]:
    """End children of an earlier `up` that was killed; returns their names."""
    ended = []
    for name, (pid, created) in processes.items():
        if same_process(pid, created) is not None:
            ended.append(name)
            _end_group_of(pid)
    return ended


def _end_group(child: Child) -> None:
    if child.process is not None:
        _end_group_of(child.process.pid)


def _end_group_of(leader: int) -> None:
    """End all processes of a group: first asked, after three seconds forced."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(leader, sign)
        except (ProcessLookupError, PermissionError):
            return
        last = time.monotonic() + 3
        while _members(leader) and time.monotonic() < last:
            time.sleep(0.05)
        if not _members(leader):
            return


def _members(group: int) -> list[int]:
    members = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, ProcessLookupError):
            if os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE:
                members.append(process.pid)
    return members
