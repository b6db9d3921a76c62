"""Stops a running `up` or `dev` of this checkout."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.embedded import var_folder
from core.servers.run_file import RunFile
from core.starting import is_running

PATIENCE = 60.0


class Command(BaseCommand):
    help = "Stops a running `up` or `dev` of this checkout and waits for its end."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        folder = var_folder()
        if not is_running(folder):
            self.stdout.write("Nothing runs here.")
            return
        pid = RunFile(folder).read().pid
        os.kill(pid, signal.SIGTERM)
        last = time.monotonic() + PATIENCE
        while is_running(folder):
            if time.monotonic() > last:
                raise CommandError(f"Process {pid} did not end within {PATIENCE:.0f} seconds.")
            time.sleep(0.2)
        self.stdout.write("Stopped.")
