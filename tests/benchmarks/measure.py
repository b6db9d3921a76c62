"""The pages of the list against a bare view: same person, same middleware, same server."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from time import process_time

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.http import HttpResponse
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import clear_url_caches, include, path, set_urlconf

from accounts.access import staff_only
from accounts.http import PortalRequest
from partnerships.models.enterprises import Enterprise

TIMES = 7
LIST, MAP = "/enterprises/", "/enterprises/map/"
CELLS = "<td>{{ row.legal_name }}</td><td>{{ row.city }}</td><td>{{ row.level }}</td><td>{{ row.last_contact_at }}</td>"
TABLE = "<table>{% for row in rows %}<tr>" + CELLS + "</tr>{% endfor %}</table>"
FRAMED = "{% extends 'base.html' %}{% block content %}" + TABLE + "{% endblock %}"
# (what it is, its address, by how much it may be dearer than the bare view in the portal's frame)
CASES = [
    ("list, page 1", LIST, 2.5),
    ("list, deep page", f"{LIST}?page=399", 2.5),
    ("list, last page asked for", f"{LIST}?page=4000", 2.5),
    ("search, rare: 麒麟", f"{LIST}?find=麒麟", 3.5),
    ("search, frequent: 科技", f"{LIST}?find=科技", 3.5),
    ("search, in all: 有限", f"{LIST}?find=有限", 3.5),
    ("search, frequent, deep page", f"{LIST}?find=科技&page=200", 3.5),
    ("search, one character: 麒", f"{LIST}?find=麒", 3.5),
    ("search, nothing: 魑魅", f"{LIST}?find=魑魅", 3.5),
    ("search, two words: 成都 科技", f"{LIST}?find=成都 科技", 3.5),
    ("search, English: lantern", f"{LIST}?find=lantern", 3.5),
    ("search, initials: qlkp", f"{LIST}?find=qlkp", 3.5),
    ("search, initials: kjyx", f"{LIST}?find=kjyx", 3.5),
    ("search, person: 王伟", f"{LIST}?find=王伟", 3.5),
    ("search, phone: 138000", f"{LIST}?find=138000", 3.5),
    ("search, part of a code: 9137", f"{LIST}?find=9137", 3.5),
    ("search in a province", f"{LIST}?find=科技&province=510000", 3.5),
    *(
        (f"filter {query}", f"{LIST}?{query}", 2.5)
        for query in (
            "province=510000", "province=510000&region=510100", "industry=C", "nature=39", "level=strategic",
            "level=normal", "flag=above_size", "tag=1", "owner=none", "owner=me", "college=1", "staff=500",
            "contact=3", "contact=24", "agreement=in_force", "agreement=ending", "agreement=none", "need=open",
            "answer=none", "file=stale", "code=missing", "code=valid", "province=540000&level=strategic&need=open",
        )
    ),
    *((f"order {name}", f"{LIST}?sort={name}", 2.5) for name in ("newest", "contact", "stale", "staff", "ending")),
    ("order ending, deep page", f"{LIST}?sort=ending&page=200", 2.5),
    ("map", MAP, 2.5),
    ("map, province", f"{MAP}?province=510000", 2.5),
    ("map, search 科技", f"{MAP}?find=科技", 3.5),
]  # fmt: skip


def _floor(template: str):  # noqa: ANN202
    @staff_only
    def floor(request: PortalRequest):  # noqa: ANN202
        rows = Enterprise.objects.defer("about", "search").order_by("pk")[:25]
        return HttpResponse(engines["django"].from_string(template).render({"rows": rows}, request))

    return floor


class Urls:
    urlpatterns = [path("floor/", _floor(TABLE)), path("framed/", _floor(FRAMED)), path("", include("config.urls"))]


def person() -> Client:
    settings.ROOT_URLCONF = Urls
    clear_url_caches()
    set_urlconf(None)
    client = Client()
    client.force_login(get_user_model().objects.order_by("pk").first())
    return client


def spent() -> float:
    """Milliseconds that this process and its PostgreSQL backend have had of a processor, whatever else runs."""
    return process_time() * 1e3 + of_the_database()


def of_the_database() -> float:
    """The same of the backend alone."""
    backend = connection.connection.get_backend_pid()
    return int(Path(f"/proc/{backend}/schedstat").read_text().split()[0]) / 1e6


def cost(client: Client, address: str, *, is_part: bool = False) -> float:
    """What a page costs, the middle of several after a first one."""
    headers = {"hx-request": "true"} if is_part else {}
    took = []
    for _turn in range(TIMES + 1):
        begun = spent()
        response = client.get(address, headers=headers)
        took.append(spent() - begun)
        assert response.status_code == 200, (address, response.status_code)
    return median(took[1:])


def report() -> None:
    client = person()
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")  # helpers would not be counted
    client.get("/framed/")
    bare, framed = cost(client, "/floor/"), cost(client, "/framed/")
    print(f"{Enterprise.objects.count():,} enterprises; Django's test client in one process; milliseconds of processor")
    print(f"time, Python and PostgreSQL together, median of {TIMES}")
    print(f"floor: a bare view of 25 rows in the portal's frame, {framed:.1f}; without the frame {bare:.1f}\n")
    print(f"{'page':<44}{'ms':>8}{'ratio':>8}{'goal':>7}{'rows only':>11}")
    for name, address, goal in CASES:
        took, part = cost(client, address), cost(client, address, is_part=True)
        late = " !" if took / framed > goal else ""
        print(f"{name:<44}{took:>8.1f}{took / framed:>8.2f}{goal:>7}{part / framed:>11.2f}{late}", flush=True)


def explain(query: str) -> None:
    """What PostgreSQL does for one page."""
    client = person()
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{LIST}?{query}")
    for captured in queries.captured_queries:
        if "partnerships_enterprise" in captured["sql"] and captured["sql"].startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + captured["sql"])
                print(captured["time"], captured["sql"][:3000], *(row[0] for row in cursor.fetchall()), sep="\n")
