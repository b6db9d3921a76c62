"""Is a process that was noted earlier still there? Numbers are used again, and the dead may wait to be buried."""

from __future__ import annotations

from pathlib import Path

import psutil


def living(pid_file: Path, name: str) -> int | None:
    """The number in the first line of a file, if a process whose name begins like this lives under it."""
    try:
        pid = int(pid_file.read_text().split("\n", 1)[0])
        process = psutil.Process(pid)
        is_it = process.name().startswith(name) and process.status() != psutil.STATUS_ZOMBIE
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        return None
    return pid if is_it else None


def same_process(pid: int, created: float) -> psutil.Process | None:
    """The process of this number if it is still the one that began at that time."""
    try:
        process = psutil.Process(pid)
        return process if abs(process.create_time() - created) < 1 else None
    except psutil.NoSuchProcess:
        return None
