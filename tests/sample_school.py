"""The sample school for the tests that look at it: built once on a server, and each reader gets a copy.

Building it takes a minute, a copy a second. It is told relative to today, so that one of yesterday is never used.
"""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.models.people import User
from core.embedded import ROOT
from demo.school.world import World
from tests.template_database import copy_on_server, is_there, manage, remove, rename

PASSWORD = "one-password-for-all"
STAFF = ("officer", "leader")


@pytest.fixture
def sample_school(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """For one test that may change it; it asks for `transactional_db` or `live_server` too."""
    with django_db_blocker.unblock(), copied_school() as world:
        yield world


@contextmanager
def copied_school() -> Iterator[World]:
    """Whatever asks the database meanwhile, the live server too, asks the copy; at the end it is removed."""
    database = connection.settings_dict
    own = database["NAME"]
    built, files = _built()
    copy = f"{own}_sample"
    remove(database, copy)
    copy_on_server(database, built, copy)
    _connect_to(copy)
    try:
        with override_settings(MEDIA_ROOT=files):
            yield _world()
    finally:
        _connect_to(own)
        remove(database, copy)


def _built() -> tuple[str, Path]:
    """The name of today's sample school on this server, built if it is not there, and the folder of its files."""
    database = connection.settings_dict
    name = f"portal_sample_{timezone.localdate():%Y%m%d}_{_state_of_code()}"
    files = settings.VAR_DIR / name
    with (settings.VAR_DIR / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (files.exists() and is_there(database, name)):
            draft = f"{name}_draft"
            remove(database, draft)
            remove(database, name)
            copy_on_server(database, database["TEST"]["TEMPLATE"], draft)
            files.mkdir(exist_ok=True)
            manage("createcachetable", database=database, name=draft)
            manage("seed_demo", database=database, name=draft, MEDIA_ROOT=str(files), DEMO_PASSWORD=PASSWORD)
            rename(database, draft, name)
    return name, files


def _state_of_code() -> str:
    """Of all that may have a say in what is built."""
    digest = hashlib.sha256()
    for app in sorted(path.parent for path in ROOT.glob("*/apps.py")):
        for path in sorted(app.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _connect_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()


def _world() -> World:
    """The day and the people; what else is there is read from the database."""
    staff = {name: User.objects.get(email=f"{name}@school.example") for name in STAFF}
    return World(now=timezone.now(), random=Random(0), staff=staff)  # noqa: S311 - nothing secret
