"""A province collects from its schools: figures whole, records as far as they changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from api.collecting.alarm import over_within
from api.collecting.portal import Portal, Unreadable, checked, moment_of, small
from api.collecting.schools import Listed
from api.figure_shapes import Definitions, FigureDefinition, FigureSplit, FigureValue
from api.models.collected import CollectedFigure, CollectedRow, CollectedSchool
from api.portal import About
from api.resources.catalogue import RESOURCES

UNKNOWN = "-"
SPLITS = ("month", "college")


def collect(listed: Listed, *, now: datetime, lasts: float) -> CollectedSchool:
    """Everything that a school is asked for. A school that fails keeps what it said before, with the reason beside."""
    school, _is_new = CollectedSchool.objects.update_or_create(
        code=listed.code, defaults={"address": listed.address, "tried_at": now}
    )
    try:
        with over_within(lasts):
            _take(Portal(listed, lasts=lasts), school, now)
    except Unreadable as error:
        school.problem = str(error)[:300]
        school.save(update_fields=["problem"])
        return school
    school.problem, school.reached_at = "", now
    school.save(update_fields=["problem", "reached_at"])
    return school


def _take(portal: Portal, school: CollectedSchool, now: datetime) -> None:
    _meet(portal, school)
    _take_figures(portal, school, now)
    for resource in portal.school.resources:
        _take_records(portal, school, resource, now)


def _meet(portal: Portal, school: CollectedSchool) -> None:
    """Raises Unreadable where another school answers than the one that the list names."""
    about = portal.read(About, "")
    if about.school_code != school.code:
        raise Unreadable(_("Another school answers there: %(code)s") % {"code": about.school_code[:20] or "–"})
    school.name_zh, school.name_en = about.name_zh[:120], about.name_en[:160]
    school.save(update_fields=["name_zh", "name_en"])


def _take_figures(portal: Portal, school: CollectedSchool, now: datetime) -> None:
    """All of them, or none: numbers of two days do not stand beside each other."""
    taken = [
        figure
        for definition in portal.read(Definitions, "figures/").items
        for figure in _figures_of(portal, school, definition, now)
    ]
    with transaction.atomic():
        CollectedFigure.objects.filter(school=school).delete()
        CollectedFigure.objects.bulk_create(taken, batch_size=500)


def _figures_of(
    portal: Portal, school: CollectedSchool, definition: FigureDefinition, now: datetime
) -> Iterator[CollectedFigure]:
    path = f"figures/{definition.slug}/"
    words = definition.model_dump()

    def figure(part: str, number: int, denominator: int | None, said: dict[str, Any]) -> CollectedFigure:
        return CollectedFigure(
            school=school,
            slug=definition.slug[:60],
            part=part[:40],
            number=small(number),
            denominator=None if denominator is None else small(denominator),
            definition_hash=definition.definition_hash[:64],
            payload={"definition": words, "value": said},
            taken_at=now,
        )

    value = portal.read(FigureValue, path)
    if value.definition_hash != definition.definition_hash:
        raise Unreadable(_("It changed a definition while it was read."))
    yield figure("", value.number, value.denominator, value.model_dump())
    for by in SPLITS:
        if by in definition.splits:
            for part in portal.read(FigureSplit, f"{path}split/", by=by).items:
                yield figure(f"{by}:{part.key or UNKNOWN}", part.number, part.denominator, part.model_dump())


def _take_records(portal: Portal, school: CollectedSchool, resource: str, now: datetime) -> None:
    """What changed since the last time that this went well; all of it the first time. Kept whole or not at all."""
    since = school.marks.get(resource, "")
    asked = {"changed_since": since} if since else {}
    shape, mark = RESOURCES[resource].schema, ""
    rows: dict[int, CollectedRow] = {}
    for page in portal.pages(f"{resource}/", limit="200", **asked):
        mark = mark or moment_of(page.as_of).isoformat()
        for item in page.items:
            key = small(checked(shape, item).id)  # type: ignore[attr-defined]
            rows[key] = CollectedRow(school=school, resource=resource, key=key, payload=item, taken_at=now)
    gone = list(_gone(portal, resource, since)) if since else []
    for key in gone:  # asked last, so it knows better
        rows.pop(key, None)
    with transaction.atomic():
        kept = CollectedRow.objects.filter(school=school, resource=resource)
        (kept.filter(key__in=gone) if since else kept).delete()
        CollectedRow.objects.bulk_create(
            rows.values(),
            batch_size=500,
            update_conflicts=True,
            unique_fields=["school", "resource", "key"],
            update_fields=["payload", "taken_at"],
        )
        school.marks = {**school.marks, resource: mark}
        school.save(update_fields=["marks"])


def _gone(portal: Portal, resource: str, since: str) -> Iterator[int]:
    for page in portal.pages(f"{resource}/gone/", limit="200", changed_since=since):
        for key in page.items:
            yield small(key)
