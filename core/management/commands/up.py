"""The whole portal on this machine, as in production, in demo mode."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.embedded import DEFAULT_PORT
from core.starting import Portal


class Command(BaseCommand):
    help = "Starts servers, web, worker and beat with the sample school; stays until Ctrl-C, which stops all of it."
    requires_system_checks: list[str] = []
    reload = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=DEFAULT_PORT)
        parser.add_argument("--no-seed", action="store_true", help="leave the database as it is")

    def handle(self, *args: Any, **options: Any) -> None:
        Portal(options["port"], seed=not options["no_seed"], reload=self.reload, say=self._say).run()

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
