"""Load the official code lists; running it again adds what is missing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from partnerships.services.codes import load_codes


class Command(BaseCommand):
    help = "Load provinces, natures of unit, industries, kinds of agreement and public holidays."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_codes()} entries added.")
