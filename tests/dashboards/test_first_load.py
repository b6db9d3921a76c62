"""What a student's phone loads over a slow line the first time: counted as the server sends it."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.urls import reverse

from core.styles import JOINED, STYLES
from tests.factories.accounts import student
from tests.factories.placements import ApplicationFactory, PostingFactory

pytestmark = pytest.mark.django_db
FILES = re.compile(r'<(?:link rel="stylesheet"|script)[^>]* (?:href|src)="/static/([^"]+)"')
# HTML, styles and scripts as they travel, and how many files they are.
MOST_BYTES, MOST_FILES = 72_000, 15
ROWS = 25


@pytest.fixture
def collected(settings, tmp_path):
    """The static files as they are served: joined, named by their content, compressed."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "core.styles.PortalFiles"}}
    call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=["admin", "debug_toolbar", "rest_*"])
    return tmp_path


def weight(path):
    """The smallest form in which a file is kept."""
    return min(each.stat().st_size for each in path.parent.glob(f"{path.name}*"))


def test_the_first_page_of_a_student_is_light(client, collected):
    one = student()
    for _row in range(ROWS):
        ApplicationFactory(student=one)
        PostingFactory(description="岗位职责与任职要求。" * 200)
    client.force_login(one)

    for address in (reverse("home"), reverse("placements:posting_list")):
        answer = client.get(address, headers={"Accept-Encoding": "gzip"})
        text = client.get(address).content.decode()
        files = [collected / name for name in FILES.findall(text)]
        sent = len(answer.content) + sum(weight(file) for file in files)

        assert answer["Content-Encoding"] == "gzip"
        assert [file.name.split(".")[0] for file in files if file.suffix == ".css"] == ["portal", "print"]
        assert len(files) <= MOST_FILES, address
        assert 40_000 < sent <= MOST_BYTES, address

    in_order = "\n".join(Path(finders.find(name)).read_text() for name in STYLES)
    assert (collected / JOINED).read_text() == in_order


def test_whoever_works_on_the_styles_gets_each_file(client):
    text = client.get(reverse("placements:posting_list")).content.decode()

    assert tuple(name for name in FILES.findall(text) if name.endswith(".css")) == (*STYLES, "css/print.css")
