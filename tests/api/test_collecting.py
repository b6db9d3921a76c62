"""A province collects over HTTP from real servers: a portal of ours on another database, and servers that lie."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.choices import Role
from accounts.models.school import School
from api.choices import Scope
from api.collecting import portal as portal_module
from api.collecting.schools import BadList, Listed, read_list
from api.models.collected import CollectedFigure, CollectedRow, CollectedSchool
from api.services.collecting import collect
from api.services.tokens import make_token, revoke_token
from api.token_text import new_token
from partnerships.models.enterprises import Enterprise
from reports.figures.catalogue import FIGURES
from tests.factories.accounts import person
from tests.factories.partnerships import EnterpriseFactory, NeedFactory

CODE = "4151012345"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def school(live_server: Any, settings: Any) -> Listed:
    """A school with a portal on loopback. It collects from itself: what is collected stands in tables of their own."""
    settings.API_PER_MINUTE = 1_000_000
    School.objects.update_or_create(
        pk=1, defaults={"code": CODE, "name_zh": "四川示范学院", "name_en": "Sample College"}
    )
    _token, text = make_token(person(Role.LEADER), name="province", scopes=list(Scope), days=30, at=timezone.now())
    return Listed(CODE, live_server.url, text, ("enterprises", "needs"))


def again(school: Listed, *, lasts: float = 120) -> CollectedSchool:
    return collect(school, now=timezone.now(), lasts=lasts)


def test_figures_and_records_arrive_and_then_only_what_changed(school):
    files = [EnterpriseFactory() for _number in range(3)]
    NeedFactory(enterprise=files[0])

    found = again(school)

    assert (found.problem, found.name_zh) == ("", "四川示范学院")
    whole = {figure.slug: figure.number for figure in CollectedFigure.objects.filter(part="")}
    assert set(whole) == set(FIGURES)
    assert (whole["enterprises"], whole["needs-open"]) == (3, 1)
    rows = CollectedRow.objects.filter(resource="enterprises")
    assert sorted(rows.values_list("key", flat=True)) == sorted(file.pk for file in files)
    first = {row.key: row.taken_at for row in rows}

    Enterprise.objects.filter(pk=files[1].pk).update(city="绵阳")
    files[2].delete()
    assert again(school).problem == ""

    kept = {row.key: row for row in CollectedRow.objects.filter(resource="enterprises")}
    assert set(kept) == {files[0].pk, files[1].pk}
    assert kept[files[1].pk].payload["city"] == "绵阳"
    assert kept[files[1].pk].taken_at > first[files[1].pk]
    assert CollectedFigure.objects.get(slug="enterprises", part="").number == 2


def test_a_school_that_fails_keeps_what_it_said_before(school):
    EnterpriseFactory()
    reached = again(school).reached_at
    away = Listed(CODE, "http://127.0.0.1:9", school.token, school.resources)

    found = again(away)

    assert "It cannot be reached" in found.problem or "无法连接" in found.problem
    assert found.reached_at == reached
    assert CollectedFigure.objects.get(slug="enterprises", part="").number == 1
    assert CollectedRow.objects.count() == 1


def test_another_school_than_the_list_names_is_not_collected(school):
    EnterpriseFactory()

    found = again(Listed("9999", school.address, school.token, school.resources))

    assert CODE in found.problem
    assert not CollectedFigure.objects.exists()
    assert not CollectedRow.objects.exists()


def test_a_revoked_token_is_told(school):
    holder = person(Role.OFFICER)
    token, text = make_token(holder, name="x", scopes=[Scope.FIGURES], days=1, at=timezone.now())
    revoke_token(token, by=holder, at=timezone.now())

    assert "401" in again(Listed(CODE, school.address, text)).problem


def test_a_missing_scope_is_told(school):
    _token, text = make_token(person(Role.OFFICER), name="x", scopes=[Scope.CODES], days=1, at=timezone.now())

    assert "403" in again(Listed(CODE, school.address, text)).problem


Answer = Callable[[BaseHTTPRequestHandler], None]
ABOUT = {
    "school_code": CODE, "name_zh": "", "name_en": "", "version": "1.0.0", "scopes": [], "resources": [],
    "reader": {"number": "1", "name": "x", "name_en": ""}, "expires_at": "2027-01-01T00:00:00+08:00",
}  # fmt: skip
NO_FIGURES = {"items": []}


@pytest.fixture
def liar() -> Iterator[Callable[[dict[str, Any]], Listed]]:
    """A server that answers under each path with what it is given: an object, bytes, or a function of the request."""
    servers: list[ThreadingHTTPServer] = []

    def start(answers: dict[str, Any]) -> Listed:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.partition("?")[0].removeprefix("/api/v1/")
                said = answers.get(path, answers.get("*"))
                if callable(said):
                    said(self)
                else:
                    say(self, said)

            def log_message(self, *args: Any) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return Listed(CODE, f"http://127.0.0.1:{server.server_port}", new_token(), ("enterprises",))

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def say(request: BaseHTTPRequestHandler, said: Any, *, version: str = "1.3.0", kind: str = "application/json") -> None:
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    request.send_response(200)
    request.send_header("API-Version", version)
    request.send_header("Content-Type", kind)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)


def drip(request: BaseHTTPRequestHandler) -> None:
    """A byte now and then: no timeout of a socket ever ends it."""
    request.send_response(200)
    request.send_header("Content-Length", "1000000")
    request.end_headers()
    for _byte in range(200):
        request.wfile.write(b" ")
        request.wfile.flush()
        time.sleep(0.1)


def loop(request: BaseHTTPRequestHandler) -> None:
    here = f"http://{request.headers['Host']}/api/v1/enterprises/?cursor=x"
    say(request, {"items": [], "next": here, "as_of": "2026-11-22T00:00:00+08:00"})


def elsewhere(request: BaseHTTPRequestHandler) -> None:
    say(request, {"items": [], "next": "http://127.0.0.1:9/api/v1/enterprises/?a", "as_of": "2026-11-22T00:00:00Z"})


GOOD = {"": ABOUT, "figures/": NO_FIGURES}
LIES: dict[str, dict[str, Any]] = {
    "no JSON": {"*": b"<html>"},
    "a list": {"*": []},
    "not a number": {"*": b'{"a": NaN}'},
    "a NUL": {"": {**ABOUT, "name_zh": "a\x00b"}},
    "half a letter": {"*": b'{"a": "\\ud800"}'},
    "deep": {"*": b"[" * 100_000},
    "another version": {"*": lambda request: say(request, ABOUT, version="2.0.0")},
    "no version": {"*": lambda request: say(request, ABOUT, version="")},
    "a web page": {"*": lambda request: say(request, ABOUT, kind="text/html")},
    "too much": {"*": b" " * (21 * 1024 * 1024)},
    "another shape": {"": {"school_code": CODE}},
    "drips": {"*": drip},
    "loops": {**GOOD, "enterprises/": loop},
    "leads elsewhere": {**GOOD, "enterprises/": elsewhere},
    "wrong records": {**GOOD, "enterprises/": {"items": [{"id": 1}], "next": None, "as_of": "2026-11-22T00:00:00Z"}},
    "no moment": {**GOOD, "enterprises/": {"items": [], "next": None, "as_of": "noon"}},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_portal_that_lies_harms_nothing(lie, liar, monkeypatch):
    monkeypatch.setattr(portal_module, "READ", 2.0)
    EnterpriseFactory()

    found = again(liar(LIES[lie]), lasts=3)

    assert found.problem
    assert found.reached_at is None
    assert not CollectedFigure.objects.exists()
    assert not CollectedRow.objects.exists()


def test_what_is_asked_to_wait_waits(liar):
    asked: list[float] = []

    def busy(request: BaseHTTPRequestHandler) -> None:
        asked.append(time.monotonic())
        if len(asked) > 1:
            say(request, ABOUT)
            return
        request.send_response(429)
        request.send_header("Retry-After", "1")
        request.send_header("Content-Length", "0")
        request.end_headers()

    empty = {"items": [], "next": None, "as_of": "2026-11-22T00:00:00Z"}
    found = again(liar({"": busy, "figures/": NO_FIGURES, "enterprises/": empty}))

    assert found.problem == ""
    assert asked[1] - asked[0] >= 1


def write_list(folder: Path, **entry: str) -> Path:
    lines = [f'{name} = "{value}"' for name, value in entry.items()]
    path = folder / "schools.toml"
    path.write_text("[[school]]\n" + "\n".join(lines) + "\n")
    return path


def test_the_command_goes_on_after_a_school_that_fails(school, tmp_path, capsys):
    (tmp_path / "token").write_text(school.token)
    path = tmp_path / "schools.toml"
    path.write_text(
        f'[[school]]\ncode = "1"\naddress = "http://127.0.0.1:9"\ntoken_file = "token"\n'
        f'[[school]]\ncode = "{CODE}"\naddress = "{school.address}"\ntoken_file = "token"\nresources = ["needs"]\n'
    )

    with pytest.raises(CommandError, match="1 of 2 schools failed: 1"):
        call_command("collect", path)

    states = dict(CollectedSchool.objects.values_list("code", "problem"))
    assert states["1"]
    assert states[CODE] == ""
    assert school.token not in capsys.readouterr().out


@pytest.mark.parametrize(
    "entry",
    [
        {"code": "1", "address": "http://portal.school.example", "token_file": "token"},
        {"code": "", "address": "https://portal.school.example", "token_file": "token"},
        {"code": "1", "address": "https://portal.school.example", "token_file": "nowhere"},
        {"code": "1", "address": "https://portal.school.example"},
        {"code": "1", "address": "https://portal.school.example", "token_file": "token", "resources": "all"},
    ],
)
def test_a_list_that_makes_no_sense_is_refused(entry, tmp_path):
    (tmp_path / "token").write_text(new_token())

    with pytest.raises(BadList):
        read_list(write_list(tmp_path, **entry))


def test_the_page_adds_only_what_means_the_same(client, admin, officer):
    for number, digest in ((3, "a"), (4, "a")):
        add_figure(f"1{number}", "enterprises", number, digest)
    add_figure("13", "visits", 5, "a")
    add_figure("14", "visits", 6, "b")
    client.force_login(officer)
    assert client.get("/collected/").status_code == 404
    client.force_login(admin)

    page = client.get("/collected/")

    sums = {line.slug: line.sum and line.sum.number for line in page.context["lines"]}
    assert sums == {"enterprises": 7, "visits": None}
    assert client.get("/collected/visits/").context["line"].definitions == 2
    assert client.get("/collected/nothing/").status_code == 404


def add_figure(code: str, slug: str, number: int, digest: str) -> None:
    owner, _is_new = CollectedSchool.objects.get_or_create(code=code, address="https://portal.school.example")
    words = {"zh": slug, "en": slug}
    CollectedFigure.objects.create(
        school=owner,
        slug=slug,
        number=number,
        definition_hash=digest,
        payload={"definition": {"name": words, "definition": words}, "value": {}},
        taken_at=timezone.now(),
    )
