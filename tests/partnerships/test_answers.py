"""What an enterprise says by its link: kept once, nothing overwritten, what stands is confirmed."""

import threading

import pytest
from django.db import connections

from notifications.models.messages import OutgoingMessage
from notifications.services import letters as notification_letters
from partnerships.choices.links import LEFT, NEW_CONTACT, Intake, LinkEventKind, LinkState
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.models.links import FileAnswer, ProposedChange
from partnerships.services import links
from partnerships.services.answers import answer_file
from partnerships.timeline import describe
from tests.factories.links import ANSWERED, answered, asked_contact, asked_link, said

pytestmark = pytest.mark.django_db
COLLEAGUE = {"name": "王强", "title": "HR", "phone": "", "email": "wang@enterprise.example"}


def proposals():
    return list(ProposedChange.objects.order_by("pk").values_list("field", "before", "after", "contact"))


def test_a_file_that_is_right_is_confirmed_by_its_contact(officer):
    link = asked_link(asked_contact(enterprise__confirmed_by=officer))

    answer = answered(link)

    file, contact = link.enterprise, link.contact
    file.refresh_from_db()
    contact.refresh_from_db()
    assert (file.confirmed_at, file.confirmed_by, file.confirmed_via) == (ANSWERED, None, contact)
    assert (contact.confirmed_at, contact.confirmed_via) == (ANSWERED, contact)
    assert (answer.interns, answer.interns_number, answer.graduates) == (Intake.YES, 5, Intake.MAYBE)
    assert proposals() == []
    entry = file.timeline.first()
    assert (entry.kind, entry.text, entry.by) == (TimelineKind.FILE_ANSWERED, "李娜", None)
    assert file.last_contact_at == ANSWERED
    assert list(link.events.values_list("kind", flat=True)) == [LinkEventKind.SENT, LinkEventKind.SUBMITTED]


def test_a_correction_waits_as_a_proposal_and_nothing_is_overwritten():
    link = asked_link()

    answered(link, file={"city": "绵阳", "staff_count": "120"}, person={"title": "总监"})

    file, contact = link.enterprise, link.contact
    file.refresh_from_db()
    contact.refresh_from_db()
    assert (file.city, file.staff_count, contact.title) == ("成都", None, "人事经理")
    assert (file.confirmed_at, contact.confirmed_at) == (None, None)
    assert proposals() == [
        ("city", "成都", "绵阳", None),
        ("staff_count", "", "120", None),
        ("title", "人事经理", "总监", contact.pk),
    ]
    assert describe(file.timeline.first()) != ""


def test_what_is_right_is_confirmed_beside_what_is_corrected():
    link = asked_link()

    answered(link, person={"phone": "13811112222"})

    link.enterprise.refresh_from_db()
    link.contact.refresh_from_db()
    assert (link.enterprise.confirmed_via, link.contact.confirmed_at) == (link.contact, None)


def test_who_has_left_names_a_colleague():
    link = asked_link()

    answered(link, has_left=True, colleague=COLLEAGUE, person={"title": "not asked any more"})

    assert proposals() == [
        (LEFT, "", "2026-09-03", link.contact_id),
        (NEW_CONTACT, "", "王强\nHR\n\nwang@enterprise.example", None),
    ]
    assert Contact.objects.count() == 1


def test_a_colleague_who_is_not_on_file_vouches_for_nothing_and_is_proposed_as_a_contact():
    first = asked_link()
    link = links.forward_link(first, name="王强", email="wang@enterprise.example", language="en", at=ANSWERED)

    answer = answered(link, person={"title": "HR"})

    link.enterprise.refresh_from_db()
    assert (answer.contact, answer.name, link.enterprise.confirmed_at) == (None, "王强", None)
    assert proposals() == [(NEW_CONTACT, "", "王强\nHR\n\nwang@enterprise.example", None)]


def test_a_change_by_staff_meanwhile_is_not_taken_for_one_of_theirs():
    link = asked_link()
    words = said(link, file={"address": "天府大道 1 号"})
    link.enterprise.city = "德阳"
    link.enterprise.save()

    answer_file(link, said=words, at=ANSWERED)

    assert proposals() == [("address", "", "天府大道 1 号", None)]


def test_a_link_is_used_once():
    link = asked_link()
    answered(link)

    with pytest.raises(links.LinkSpent) as refused:
        answered(link, file={"city": "绵阳"})

    assert refused.value.state == LinkState.ANSWERED
    assert (FileAnswer.objects.count(), proposals()) == (1, [])


def test_a_withdrawn_or_expired_link_answers_nothing(officer):
    link = asked_link()
    words = said(link)
    with pytest.raises(links.LinkSpent) as expired:
        answer_file(link, said=words, at=link.expires_at)
    links.revoke_link(link, by=officer, at=ANSWERED)
    with pytest.raises(links.LinkSpent) as withdrawn:
        answer_file(link, said=words, at=ANSWERED)

    assert (expired.value.state, withdrawn.value.state) == (LinkState.EXPIRED, LinkState.WITHDRAWN)
    assert not FileAnswer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_answer_once(monkeypatch):
    monkeypatch.setattr(notification_letters, "ring", lambda task, row_id: True)
    link = asked_link()
    words = said(link, file={"city": "绵阳"})
    start = threading.Barrier(6)
    outcomes = []

    def send():
        start.wait()
        try:
            answer_file(link, said=words, at=ANSWERED)
            outcomes.append("kept")
        except links.LinkSpent as spent:
            outcomes.append(spent.state.value)
        finally:
            connections.close_all()

    tabs = [threading.Thread(target=send) for _ in range(6)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()

    assert sorted(outcomes) == ["answered"] * 5 + ["kept"]
    assert (FileAnswer.objects.count(), ProposedChange.objects.count()) == (1, 1)


def test_the_owner_of_the_file_hears_of_the_answer(officer):
    link = asked_link(asked_contact(enterprise__owner=officer, enterprise__name_en="Chengdu Film Group"))

    answered(link, file={"city": "绵阳"})

    told = OutgoingMessage.objects.get(recipient=officer, channel="inbox")
    assert told.link == f"/enterprises/{link.enterprise_id}/"
    if officer.language == "en":
        assert told.body.splitlines() == [
            "Answered by 李娜.", "Interns: Yes (5)", "Graduates: Maybe", "", "1 correction waits for your decision.",
        ]  # fmt: skip
