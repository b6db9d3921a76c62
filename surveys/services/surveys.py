"""Opening a survey, its questions, its times, and making a new version of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models.people import User
from core.errors import RuleBroken
from core.saving import lock, save
from surveys import rules
from surveys.models.surveys import SetItem, Survey, SurveyItem
from surveys.services.items import refuse_other_part


@transaction.atomic
def open_survey(*, fields: dict[str, Any], items: Iterable[SetItem], by: User, at: datetime) -> Survey:
    """Open a survey with questions of the set of its kind, in the order of the set. Raises RuleBroken."""
    rules.can_keep_surveys(by).or_raise()
    survey = Survey(opened_by=by, version=0, **fields)
    save(survey)
    chosen = [item for item in items if item.kind == survey.kind]
    SurveyItem.objects.bulk_create(_copy(survey, place, item, item) for place, item in enumerate(chosen, start=1))
    return survey


def _copy(survey: Survey, place: int, item: SetItem | SurveyItem, set_item: SetItem | None) -> SurveyItem:
    return SurveyItem(
        survey=survey, set_item=set_item, part=item.part, answer=item.answer, name_zh=item.name_zh,
        name_en=item.name_en, place=place,
    )  # fmt: skip


@transaction.atomic
def change_survey(survey: Survey, *, version: int, fields: dict[str, Any], by: User, at: datetime) -> Survey:
    """Correct its title and times; its kind and its questions stay. Raises StaleEdit."""
    rules.can_keep_surveys(by).or_raise()
    survey = lock(survey, version=version)
    for name, value in fields.items():
        setattr(survey, name, value)
    save(survey)
    return survey


def _to_change(survey: Survey, *, by: User) -> Survey:
    """The survey, locked, while its questions may be changed."""
    rules.can_keep_surveys(by).or_raise()
    survey = lock(survey)
    if survey.answers.exists():
        raise RuleBroken(_("This survey has been answered; its questions stay. Make a new version of it instead."))
    return survey


@transaction.atomic
def add_item(survey: Survey, *, by: User, **fields: Any) -> SurveyItem:
    """Ask one more thing, at the end of its heading. Raises RuleBroken once the survey is answered."""
    survey = _to_change(survey, by=by)
    refuse_other_part(survey.kind, fields["part"])
    last = survey.items.aggregate(last=Max("place"))["last"] or 0
    return SurveyItem.objects.create(survey=survey, place=last + 1, **fields)


def _item(survey: Survey, pk: int) -> SurveyItem:
    found = survey.items.filter(pk=pk).first()
    if found is None:
        raise RuleBroken(_("This question is gone already; somebody took it out meanwhile."))
    return found


@transaction.atomic
def remove_item(survey: Survey, pk: int, *, by: User) -> None:
    """Ask it no more. Raises RuleBroken once the survey is answered, and when it is gone already."""
    survey = _to_change(survey, by=by)
    _item(survey, pk).delete()


@transaction.atomic
def move_item(survey: Survey, pk: int, *, up: bool, by: User) -> None:
    """One place up or down among the questions of its heading. Raises RuleBroken as remove_item does."""
    survey = _to_change(survey, by=by)
    item = _item(survey, pk)
    row = list(survey.items.filter(part=item.part))
    here = row.index(item)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(row):
        return
    row[here], row[there] = row[there], row[here]
    places = sorted(each.place for each in row)
    for each, place in zip(row, places, strict=True):
        each.place = place
    SurveyItem.objects.bulk_update(row, ["place"])


@transaction.atomic
def new_version(survey: Survey, *, by: User, at: datetime) -> Survey:
    """A copy whose questions may be changed; who was asked with this version still answers it."""
    rules.can_keep_surveys(by).or_raise()
    first = lock(survey.first or survey)
    latest = Survey.objects.filter(first=first).order_by("number").last() or first
    if not latest.answers.exists():
        raise RuleBroken(_("The last version is not answered yet: change its questions instead."))
    copy = Survey(
        name_zh=latest.name_zh, name_en=latest.name_en, kind=latest.kind, class_of=latest.class_of, first=first,
        opens_on=latest.opens_on, closes_on=latest.closes_on, number=latest.number + 1, opened_by=by, version=0,
    )  # fmt: skip
    save(copy)
    rows = survey.items.select_related("set_item")
    SurveyItem.objects.bulk_create(_copy(copy, place, item, item.set_item) for place, item in enumerate(rows, start=1))
    return copy


@transaction.atomic
def close_survey(survey: Survey, *, by: User, at: datetime) -> Survey:
    """Take no more answers, whatever its last day. Raises RuleBroken when it is closed."""
    rules.can_keep_surveys(by).or_raise()
    survey = lock(survey)
    if survey.closed_at is not None:
        raise RuleBroken(_("This survey is closed already."))
    survey.closed_at = at
    save(survey)
    return survey


@transaction.atomic
def reopen_survey(survey: Survey, *, by: User, at: datetime) -> Survey:
    """Take answers again until its last day. Raises RuleBroken when it is not closed."""
    rules.can_keep_surveys(by).or_raise()
    survey = lock(survey)
    if survey.closed_at is None:
        raise RuleBroken(_("This survey is not closed."))
    survey.closed_at = None
    save(survey)
    return survey
