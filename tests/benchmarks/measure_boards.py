"""Dashboards and figure pages against the bare view: as they open, and what counting them anew takes."""

from __future__ import annotations

from django.conf import settings

from dashboards.catalogue import BOARDS
from placements.models.applications import Application
from tests.benchmarks.measure import cost, person, spent
from visits.models.visits import Visit

# Dashboards open by the design's budget, for they are counted beforehand. The page of a figure counts its rows, half a
# million at most, as it is asked; that is what it may cost.
OPENS, FIGURE, COUNTS = 4.0, 20.0, 10_000
FIGURES = (
    "visits", "visits/?by=college", "person-times", "enterprises-visited/?by=province", "openings", "enterprises",
    "agreements-in-force", "agreements-in-force/?by=industry", "postings-open", "applications/?by=college",
    "acceptances", "students-applied", "visits-not-checked",
)  # fmt: skip


def report() -> list[str]:
    """Prints a line for each; what is later than it may be."""
    client = person()
    client.get("/framed/")
    framed, late = cost(client, "/framed/"), []
    print(
        f"\n{Visit.objects.count():,} visits, {Application.objects.count():,} applications; ratio to the floor as above"
    )
    print(f"{'dashboard':<44}{'opens':>8}{'goal':>7}{'counted anew, ms':>18}")
    for slug in BOARDS:
        settings.BOARDS_WORN = 0
        begun = spent()
        assert client.get(f"/dashboards/{slug}/").status_code == 200
        anew = spent() - begun
        settings.BOARDS_WORN = 10**6
        ratio = cost(client, f"/dashboards/{slug}/") / framed
        print(f"{slug:<44}{ratio:>8.2f}{OPENS:>7}{anew:>18.0f}", flush=True)
        late += [f"dashboard {slug}: opens at {ratio:.2f}, may be {OPENS}"] if ratio > OPENS else []
        late += [f"dashboard {slug}: counted in {anew:.0f} ms, may be {COUNTS}"] if anew > COUNTS else []
    for figure in FIGURES:
        slug, _mark, query = figure.partition("/")
        ratio = cost(client, f"/dashboard/{slug}/{query}") / framed
        print(f"{'figure ' + figure:<44}{ratio:>8.2f}{FIGURE:>7}", flush=True)
        late += [f"figure {figure}: opens at {ratio:.2f}, may be {FIGURE}"] if ratio > FIGURE else []
    return late
