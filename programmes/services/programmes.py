"""Programmes run together: opened, changed, held by one agreement after another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models.people import User
from accounts.models.school import Major
from core.errors import RuleBroken
from core.saving import lock, save
from partnerships.changes import Change, differences, snapshot
from partnerships.choices.programmes import ProgrammeFeatureKind, ProgrammeKind
from partnerships.choices.timeline import TimelineKind
from partnerships.models.enterprises import Enterprise
from partnerships.models.programmes import Programme, ProgrammeFeature
from partnerships.services import timeline
from programmes import rules

Features = Sequence[tuple[ProgrammeFeatureKind, str]]


def link_of(programme: Programme) -> str:
    return reverse("programmes:programme", args=[programme.pk])


def tell_change(programme: Programme, changes: list[Change], *, by: User, at: datetime, what: object = "") -> None:
    """Word of a change on the timeline; `what` names the part of the programme that changed."""
    timeline.record_changes(
        programme.enterprise,
        TimelineKind.PROGRAMME_CHANGED,
        changes,
        by=by,
        at=at,
        text=f"{programme.name} · {what}" if what else programme.name,
        link=link_of(programme),
    )


def _check(programme: Programme) -> None:
    agreement = programme.agreement
    if agreement is not None and agreement.enterprise_id != programme.enterprise_id:
        raise RuleBroken(_("This agreement is with another enterprise."), field="agreement")
    if programme.since and programme.until and programme.until < programme.since:
        raise RuleBroken(_("A programme cannot end before it begins."), field="until")


def _set_features(programme: Programme, features: Features) -> None:
    """Make the features these; what stands already keeps its row."""
    wanted = [(str(kind), name) for kind, name in dict.fromkeys(features)]
    known = {(row.kind, row.name): row for row in programme.features.all()}
    for key in known.keys() - set(wanted):
        known[key].delete()
    new = (ProgrammeFeature(programme=programme, kind=k, name=name) for k, name in wanted if (k, name) not in known)
    ProgrammeFeature.objects.bulk_create(new)


@transaction.atomic
def open_programme(
    enterprise: Enterprise,
    *,
    kind: ProgrammeKind,
    name: str,
    by: User,
    at: datetime,
    majors: Iterable[Major] = (),
    features: Features = (),
    **more: Any,
) -> Programme:
    """Enter an order class, apprenticeship, industry college, training base or field-engineer project.

    `more` are further fields of the model.
    """
    majors = list(majors)
    rules.can_open_programme(by, majors).or_raise()
    programme = Programme(enterprise=enterprise, kind=kind, name=name, version=0, **more)
    _check(programme)
    save(programme)
    programme.majors.set(majors)
    _set_features(programme, features)
    link = link_of(programme)
    timeline.record(enterprise, TimelineKind.PROGRAMME_OPENED, by=by, at=at, text=name, detail=str(kind), link=link)
    return programme


@transaction.atomic
def change_programme(
    programme: Programme, *, version: int | None, fields: dict[str, Any], by: User, at: datetime
) -> Programme:
    """Change a programme, its agreement too. `fields` may hold majors and features. Raises StaleEdit and RuleBroken."""
    programme = lock(programme, version=version)
    rules.can_change_programme(by, programme).or_raise()
    columns = dict(fields)
    majors, features = columns.pop("majors", None), columns.pop("features", None)
    if majors is not None:
        majors = list(majors)
        rules.can_open_programme(by, majors).or_raise()
    before = snapshot(programme, fields)
    for name, value in columns.items():
        setattr(programme, name, value)
    _check(programme)
    save(programme)
    if majors is not None:
        programme.majors.set(majors)
    if features is not None:
        _set_features(programme, features)
    tell_change(programme, differences(programme, before), by=by, at=at)
    return programme
