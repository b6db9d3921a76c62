"""What a row says beside the visit that is on file: the preview shows it, the writer does it, undoing takes it back."""

from __future__ import annotations

from typing import Any, TypedDict

from django.conf import settings
from django.utils import translation

from accounts.models.school import Major
from imports.problems import Problem, problem
from visits.models.results import Outcome
from visits.models.visits import Visit

NUMBERS = ("posts", "average_pay", "graduates", "post_pay", "internships", "internship_pay")
TEXTS = ("minutes", "feedback")
Words = dict[str, str]


class RowChange(TypedDict):
    """One value; `major` is the number of the major that it is about, `about` its words; `before` None where new."""

    field: str
    major: int | None
    about: Words
    before: Any
    after: Any


def words_of(major: Major) -> Words:
    """The name in each language, for pages that show the row later."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = str(major)
    return found


def differences(values: dict[str, Any], visit: Visit, majors: dict[int, Major]) -> list[RowChange]:
    """Where a row says something else than the visit; a blank cell says nothing. Reads visit.outcomes."""
    found: list[RowChange] = [
        RowChange(field=name, major=None, about={}, before=getattr(visit, name), after=values[name])
        for name in TEXTS
        if values.get(name) and values[name] != getattr(visit, name)
    ]
    on_file = {outcome.major_id: outcome for outcome in visit.outcomes.all()}
    for offer in values.get("offers", []):
        found += _of_offer(offer, on_file.get(offer["major"]), words_of(majors[offer["major"]]))
    return found


def _of_offer(offer: dict[str, Any], outcome: Outcome | None, about: Words) -> list[RowChange]:
    major = offer["major"]
    if outcome is None:
        said = {name: offer[name] for name in NUMBERS if offer.get(name) is not None}
        return [RowChange(field="majors", major=major, about=about, before=None, after=said)]
    return [
        RowChange(field=name, major=major, about=about, before=getattr(outcome, name), after=offer[name])
        for name in NUMBERS
        if offer.get(name) is not None and offer[name] != getattr(outcome, name)
    ]


def kept(changes: list[RowChange]) -> list[Problem]:
    """For a visit whose words stay: what the row would have said of it."""
    fields = dict.fromkeys(change["field"] for change in changes)
    return [problem(name, "kept", "", name) for name in fields]


def apply(visit: Visit, changes: list[RowChange]) -> None:
    """Make a locked visit say so; the caller saves it."""
    for change in changes:
        if change["major"] is None:
            setattr(visit, change["field"], change["after"])
        elif change["field"] == "majors":
            _stored(Outcome(visit=visit, major_id=change["major"], **change["after"]))
        else:
            _set(visit, change, change["after"])


def take_back(visit: Visit, changes: list[RowChange]) -> None:
    """The other way round."""
    for change in changes:
        if change["major"] is None:
            setattr(visit, change["field"], change["before"])
        elif change["field"] == "majors":
            Outcome.objects.filter(visit=visit, major=change["major"]).delete()
        else:
            _set(visit, change, change["before"])


def stands(visit: Visit, changes: list[RowChange]) -> bool:
    """Whether a visit still says what was written; reads visit.outcomes."""
    on_file = {outcome.major_id: outcome for outcome in visit.outcomes.all()}
    for change in changes:
        outcome = on_file.get(change["major"] or 0)
        if change["major"] is None:
            same = getattr(visit, change["field"]) == change["after"]
        elif change["field"] == "majors":
            same = outcome is not None and all(getattr(outcome, n) == v for n, v in change["after"].items())
        else:
            same = outcome is not None and getattr(outcome, change["field"]) == change["after"]
        if not same:
            return False
    return True


def _set(visit: Visit, change: RowChange, value: Any) -> None:
    outcome = Outcome.objects.get(visit=visit, major=change["major"])
    setattr(outcome, change["field"], value)
    _stored(outcome)


def _stored(outcome: Outcome) -> None:
    outcome.full_clean()
    outcome.save()
