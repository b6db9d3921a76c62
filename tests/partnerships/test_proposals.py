"""Corrections: taken over by the services that a person uses, or refused with a reason; once."""

import pytest
from django.core.exceptions import PermissionDenied

from core.errors import RuleBroken
from partnerships.choices.links import ProposalState
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.models.links import ProposedChange
from partnerships.models.timeline import TimelineEntry
from partnerships.selectors.proposals import answer_list, answer_totals, corrections, files_with_proposals
from partnerships.services import links
from partnerships.services.proposals import refuse, take_over
from tests.factories.links import ANSWERED, answered, asked_contact, asked_link
from tests.factories.partnerships import ContactFactory

pytestmark = pytest.mark.django_db
DECIDED = ANSWERED.replace(day=5)
COLLEAGUE = {"name": "王强", "title": "HR", "phone": "", "email": "wang@enterprise.example"}


def keys(**which):
    return list(ProposedChange.objects.filter(**which).order_by("pk").values_list("pk", flat=True))


def states():
    return list(ProposedChange.objects.order_by("pk").values_list("state", flat=True))


def test_taking_over_changes_the_file_and_confirms_it_by_the_contact(officer):
    link = asked_link()
    answered(link, file={"city": "绵阳", "staff_count": "120"})
    file = link.enterprise

    assert take_over(file, keys(), by=officer, at=DECIDED) == 2

    file.refresh_from_db()
    assert (file.city, file.staff_count, file.staff_counted_on) == ("绵阳", 120, ANSWERED.date())
    assert (file.confirmed_at, file.confirmed_via, file.confirmed_by) == (ANSWERED, link.contact, officer)
    assert states() == [ProposalState.ACCEPTED] * 2
    decided, changed = TimelineEntry.objects.all()[:2]
    assert (decided.kind, decided.detail, decided.text) == (TimelineKind.PROPOSAL_DECIDED, "accepted", "李娜")
    assert [(each["field"], each["before"], each["after"]) for each in decided.changes] == [
        ("city", "成都", "绵阳"),
        ("staff_count", "", "120"),
    ]
    assert changed.kind == TimelineKind.ENTERPRISE_CHANGED


def test_one_of_two_is_taken_over_and_the_file_is_not_confirmed_yet(officer):
    link = asked_link()
    answered(link, file={"city": "绵阳", "address": "园艺街 3 号"})
    second, first = keys()

    take_over(link.enterprise, [first], by=officer, at=DECIDED)
    link.enterprise.refresh_from_db()
    assert (link.enterprise.city, link.enterprise.address, link.enterprise.confirmed_at) == ("绵阳", "", None)

    take_over(link.enterprise, [second], by=officer, at=DECIDED)
    link.enterprise.refresh_from_db()
    assert (link.enterprise.address, link.enterprise.confirmed_at) == ("园艺街 3 号", ANSWERED)


def test_a_new_name_keeps_the_old_one_among_the_former_names(officer):
    link = asked_link(asked_contact(enterprise__legal_name="成都电影公司"))
    answered(link, file={"legal_name": "成都电影集团有限公司"})

    take_over(link.enterprise, keys(), by=officer, at=DECIDED)

    link.enterprise.refresh_from_db()
    assert link.enterprise.legal_name == "成都电影集团有限公司"
    assert list(link.enterprise.former_names.values_list("name", flat=True)) == ["成都电影公司"]


def test_the_contacts_own_facts_are_corrected_and_confirmed(officer):
    link = asked_link()
    answered(link, person={"title": "总监", "phone": "13811112222"})

    take_over(link.enterprise, keys(), by=officer, at=DECIDED)

    contact = Contact.objects.get()
    assert (contact.title, contact.phone) == ("总监", "13811112222")
    assert (contact.confirmed_at, contact.confirmed_by) == (DECIDED, officer)


def test_a_successor_takes_the_place_of_who_left(officer):
    link = asked_link()
    answered(link, has_left=True, colleague=COLLEAGUE)

    take_over(link.enterprise, keys(), by=officer, at=DECIDED)

    old, new = Contact.objects.order_by("pk")
    assert (old.to_on, old.is_primary) == (ANSWERED.date(), False)
    assert (new.name, new.title, new.email, new.is_primary, new.language) == (
        "王强", "HR", "wang@enterprise.example", True, "en",
    )  # fmt: skip


def test_another_first_contact_keeps_the_place(officer):
    contact = asked_contact(is_primary=False)
    ContactFactory(enterprise=contact.enterprise, is_primary=True)
    link = asked_link(contact)
    answered(link, colleague=COLLEAGUE)

    take_over(link.enterprise, keys(), by=officer, at=DECIDED)

    assert Contact.objects.get(name="王强").is_primary is False


def test_refusing_needs_a_reason_and_leaves_the_file(officer):
    link = asked_link()
    answered(link, file={"city": "绵阳"})
    proposal = ProposedChange.objects.get()

    with pytest.raises(RuleBroken):
        refuse(proposal, reason=" ", by=officer, at=DECIDED)
    assert states() == [ProposalState.OPEN]

    refuse(proposal, reason="营业执照上是成都", by=officer, at=DECIDED)

    proposal.refresh_from_db()
    link.enterprise.refresh_from_db()
    assert (proposal.state, proposal.reason, proposal.decided_by) == (
        ProposalState.REFUSED, "营业执照上是成都", officer,
    )  # fmt: skip
    assert (link.enterprise.city, link.enterprise.confirmed_at) == ("成都", None)
    entry = TimelineEntry.objects.latest("pk")
    assert (entry.detail, entry.text) == ("refused", "营业执照上是成都")


def test_a_correction_is_decided_once(officer):
    link = asked_link()
    answered(link, file={"city": "绵阳"})
    proposal = ProposedChange.objects.get()
    refuse(proposal, reason="no", by=officer, at=DECIDED)

    with pytest.raises(RuleBroken):
        take_over(link.enterprise, [proposal.pk], by=officer, at=DECIDED)
    with pytest.raises(RuleBroken):
        refuse(proposal, reason="again", by=officer, at=DECIDED)
    with pytest.raises(RuleBroken):
        take_over(link.enterprise, [], by=officer, at=DECIDED)

    link.enterprise.refresh_from_db()
    proposal.refresh_from_db()
    assert (link.enterprise.city, proposal.reason) == ("成都", "no")


def test_what_the_file_cannot_hold_is_refused_as_a_whole(officer):
    link = asked_link()
    answered(link, file={"city": "绵阳", "website": "not an address"})

    with pytest.raises(RuleBroken):
        take_over(link.enterprise, keys(), by=officer, at=DECIDED)

    link.enterprise.refresh_from_db()
    assert (link.enterprise.city, states()) == ("成都", [ProposalState.OPEN] * 2)


@pytest.mark.parametrize("role", ["leader", "college_staff"])
def test_only_who_may_change_the_file_decides(request, role):
    person = request.getfixturevalue(role)
    link = asked_link()
    answered(link, file={"city": "绵阳"})

    with pytest.raises(PermissionDenied):
        take_over(link.enterprise, keys(), by=person, at=DECIDED)
    with pytest.raises(PermissionDenied):
        refuse(ProposedChange.objects.get(), reason="no", by=person, at=DECIDED)

    link.enterprise.refresh_from_db()
    assert (link.enterprise.city, states()) == ("成都", [ProposalState.OPEN])


def test_the_list_says_where_the_file_has_moved_and_who_came_from_outside(officer):
    link = links.forward_link(asked_link(), name="王强", email="w@gmail.example", language="en", at=ANSWERED)
    answered(link, file={"city": "绵阳"})
    link.enterprise.city = "德阳"
    link.enterprise.save()

    (file,) = files_with_proposals(officer)
    city, person = corrections(file)

    assert (city.now, city.wanted, city.has_moved, city.is_from_outside) == ("德阳", "绵阳", True, True)
    assert (person.wanted, person.has_moved) == ("王强 · w@gmail.example", False)


def test_the_year_is_counted_by_enterprise(officer):
    answered(asked_link(), graduates_number=7)
    answered(
        asked_link(asked_contact()), interns="no", interns_number=None, graduates="no", reasons="Hiring is stopped"
    )
    opened = asked_link(asked_contact())
    links.note_opened(opened, at=ANSWERED)
    links.ask(opened.enterprise, by=officer, at=ANSWERED)
    asked_link(asked_contact())

    rows = answer_list(officer, {}, year=2026)

    totals = answer_totals(rows)
    assert totals == {
        "asked": 4, "answered": 2, "opened": 1, "silent": 1, "unreachable": 0, "interns_yes": 5, "interns_maybe": 0,
        "graduates_yes": 0, "graduates_maybe": 7,
    }  # fmt: skip
    assert [row.enterprise for row in answer_list(officer, {"reaction": "opened"}, year=2026)] == [opened.enterprise]
    assert answer_list(officer, {"interns": "no"}, year=2026).get().answer.reasons == "Hiring is stopped"
    assert answer_list(officer, {}, year=2025).count() == 0
