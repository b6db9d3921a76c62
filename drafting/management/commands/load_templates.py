"""Load the standard texts of agreements; running it again adds what is missing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from drafting.services.templates import load_templates


class Command(BaseCommand):
    help = "Load the templates of agreements; run it after load_codes."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_templates()} templates added.")
