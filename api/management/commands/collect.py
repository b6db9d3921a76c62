"""manage.py collect LIST: fetch figures and records from the schools of a list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from api.collecting.schools import BadList, read_list
from api.services.collecting import collect


class Command(BaseCommand):
    help = "Collect figures and records from the portals of schools; see docs/api.md for the list."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("list", type=Path, help="TOML file with a [[school]] for each")
        parser.add_argument("--seconds", type=float, default=900.0, help="how long one school may take")
        parser.add_argument("--only", default="", help="code of one school of the list")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            listed = [school for school in read_list(options["list"]) if options["only"] in ("", school.code)]
        except BadList as error:
            raise CommandError(str(error)) from None
        failed = []
        for school in listed:
            found = collect(school, now=timezone.now(), lasts=options["seconds"])
            self.stdout.write(f"{found.code}: {found.problem or 'collected'}")
            failed += [found.code] if found.problem else []
        if failed:
            raise CommandError(f"{len(failed)} of {len(listed)} schools failed: {', '.join(failed)}")
