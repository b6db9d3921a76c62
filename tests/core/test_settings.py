"""Production starts with everything it needs, or says what is missing."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from config import environment as env
from core import embedded
from core.embedded import ROOT
from tools.check import PRODUCTION

NEEDED = ["SECRET_KEY", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "EMAIL_URL"]


def start(**changes: str | None) -> subprocess.CompletedProcess[str]:
    """What gunicorn would load, in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in PRODUCTION}
    wanted = {name: value for name, value in {**PRODUCTION, **changes}.items() if value is not None}
    command = [sys.executable, "-c", "from config import settings; print(settings.DEBUG, settings.SECURE)"]
    return subprocess.run(command, cwd=ROOT, env={**kept, **wanted}, capture_output=True, text=True)


def test_production_starts_with_all_that_is_needed_and_debug_is_off_unless_asked_for():
    assert start(DEBUG=None, SECURE=None).stdout == "False True\n"


@pytest.mark.parametrize("value", [None, ""])
@pytest.mark.parametrize("name", NEEDED)
def test_production_refuses_to_start_without(name, value):
    refused = start(**{name: value})

    assert refused.returncode == 1
    assert f"ImproperlyConfigured: {name} is not set" in refused.stderr


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("DEBUG", "yes", "DEBUG must be 'true' or 'false', not 'yes'."),
        ("SECRET_KEY", "short", "SECRET_KEY must have at least 40 characters."),
        ("DATABASE_URL", "mysql://localhost/portal", "DATABASE_URL must begin with postgresql://."),
        ("EMAIL_URL", "localhost:25", "EMAIL_URL must begin with smtp://, smtp+tls:// or smtps://."),
        ("UPLOAD_LIMIT", "20M", "UPLOAD_LIMIT must be a whole number, not '20M'."),
        ("NEWLY_OPENED", "visit,lunch", "NEWLY_OPENED may hold visit, agreement, posting, hire, not 'lunch'."),
        ("NEWLY_OPENED", " , ", "NEWLY_OPENED must hold one or more of visit, agreement, posting, hire."),
    ],
)
def test_a_malformed_setting_stops_the_start(name, value, reason):
    refused = start(**{name: value})

    assert refused.returncode == 1
    assert f"ImproperlyConfigured: {reason}" in refused.stderr


def test_a_secret_can_stand_in_a_file(tmp_path, monkeypatch):
    (tmp_path / "key").write_text("from a file\n")
    monkeypatch.setenv("SOME_KEY_FILE", str(tmp_path / "key"))

    assert env.text("SOME_KEY") == "from a file"


def test_a_database_address_with_a_socket_and_an_encoded_password():
    found = env.database("postgresql://portal:p%40ss@/name?host=/run/pg&sslmode=require")

    assert found == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "name",
        "USER": "portal",
        "PASSWORD": "p@ss",
        "HOST": "/run/pg",
        "PORT": "",
        "OPTIONS": {"connect_timeout": "5", "sslmode": "require"},
    }


@pytest.mark.parametrize("name", NEEDED)
def test_nothing_is_made_up_once_the_environment_names_anything(name, monkeypatch, tmp_path):
    for other in NEEDED:
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv(name, "given")
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    before = dict(os.environ)

    embedded.configure_environment(["manage.py", "migrate"])

    assert dict(os.environ) == before
    assert not (tmp_path / "var").exists()


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    assert embedded.kept_secret(tmp_path / "key", "first") == "first"
    assert embedded.kept_secret(tmp_path / "key", "second") == "first"
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_every_setting_is_explained():
    modules = "".join((ROOT / "config" / f"{name}.py").read_text() for name in ("settings", "office"))
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', modules))
    explained = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "operations.md").read_text(), re.MULTILINE)

    assert sorted(explained) == sorted({*read, "DEMO_PASSWORD"})
