"""The servers of one folder, shared by every command that runs at the moment; the last one out stops them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.servers.postgresql import PostgreSQL
from core.servers.valkey import Valkey


class Servers:
    """Each user holds a shared lock that the kernel drops at its death, so nobody is counted who is gone."""

    def __init__(self, folder: Path, *, throw_away: bool = False) -> None:
        self.folder = folder
        self.postgresql = PostgreSQL(folder / "postgres", throw_away=throw_away)
        self.valkey = Valkey(folder / "valkey")
        self._in_use: int | None = None

    @property
    def pids(self) -> dict[str, int]:
        pids = {"postgresql": self.postgresql.pid, "valkey": self.valkey.pid}
        return {name: pid for name, pid in pids.items() if pid is not None}

    def join(self) -> None:
        """Start what does not run, and hold it until `leave`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._one_at_a_time():
            if self._in_use is None:
                self._in_use = os.open(self.folder / "servers.users", os.O_RDWR | os.O_CREAT, 0o600)
                fcntl.flock(self._in_use, fcntl.LOCK_SH)
            self.postgresql.start()
            self.valkey.start()

    def leave(self) -> bool:
        """Let go; stops both servers and returns True unless another command still uses them."""
        if self._in_use is None:
            return False
        with self._one_at_a_time():
            try:
                fcntl.flock(self._in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            else:
                self.valkey.stop()
                self.postgresql.stop()
                return True
            finally:
                os.close(self._in_use)
                self._in_use = None

    def revive(self) -> list[str]:
        """Start a held server that died; returns the names of those."""
        dead = [name for name in ("postgresql", "valkey") if name not in self.pids]
        if dead:
            self.join()
        return dead

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        lock = os.open(self.folder / "servers.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)
