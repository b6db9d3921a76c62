"""What a programme consists of: classes, courses and textbooks; added, changed, removed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeAlias

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock
from partnerships.changes import compare, snapshot
from partnerships.models.programmes import Programme, ProgrammeCohort, ProgrammeCourse, Textbook
from programmes import rules
from programmes.services.programmes import tell_change

Part: TypeAlias = ProgrammeCohort | ProgrammeCourse | Textbook
FIELDS: dict[type[Part], tuple[str, ...]] = {
    ProgrammeCohort: ("year", "name", "major", "places", "graduates_in"),
    ProgrammeCourse: ("name", "term", "hours", "teachers"),
    Textbook: ("title", "editors", "publisher", "isbn", "year"),
}


def _open(programme: Programme, by: User) -> Programme:
    """The programme, locked, for somebody who may change it."""
    programme = lock(programme)
    rules.can_change_programme(by, programme).or_raise()
    return programme


@transaction.atomic
def add_part(programme: Programme, model: type[Part], *, fields: dict[str, Any], by: User, at: datetime) -> Part:
    """Add a class, course or textbook. Raises ValidationError for one that is on file already."""
    programme = _open(programme, by)
    part = model(programme=programme, **fields)
    part.full_clean()
    part.save()
    nothing = dict.fromkeys(FIELDS[model])
    tell_change(programme, _told(part, nothing, snapshot(part, FIELDS[model])), by=by, at=at, what=part)
    return part


@transaction.atomic
def change_part(part: Part, *, fields: dict[str, Any], by: User, at: datetime) -> Part:
    """Change a class, course or textbook; its words before and after stand on the timeline."""
    programme = _open(part.programme, by)
    part = type(part)._default_manager.get(pk=part.pk)
    before = snapshot(part, FIELDS[type(part)])
    for name, value in fields.items():
        setattr(part, name, value)
    part.full_clean()
    part.save()
    tell_change(programme, _told(part, before, snapshot(part, before)), by=by, at=at, what=part)
    return part


@transaction.atomic
def remove_part(part: Part, *, by: User, at: datetime) -> None:
    """Remove a course, a textbook, or a class on which nothing hangs."""
    programme = _open(part.programme, by)
    part = type(part)._default_manager.get(pk=part.pk)
    if isinstance(part, ProgrammeCohort) and part.outcomes.exists():
        raise RuleBroken(_("Outcomes hang on this class: empty them before you remove it."))
    before = snapshot(part, FIELDS[type(part)])
    told = _told(part, before, dict.fromkeys(before))
    words = str(part)
    part.delete()
    tell_change(programme, told, by=by, at=at, what=words)


def _told(part: Part, before: dict[str, Any], after: dict[str, Any]) -> Any:
    """What differs, without fields that are empty on both sides."""
    return [change for change in compare(part, before, after) if change["before"] or change["after"]]
