"""Load the questions that surveys usually ask; running it again adds what is missing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from surveys.services.items import load_items


class Command(BaseCommand):
    help = "Load the usual questions of each kind of survey."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_items()} questions added.")
