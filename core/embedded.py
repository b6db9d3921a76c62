"""What a machine with nothing but Python gets: servers, secrets and settings of its own, for local use only.

As soon as the environment names a server or a secret key, nothing here does anything.
"""

from __future__ import annotations

import atexit
import os
import secrets
import signal
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from core.servers.run_file import RunFile
from core.servers.shared import Servers

ROOT = Path(__file__).resolve().parent.parent
# A configured machine sets these; with any of them set, nothing is made up.
CONFIGURED_BY = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL")
# Commands that read no data, and those that start the servers themselves.
WITHOUT_SERVERS = frozenset(
    {
        "up",
        "dev",
        "down",
        "help",
        "version",
        "check",
        "collectstatic",
        "makemessages",
        "compilemessages",
        "diffsettings",
    }
)
DEFAULT_PORT = 8000


@dataclass
class Local:
    """The embedded servers of this process; None while the environment names its own."""

    servers: Servers | None = None


local = Local()


def configure_environment(argv: list[str]) -> None:
    """Complete the environment before Django reads its settings; `argv` as given to manage.py.

    Starts the embedded servers, or joins the running ones, for every command that needs them, and
    leaves them when the command ends.
    """
    if any(name in os.environ or f"{name}_FILE" in os.environ for name in CONFIGURED_BY):
        return
    command = argv[1] if len(argv) > 1 else "help"
    folder = var_folder()
    folder.mkdir(parents=True, exist_ok=True)
    _refuse_foreign_folder(folder)
    local.servers = Servers(folder)
    os.environ.update(_settings(folder, command, argv))
    if command in WITHOUT_SERVERS or command.startswith("-") or {"-h", "--help"} & set(argv):
        return
    # Without this, a terminated command would not run what atexit holds.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    atexit.register(local.servers.leave)
    local.servers.join()


def var_folder() -> Path:
    return Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()


def kept_secret(path: Path, fresh: str) -> str:
    """The secret in a file that only its owner reads; `fresh` becomes it where there is no file yet."""
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(fresh)
    except FileExistsError:
        return path.read_text().strip()
    return fresh


def demo_password(folder: Path) -> str:
    """The one password of the sample school: from the environment, else made once and kept."""
    if given := os.environ.get("DEMO_PASSWORD"):
        return given
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    groups = ["".join(secrets.choice(letters) for _ in range(4)) for _ in range(4)]
    return kept_secret(folder / "demo_password", "-".join(groups))


def is_free(port: int) -> bool:
    """Can a server listen on this port of the loopback address now?"""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _settings(folder: Path, command: str, argv: list[str]) -> dict[str, str]:
    """Settings of the sample school; where `up` runs, the addresses that it serves on."""
    last_run = RunFile(folder).read()
    port, mail_port = last_run.port, last_run.mail_port
    if command in ("up", "dev"):
        port = _port_asked_for(argv)
        mail_port = mail_port if mail_port and is_free(mail_port) else free_port()
    servers = Servers(folder)
    return {
        "VAR_DIR": str(folder),
        "DATABASE_URL": servers.postgresql.url,
        "REDIS_URL": servers.valkey.url,
        "SECRET_KEY": kept_secret(folder / "secret_key", secrets.token_urlsafe(50)),
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "SECURE": "false",
        "DEMO": "true",
        "DEMO_PASSWORD": demo_password(folder),
        "DEBUG": "true" if command == "dev" else os.environ.get("DEBUG", "false"),
        "SITE_URL": f"http://127.0.0.1:{port or DEFAULT_PORT}",
        "MAIL_IS_CAUGHT": "true",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port or free_port()}",
    }


def _port_asked_for(argv: list[str]) -> int:
    for place, word in enumerate(argv):
        name, _, value = word.partition("=")
        if name == "--port":
            value = value or "".join(argv[place + 1 : place + 2])
            return int(value) if value.isdigit() else DEFAULT_PORT
    return DEFAULT_PORT


def _refuse_foreign_folder(folder: Path) -> None:
    if folder.stat().st_uid != os.geteuid():
        raise SystemExit(
            f"{folder} belongs to another user, who made it with an earlier start."
            " Start as that user, remove the folder, or set VAR_DIR to another one."
        )
