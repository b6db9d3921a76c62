"""Two portals with a database each: a province's collects from a school's, which is a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from api.models.collected import CollectedFigure, CollectedRow, CollectedSchool
from core.embedded import ROOT, free_port
from partnerships.models.enterprises import Enterprise
from tests.servers import wait_until
from tests.template_database import copy_on_server, remove

CODE = "4151054321"
SEED = f"""
from django.utils import timezone
from accounts.choices import Role
from accounts.models.school import School
from api.choices import Scope
from api.services.tokens import make_token
from tests.factories.accounts import person
from tests.factories.partnerships import EnterpriseFactory
School.objects.update_or_create(pk=1, defaults={{"code": "{CODE}", "name_zh": "另一所学校"}})
EnterpriseFactory.create_batch(4)
leader = person(Role.LEADER)
scopes = [Scope.FIGURES, Scope.ENTERPRISES]
print("TOKEN", make_token(leader, name="province", scopes=scopes, days=1, at=timezone.now())[1])
"""


@pytest.fixture
def school(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Its address, and a token of its leadership."""
    parts, port = connection.settings_dict, free_port()
    name = f"{parts['NAME']}_school"
    remove(parts, name)
    copy_on_server(parts, parts["TEST"]["TEMPLATE"], name)
    where = f"host={parts['HOST']}&port={parts['PORT'] or 5432}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "DATABASE_URL": f"postgresql://{parts['USER']}:{parts['PASSWORD']}@/{name}?{where}",
        "API_PER_MINUTE": "100000",
    }
    seed = [sys.executable, "manage.py", "shell", "-v0", "-c", SEED]
    said = subprocess.run(seed, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
    serve = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "config.wsgi"]
    with (tmp_path / "school.log").open("wb") as log:
        server = subprocess.Popen(serve, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait_until(lambda: answers(f"http://127.0.0.1:{port}/healthz"))
            yield f"http://127.0.0.1:{port}", said.partition("TOKEN ")[2].strip()
        finally:
            server.terminate()
            server.wait(20)
            remove(parts, name)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as response:  # noqa: S310 - on loopback
            return bool(response.status == 200)
    except OSError:  # not yet, or too slow to count
        return False


@pytest.mark.servers
@pytest.mark.django_db(transaction=True)
def test_a_province_collects_from_a_school_elsewhere(school, tmp_path):
    address, token = school
    (tmp_path / "token").write_text(token)
    path = tmp_path / "schools.toml"
    path.write_text(
        f'[[school]]\ncode = "{CODE}"\naddress = "{address}"\ntoken_file = "token"\nresources = ["enterprises"]\n'
    )

    call_command("collect", path, seconds=300)

    found = CollectedSchool.objects.get()
    assert (found.code, found.name_zh, found.problem) == (CODE, "另一所学校", "")
    assert not Enterprise.objects.exists()
    assert CollectedRow.objects.filter(resource="enterprises").count() == 4
    assert CollectedFigure.objects.get(slug="enterprises", part="").number == 4
