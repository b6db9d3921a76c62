"""manage.py seed_demo [--story NAME]: the sample school, or a small school of one story."""

from __future__ import annotations

import os
import secrets
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models.school import School
from demo import stories
from demo.school.build import build


class Command(BaseCommand):
    help = "Build the sample school, or a small school of one story, in an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--story", choices=sorted(stories.LOADERS), help="only the facts of this story")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The sample school is built in demo mode only: set DEMO=true.")
        school = School.objects.first()
        if school is not None:
            raise CommandError(f"This database has a school already: {school}. Use an empty database.")
        given = os.environ.get("DEMO_PASSWORD", "")
        password = given or secrets.token_urlsafe(9)
        began = time.monotonic()
        if options["story"]:
            stories.tell(options["story"], password=password, now=timezone.now())
        else:
            build(password=password, now=timezone.now())
        self.stdout.write(f"Built in {time.monotonic() - began:.0f} s.")
        if not given:
            self.stdout.write(f"Password of the sample accounts: {password}")
