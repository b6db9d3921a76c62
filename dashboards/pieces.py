"""What several dashboards are made of: doors of figures, bars of a split, months, provinces, targets, doubts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.formats import date_format

from dashboards.board import Content, door, part, told
from dashboards.charts import columns
from partnerships.selectors.provinces import province_tiles
from reports.figures.catalogue import FIGURES
from reports.figures.scope import Scope
from reports.figures.splits import NOT_STATED
from reports.selectors.doors import href
from reports.selectors.progress import Progress, progress_of, targets_of
from reports.selectors.splitting import split_table
from reports.selectors.tiles import Tile
from visits.selectors.pace import pace

MONTHS = 12
ENDING = 5


def doors(slugs: Iterable[str], scope: Scope) -> list[Content]:
    """A figure each, without what does not narrow it."""
    return [door(FIGURES[slug], FIGURES[slug].fitting(scope)) for slug in slugs]


def tile_door(tile: Tile) -> Content:
    """A figure that is counted already, with what it is to reach."""
    return {**told(tile.figure, tile.value, tile.href), "target": tile.target, "reached": tile.reached}


def bars(slug: str, scope: Scope, split: str, *, most: int | None = None) -> Content:
    """A figure split, each part with its rows; the largest ones where there are many parts of a place or industry."""
    figure = FIGURES[slug]
    fits = figure.fitting(scope)
    table = split_table(figure, fits, figure.splits[split])
    lines = table.lines
    if most is not None and len(lines) > most:
        kept = {id(line) for line in sorted(lines, key=lambda line: -line.value.rows)[:most]}
        lines = [line for line in lines if id(line) in kept]
    return {
        "figure": str(figure.name),
        "split": str(table.split.name),
        "all": f"{href(slug, fits)}{'&' if '?' in href(slug, fits) else '?'}by={split}",
        "most": max((line.value.rows for line in lines), default=0),
        "is_cut": len(lines) < len(table.lines),
        "has_shares": table.has_shares,
        "of_what": str(figure.among_name),
        "lines": [
            part(line.label, line.value.rows, line.href, of=line.value.denominator, percent=line.value.percent)
            for line in lines
        ],
    }


def months(slug: str, scope: Scope) -> Content:
    """The last twelve months of a figure, those without any too, as columns."""
    figure = FIGURES[slug]
    fits = figure.fitting(scope)
    split = figure.splits["month"]
    found = figure.parts(replace(fits, since=_months_back(scope.on)), "month")
    rows = [
        part(
            date_format(first, "YEAR_MONTH_FORMAT"),
            found[first].rows if first in found else 0,
            href(slug, split.part_of(fits, first)),
            short=date_format(first, "n" if first.month > 1 else "Y"),
        )
        for first in _last_months(scope.on)
    ]
    return {"figure": str(figure.name), "lines": rows, "chart": columns(rows)}


def _months_back(on: date) -> date:
    return _last_months(on)[0]


def _last_months(on: date) -> list[date]:
    """The first days of the last twelve months, this one included, oldest first."""
    last = on.year * 12 + on.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(last - MONTHS + 1, last + 1)]


def provinces(slug: str, scope: Scope) -> Content:
    """A figure on the map of tiles; a province opens its cities."""
    figure = FIGURES[slug]
    fits = figure.fitting(scope)
    found = figure.parts(fits, "province")
    counts = {f"{code}0000": value.rows for code, value in found.items() if code}
    tiles = province_tiles(counts, lambda code: f"{href(slug, replace(fits, province=code[:2]))}&by=city#split")
    nowhere = found.get(None)
    return {
        "figure": str(figure.name),
        "tiles": [
            {"code": tile.code, "label": tile.label, "number": tile.number, "href": tile.href, "level": tile.level}
            for tile in tiles
        ],
        "nowhere": nowhere.rows if nowhere else 0,
        "nowhere_label": str(NOT_STATED),
        "nowhere_href": href(slug, figure.splits["province"].part_of(fits, None)),
    }


def ending(scope: Scope) -> list[Content]:
    """Agreements near their end, the soonest first."""
    figure = FIGURES["agreements-expiring"]
    rows = figure.page_rows(figure.fitting(scope))[:ENDING]
    return [
        {
            "label": str(row),
            "enterprise": str(row.enterprise),
            "ends_on": date_format(row.ends_on, "DATE_FORMAT") if row.ends_on else "",
            "href": figure.href(row),
        }
        for row in rows
    ]


def campaign_targets(scope: Scope) -> list[Content]:
    """Each target of the campaign with its pace; none for the whole school."""
    campaign = scope.campaign
    lines = [progress_of(target, scope) for target in targets_of(campaign)]
    days = {"first": campaign.starts_on, "until": campaign.ends_on, "today": scope.on} if campaign else {}
    return [_target(line, days) for line in lines]


def _target(line: Progress, days: dict[str, Any]) -> Content:
    reached, wanted = line.value.number, line.target.number
    course = pace(wanted, reached, **days)
    return {
        "label": line.target.get_measure_display(),
        "of_whom": line.of_whom,
        "number": reached,
        "target": wanted,
        "bar": min(reached, wanted),
        "href": line.href,
        "is_reached": reached >= wanted,
        "is_over": course.is_over,
        "behind": course.behind,
        "missing": max(0, wanted - reached),
        "needed": None if course.needed is None else round(course.needed, 1),
        "so_far": round(course.so_far, 1),
        "until": date_format(course.until, "DATE_FORMAT") if course.until else "",
    }


def doubtful(slugs: Sequence[str], scope: Scope) -> list[Content]:
    """Of which figures how many rows are stale or rest on unchecked visits; only those with any."""
    found = []
    for slug in slugs:
        figure = FIGURES[slug]
        doubts = figure.doubts(figure.fitting(scope))
        if doubts:
            found.append({"label": str(figure.name), "doubts": str(doubts), "href": href(slug, figure.fitting(scope))})
    return found
