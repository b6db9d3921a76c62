"""The briefing on paper, as plain words in one language: a sheet per visit."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models.people import User
from accounts.selectors import school
from core.names import reads_chinese
from partnerships.choices.agreements import AgreementStage, Side
from partnerships.models.commitments import Commitment
from partnerships.selectors.brief import breakable, day
from visits.choices import TopicKind
from visits.models.visits import Participant, Visit
from visits.selectors import words
from visits.selectors.briefing import Background, Schoolmate, background, questions_for
from visits.selectors.visits import of_side

Row = list[str]


def sheets(user: User, visits: list[Visit], *, on: date) -> dict[str, Any]:
    """Everything that the pages show; the template only sets it, as much of it as fits on one page each."""
    data = {
        "language": "zh" if reads_chinese() else "en",
        "school": str(school()),
        "kicker": _("Briefing"),
        "nothing": _("Nothing on file."),
        "more": _("and {n} more"),
        "footer": _("Printed on %(day)s by %(name)s") % {"day": day(on), "name": user},
        "stops": [_sheet(visit, background(user, visit, on=on), on=on) for visit in visits],
    }
    return {name: breakable(value) for name, value in data.items()}


def _sheet(visit: Visit, known: Background, *, on: date) -> dict[str, Any]:
    return {
        "title": str(visit.enterprise),
        "when": when(visit),
        "facts": _facts(visit),
        "about": " ".join(visit.enterprise.about.split()),
        "questions": {"title": _("Questions to ask"), "rows": questions_for(visit, known, on=on)},
        "left": [_hosts(visit, known), _party(visit), _needs(known), _schoolmates(known)],
        "right": [_promises(known, Side.SCHOOL, on), _promises(known, Side.ENTERPRISE, on), _agreements(known)],
        "below": [_last_visits(known)],
    }


def _joined(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)


def _section(title: str, rows: list[Row], total: int = 0) -> dict[str, Any]:
    return {"title": title, "rows": rows, "total": max(total, len(rows))}


def when(visit: Visit) -> str:
    """Day with its weekday, and the hour or part of the day."""
    if visit.starts_on is None:
        return ""
    until = f"–{time_format(visit.ends_at_time, 'H:i')}" if visit.ends_at_time else ""
    hour = f"{time_format(visit.starts_at_time, 'H:i')}{until}" if visit.starts_at_time else ""
    weekday = date_format(visit.starts_on, "l")
    return _joined(date_format(visit.starts_on, "DATE_FORMAT"), weekday, hour or visit.get_part_of_day_display())


def _facts(visit: Visit) -> list[Row]:
    topics = [*words.topics_of(visit, TopicKind.TOPIC), *words.topics_of(visit, TopicKind.AGENDA)]
    enterprise = visit.enterprise
    pairs = [
        (_("Place"), _joined(visit.place, visit.address if visit.address != visit.place else "")),
        (pgettext("of a visit", "Form"), _joined(visit.get_direction_display(), visit.get_medium_display())),
        (_("Goal"), visit.goal),
        (_("Topics"), pgettext("between the things of a list", ", ").join(topics)),
        (_("Level"), _joined(enterprise.get_level_display(), *words.flags_of(visit))),
    ]
    return [[label, str(value)] for label, value in pairs if value]


def _person(person: Participant) -> str:
    return _joined(person, person.display_title)


def _hosts(visit: Visit, known: Background) -> dict[str, Any]:
    """With the telephone and who here knows them; the file's first contacts where nobody is named."""
    contacts = {contact.pk: contact for contact in known.contacts}
    rows = []
    for person in of_side(visit, Side.ENTERPRISE):
        contact = contacts.get(person.contact_id or 0)
        phone = person.contact.phone or person.contact.landline if person.contact else ""
        knows = _("known by %(names)s") % {"names": ", ".join(contact.acquaintances)} if contact else ""
        rows.append([_joined(_person(person), knows if contact and contact.acquaintances else ""), phone])
    on_file = [[_joined(each.name, each.title), each.phone or each.landline] for each in known.contacts[:2]]
    return _section(_("Whom we meet"), rows or on_file)


def _party(visit: Visit) -> dict[str, Any]:
    return _section(_("From the school"), [[_person(person), ""] for person in of_side(visit, Side.SCHOOL)])


def _needs(known: Background) -> dict[str, Any]:
    rows = [[_joined(need.get_kind_display(), need.description), str(need.headcount or "")] for need in known.needs]
    return _section(_("Open needs"), rows)


def _promises(known: Background, side: Side, on: date) -> dict[str, Any]:
    ours = side == Side.SCHOOL
    rows = [[_promised(each), _due(each, on)] for each in (known.ours if ours else known.theirs)]
    return _section(_("What we promised") if ours else _("What they promised"), rows)


def _promised(promise: Commitment) -> str:
    amount = "" if promise.number is None else f"{promise.number.normalize():f} {promise.unit}".strip()
    return _joined(promise.description, amount)


def _due(promise: Commitment, on: date) -> str:
    if promise.due_on and promise.due_on < on:
        return _("overdue since %(day)s") % {"day": day(promise.due_on)}
    return day(promise.due_on)


def _agreements(known: Background) -> dict[str, Any]:
    rows = []
    for each in known.agreements:
        until = _("until %(day)s") % {"day": day(each.ends_on)} if each.ends_on else ""
        stage = AgreementStage(each.stage).label  # type: ignore[attr-defined]
        rows.append([each.title, _joined(stage, until)])
    return _section(_("Agreements"), rows)


def _schoolmates(known: Background) -> dict[str, Any]:
    title = _("Our people there: %(graduates)s graduates, %(interns)s interns") % {
        "graduates": known.graduates,
        "interns": known.interns,
    }
    rows = [[_joined(each.name, each.major), _since(each)] for each in known.schoolmates]
    return _section(title, rows, known.graduates + known.interns)


def _since(each: Schoolmate) -> str:
    return _joined(_("Internship") if each.is_intern else "", each.class_of)


def _last_visits(known: Background) -> dict[str, Any]:
    leaders = pgettext("between the things of a list", ", ")
    rows = [
        [
            _joined(" ".join(visit.minutes.split()), " ".join(visit.feedback.split())) or visit.goal or "–",
            _joined(day(visit.starts_on), leaders.join(visit.leaders)),  # type: ignore[attr-defined]
        ]
        for visit in known.last_visits
    ]
    return _section(_("Last visits"), rows)
