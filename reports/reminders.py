"""To whom the figures of a week, and the facts of a month, are due by mail. Reads only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models.people import RoleGrant, User
from notifications.choices import Counting, Matter
from notifications.occasions import Asked, Occasion, Rule, Words
from notifications.terms import Terms
from reports.selectors.five_facts import five_facts
from reports.selectors.weekly import weekly
from reports.selectors.weeks import A_WEEK, Week, last_full_week, week_of

OFFICE, LEADERS, COLLEGES = "office", "leaders", "colleges"
TOLD_WEEKLY = {Role.OFFICER: OFFICE, Role.LEADER: LEADERS}
TOLD_MONTHLY = {**TOLD_WEEKLY, Role.COLLEGE: COLLEGES}


def _people(asked: Asked, told: Mapping[Role, str]) -> list[tuple[User, dict[str, list[User]]]]:
    """Everybody who holds such a role, with the audiences that they belong to; two queries."""
    grants = RoleGrant.objects.in_force(asked.today).filter(role__in=told).order_by()
    held = list(grants.values_list("user", "role"))
    people = asked.narrowed(User.objects.filter(is_active=True)).filter(pk__in={user for user, _role in held})
    return [
        (person, {told[Role(role)]: [person] for user, role in held if user == person.pk})
        for person in people.order_by("pk")
    ]


def _weekly_words(week: Week, on: date, to: User) -> Words:
    """The figures that this person would see on the page. Names stay lazy: they are put into words while the text
    is written, in the language of who reads it.
    """
    shown = weekly(week, None, to, on=on)
    return {
        "week": shown.week,
        "counts": shown.counts,
        "share": shown.share_of_week,
        "late": shown.late,
        "running": shown.running,
        "missing": shown.missing.number,
    }


def _weeks(asked: Asked) -> Iterator[tuple[date, int]]:
    """The Mondays of the weeks in which a mail leaves about now, with their mark; two where a long holiday held one
    back until the next was due.
    """
    first, last = asked.around
    monday = week_of(first).monday
    while monday <= last:
        mark = asked.mark_of(monday)
        if mark is not None:
            yield monday, mark
        monday += A_WEEK


def _weekly(asked: Asked) -> Iterator[Occasion]:
    """About the last full week; the key holds the Monday, so that whatever day it falls on it is one mail."""
    weeks = list(_weeks(asked))
    people = _people(asked, TOLD_WEEKLY) if weeks else []
    for monday, mark in weeks:
        week = last_full_week(monday)
        for person, audiences in people:
            yield Occasion(
                subject_id=person.pk,
                on=monday,
                mark=mark,
                people=audiences,
                words=partial(_weekly_words, week, asked.today),
                link=f"{reverse('reports:weekly')}?week={week.monday:%Y-%m-%d}",
                because={"week": week.code},
            )


def _monthly_words(on: date, to: User) -> Words:
    facts = five_facts(to, on=on)
    return {"facts": facts, "month": on.replace(day=1) - A_WEEK}


def _monthly(asked: Asked) -> Iterator[Occasion]:
    """On the first of a month about the one before."""
    on = asked.today.replace(day=1)
    mark = asked.mark_of(on)
    for person, audiences in _people(asked, TOLD_MONTHLY) if mark is not None else ():
        yield Occasion(
            subject_id=person.pk,
            on=on,
            mark=mark or 0,
            people=audiences,
            words=partial(_monthly_words, on),
            link=reverse("dashboards:campaign"),
        )


RULES = (
    Rule(
        slug="reports.weekly",
        name=_("Figures of the week"),
        about=_("The office and leadership read the figures of the last full week."),
        matter=Matter.REPORT,
        template="emails/reports/weekly.txt",
        terms=Terms(marks=(0,), until=2, counting=Counting.ON_WORKING_DAYS, audiences=(OFFICE, LEADERS)),
        audiences={OFFICE: _("Employment office"), LEADERS: _("Leadership")},
        find=_weekly,
    ),
    Rule(
        slug="reports.five_facts",
        name=_("Your five facts of the month"),
        about=_("Visits, follow-ups, agreements, postings and silent enterprises of one's own, once a month."),
        matter=Matter.REPORT,
        template="emails/reports/five_facts.txt",
        terms=Terms(marks=(0,), until=6, counting=Counting.ON_WORKING_DAYS, audiences=(OFFICE, LEADERS, COLLEGES)),
        audiences={OFFICE: _("Employment office"), LEADERS: _("Leadership"), COLLEGES: _("College staff")},
        find=_monthly,
    ),
)
