"""Contacts who come and leave; needs that open and close."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from core.errors import RuleBroken
from partnerships.choices.needs import NeedKind, NeedState
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.models.needs import Need
from partnerships.models.timeline import TimelineEntry
from partnerships.services import contacts, needs
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import ContactFactory, EnterpriseFactory, NeedFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def test_a_contact_is_entered_and_told_of(college_staff):
    enterprise = EnterpriseFactory()

    contact = contacts.add_contact(
        enterprise, fields={"name": "曾建", "title": "总经理", "is_primary": True}, by=college_staff, at=NOW
    )

    assert (contact.enterprise, contact.name, contact.is_primary) == (enterprise, "曾建", True)
    entry = TimelineEntry.objects.get()
    assert (entry.kind, entry.text, entry.by) == (TimelineKind.CONTACT_ADDED, "曾建 · 总经理", college_staff)


def test_a_new_first_contact_takes_the_place_of_the_old_one(officer):
    old = ContactFactory(is_primary=True)

    new = contacts.add_contact(old.enterprise, fields={"name": "新人", "is_primary": True}, by=officer, at=NOW)

    old.refresh_from_db()
    assert (old.is_primary, new.is_primary) == (False, True)


def test_changing_a_contact_to_first_contact_does_the_same(officer):
    old = ContactFactory(is_primary=True)
    other = ContactFactory(enterprise=old.enterprise)

    contacts.change_contact(other, fields={"is_primary": True, "phone": "0817-1"}, by=officer, at=NOW)

    other.refresh_from_db()
    assert (other.is_primary, other.phone) == (True, "0817-1")
    assert Contact.objects.filter(is_primary=True).count() == 1


def test_an_address_that_is_none_is_refused_and_nothing_is_written(officer):
    with pytest.raises(ValidationError):
        contacts.add_contact(EnterpriseFactory(), fields={"name": "甲", "email": "none"}, by=officer, at=NOW)

    assert not Contact.objects.exists()
    assert not TimelineEntry.objects.exists()


def test_a_contact_who_left_stays_in_the_history(officer):
    contact = ContactFactory(is_primary=True, from_on=date(2024, 1, 1))

    contacts.contact_left(contact, on=date(2026, 11, 19), by=officer, at=NOW)

    contact.refresh_from_db()
    assert (contact.to_on, contact.is_primary) == (date(2026, 11, 19), False)
    assert not Contact.objects.current(date(2026, 11, 20)).exists()
    assert TimelineEntry.objects.get().detail == "2026-11-19"


@pytest.mark.parametrize(
    ("fields", "on"),
    [({"to_on": date(2026, 1, 1)}, date(2026, 11, 19)), ({"from_on": date(2026, 12, 1)}, date(2026, 11, 19))],
)
def test_a_contact_cannot_leave_twice_or_before_coming(officer, fields, on):
    contact = ContactFactory(**fields)

    with pytest.raises(RuleBroken):
        contacts.contact_left(contact, on=on, by=officer, at=NOW)

    contact.refresh_from_db()
    assert contact.to_on == fields.get("to_on")
    assert not TimelineEntry.objects.exists()


def test_a_need_has_its_majors_and_an_owner(college_staff):
    enterprise, major = EnterpriseFactory(), MajorFactory()

    need = needs.record_need(
        enterprise,
        fields={"kind": NeedKind.INTERNS, "description": "剪辑实习生", "headcount": 6},
        majors=[major],
        by=college_staff,
        at=NOW,
    )

    assert (need.owner, need.state, need.version) == (college_staff, NeedState.OPEN, 1)
    assert list(need.majors.all()) == [major]
    entry = TimelineEntry.objects.get()
    assert (entry.kind, entry.text, entry.detail) == (TimelineKind.NEED_RECORDED, "剪辑实习生", "interns")


@pytest.mark.parametrize("state", [NeedState.MET, NeedState.DROPPED])
def test_a_need_is_closed_with_its_result(officer, state):
    need = NeedFactory()

    closed = needs.close_need(need, state=state, result="录用三人", by=officer, at=NOW)

    assert (closed.state, closed.result) == (state, "录用三人")
    assert TimelineEntry.objects.get().detail == state.value


def test_a_closed_need_is_not_closed_again(officer):
    need = NeedFactory(state=NeedState.MET, result="一")

    with pytest.raises(RuleBroken):
        needs.close_need(need, state=NeedState.DROPPED, result="二", by=officer, at=NOW)
    with pytest.raises(RuleBroken):
        needs.close_need(NeedFactory(), state=NeedState.OPEN, result="三", by=officer, at=NOW)

    need.refresh_from_db()
    assert (need.state, need.result) == (NeedState.MET, "一")


@pytest.mark.parametrize("who", ["leader", "student", "stranger"])
def test_others_keep_neither_contacts_nor_needs(request, who):
    user = request.getfixturevalue(who)
    enterprise, contact, need = EnterpriseFactory(), ContactFactory(), NeedFactory()

    for act in (
        lambda: contacts.add_contact(enterprise, fields={"name": "甲"}, by=user, at=NOW),
        lambda: contacts.change_contact(contact, fields={"name": "乙"}, by=user, at=NOW),
        lambda: contacts.contact_left(contact, on=date(2026, 11, 19), by=user, at=NOW),
        lambda: needs.record_need(enterprise, fields={"kind": "recruit", "description": "丙"}, by=user, at=NOW),
        lambda: needs.close_need(need, state=NeedState.MET, result="丁", by=user, at=NOW),
    ):
        with pytest.raises(PermissionDenied):
            act()

    contact.refresh_from_db()
    need.refresh_from_db()
    assert (Contact.objects.count(), Need.objects.count()) == (1, 1)
    assert (contact.to_on, need.state) == (None, NeedState.OPEN)
    assert not TimelineEntry.objects.exists()
