"""The printed one-page brief for a leader on the way to an enterprise, as plain words in one language.

Paper goes from hand to hand: only what all staff may read stands on it, and agreements only for who may read them.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models.people import User
from accounts.selectors import school
from core.names import reads_chinese
from partnerships.choices.agreements import CommitmentState
from partnerships.choices.enterprises import EnterpriseLevel, NoteVisibility
from partnerships.choices.programmes import ProgrammeMeasure
from partnerships.choices.timeline import IN_TOUCH
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.links import FileAnswer
from partnerships.models.needs import Need
from partnerships.models.programmes import Programme, ProgrammeOutcome
from partnerships.models.timeline import TimelineEntry
from partnerships.timeline import describe

ROWS = 8  # of each section at most; the page takes fewer where they do not fit
UNBROKEN = re.compile(r"[^\s\u3400-\u9fff]{24}(?=[^\s\u3400-\u9fff])")
Row = list[str]  # what, and the day or number beside it


def day(value: date | None) -> str:
    """A date as the reader writes it; nothing for none."""
    return formats.date_format(value, "SHORT_DATE_FORMAT") if value else ""


def _joined(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)


def _listed(things: list[str]) -> str:
    return pgettext("between the things of a list", ", ").join(things)


def _section(title: str, rows: list[Row], total: int | None = None) -> dict[str, Any]:
    return {"title": title, "rows": rows[:ROWS], "total": len(rows) if total is None else total}


def _facts(enterprise: Enterprise) -> list[Row]:
    staff = "" if enterprise.staff_count is None else formats.number_format(enterprise.staff_count, force_grouping=True)
    pairs = [
        (_("Nature of unit"), enterprise.nature),
        (_("Industry"), enterprise.industry),
        (_("Number of staff"), _joined(staff, enterprise.staff_band and enterprise.staff_band.label)),
        (_("Unified social credit code"), enterprise.credit_code),
        (_("Place"), _joined(enterprise.location, enterprise.address)),
        (_("Owner"), _listed([str(each) for each in (enterprise.owner, enterprise.deputy) if each])),
    ]
    return [[label, str(value)] for label, value in pairs if value]


def _call(contacts: list[Contact]) -> dict[str, str]:
    """Who to speak to first."""
    if not contacts:
        return {"name": _("No contact is on file yet."), "role": "", "phone": "", "email": ""}
    first = contacts[0]
    phone = first.phone or first.landline
    role = _joined(first.title, first.department)
    return {"name": first.name, "role": role, "phone": phone, "email": first.email}


def _known(contacts: list[Contact]) -> list[Row]:
    """Colleagues who know somebody there, with whom they know."""
    friends: dict[str, list[str]] = {}
    for contact in contacts:
        known = [contact.known_by, *contact.also_known_by.all()]
        for colleague in dict.fromkeys(str(each) for each in known if each):
            friends.setdefault(colleague, []).append(contact.name)
    return [[colleague, _listed(names)] for colleague, names in friends.items()]


def _answer(enterprise: Enterprise, year: int) -> dict[str, Any]:
    """What the enterprise said for this year, or for the last year in which it said something."""
    answer = FileAnswer.objects.filter(enterprise=enterprise, year__lte=year).order_by("-year", "-at").first()
    if answer is None:
        return {"title": _("Answer of %(year)s") % {"year": year}, "rows": [[_("Not given yet"), ""]], "reasons": ""}
    rows = [
        [_("Interns"), _joined(answer.get_interns_display(), answer.interns_number)],
        [_("Graduates"), _joined(answer.get_graduates_display(), answer.graduates_number)],
    ]
    return {"title": _("Answer of %(year)s") % {"year": answer.year}, "rows": rows, "reasons": answer.reasons}


def _touched(enterprise: Enterprise) -> list[Row]:
    entries = TimelineEntry.objects.open_to_all_staff().filter(enterprise=enterprise, kind__in=IN_TOUCH)
    return [
        [_joined(describe(entry), entry.by), day(timezone.localtime(entry.at).date())]
        for entry in entries.select_related("by")[:3]
    ]


def _needs(enterprise: Enterprise) -> dict[str, Any]:
    needs = list(Need.objects.filter(enterprise=enterprise).open().prefetch_related("majors"))
    rows = [
        [
            _joined(need.get_kind_display(), need.description, _listed([str(major) for major in need.majors.all()])),
            _joined(need.headcount and _("%(number)s people") % {"number": need.headcount}, day(need.wanted_by)),
        ]
        for need in needs
    ]
    return _section(_("Open needs"), rows)


def _until(agreement: Agreement) -> str:
    if agreement.renews_itself:
        return _("renews itself")
    return _("until %(day)s") % {"day": day(agreement.ends_on)} if agreement.ends_on else _("without end")


def _agreements(user: User, enterprise: Enterprise, on: date) -> dict[str, Any]:
    rows = Agreement.objects.visible_to(user).with_enterprise(enterprise).in_force(on).order_by("ends_on", "pk")
    return _section(_("Agreements in force"), [[each.title, _until(each)] for each in rows])


def _amount(commitment: Commitment) -> str:
    """How much was promised, without zeros that say nothing."""
    return "" if commitment.number is None else f"{commitment.number.normalize():f} {commitment.unit}".strip()


def _promises(enterprise: Enterprise) -> dict[str, Any]:
    """How many stand how; open ones first by their day, then those that were not kept."""
    promises = list(Commitment.objects.filter(enterprise=enterprise).order_by("due_on", "pk"))
    stand = Counter(each.state for each in promises)
    title = _("Promises: %(open)s open, %(kept)s kept, %(not_kept)s not kept") % {
        "open": stand[CommitmentState.OPEN],
        "kept": stand[CommitmentState.KEPT],
        "not_kept": stand[CommitmentState.NOT_KEPT],
    }
    shown = [
        each for state in (CommitmentState.OPEN, CommitmentState.NOT_KEPT) for each in promises if each.state == state
    ]
    rows = [
        [
            _joined(each.get_side_display(), each.description, _amount(each)),
            day(each.due_on) if each.state == CommitmentState.OPEN else str(CommitmentState(each.state).label),
        ]
        for each in shown
    ]
    return _section(title, rows)


def _programmes(enterprise: Enterprise) -> dict[str, Any]:
    hired = ProgrammeOutcome.objects.filter(measure=ProgrammeMeasure.HIRED)
    programmes = Programme.objects.filter(enterprise=enterprise).prefetch_related(Prefetch("outcomes", hired))
    rows = [
        [
            _joined(each.get_kind_display(), each.name, each.since),
            _listed([_("%(number)s hired") % {"number": f"{o.number.normalize():f}"} for o in each.outcomes.all()]),
        ]
        for each in programmes
    ]
    return _section(_("Programmes"), rows)


def _notes(enterprise: Enterprise) -> dict[str, Any]:
    notes = enterprise.notes.filter(visibility=NoteVisibility.STAFF).select_related("author")
    rows = [
        [" ".join(note.text.split()), _joined(note.author, day(timezone.localtime(note.at).date()))] for note in notes
    ]
    return _section(_("What colleagues should know"), rows)


def breakable(value: Any) -> Any:
    """Everything as it is, with places to break in runs of letters that no line could hold."""
    if isinstance(value, str):
        return UNBROKEN.sub("\\g<0>\u200b", value)
    if isinstance(value, dict):
        return {name: breakable(each) for name, each in value.items()}
    return [breakable(each) for each in value] if isinstance(value, list) else value


def brief_data(user: User, enterprise: Enterprise, *, on: date) -> dict[str, Any]:
    """Everything that the page shows; the template only sets it, as much of it as fits on one page."""
    contacts = list(
        Contact.objects.filter(enterprise=enterprise)
        .current(on)
        .select_related("known_by")
        .prefetch_related("also_known_by")
    )
    contacts.sort(key=lambda contact: (not contact.is_primary, contact.pk))
    level = EnterpriseLevel(enterprise.level).label
    data = {
        "language": "zh" if reads_chinese() else "en",
        "school": str(school()),
        "kicker": _("Brief for a visit"),
        "title": str(enterprise),
        "subtitle": enterprise.other_name,
        "tags": [str(level), *(str(flag) for flag in enterprise.flags.all())],
        "about": " ".join(enterprise.about.split()),
        "facts": _facts(enterprise),
        "call_title": _("First contact"),
        "call": _call(contacts),
        "call_more": _("and %(number)s more on file") % {"number": len(contacts) - 1} if len(contacts) > 1 else "",
        "known": _section(_("Who here knows them"), _known(contacts)),
        "answer": _answer(enterprise, on.year),
        "touched": _section(_("Last contacts"), _touched(enterprise)),
        "left": [_needs(enterprise), _programmes(enterprise)],
        "right": [_agreements(user, enterprise, on), _promises(enterprise)],
        "notes": _notes(enterprise),
        "nothing": _("Nothing on file."),
        "more": _("and {n} more"),
        "footer": _("Printed on %(day)s by %(name)s") % {"day": day(on), "name": user},
    }
    return {name: breakable(value) for name, value in data.items()}
