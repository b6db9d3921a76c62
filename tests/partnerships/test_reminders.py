"""What owners of enterprises hear of: needs without an answer, silence, old data, letters that came back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.choices import Role
from accounts.models.school import SpecialDay
from notifications.choices import Channel, MessageState
from notifications.delivery import deliver_message
from notifications.models.messages import OutgoingMessage
from partnerships.choices.needs import NeedState
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.needs import Need
from partnerships.services.freshness import confirm_need
from partnerships.services.needs import close_need
from tests.factories.accounts import UserFactory, person
from tests.factories.partnerships import ContactFactory, EnterpriseFactory, NeedFactory
from tests.reminding import due, queue, set_terms, told

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MONDAY = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
FIRST = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)  # a Tuesday
TENTH = datetime(2026, 12, 10, 2, 0, tzinfo=UTC)
LONG_AGO = datetime(2026, 3, 1, tzinfo=UTC)


def mails(rule: str) -> list[OutgoingMessage]:
    return list(OutgoingMessage.objects.filter(rule=rule, channel=Channel.EMAIL).order_by("pk"))


def leave(rule: str, now: datetime) -> list[bool]:
    """Whether the stored mails leave a minute later."""
    return [deliver_message(mail.pk, now=now + timedelta(minutes=1)) for mail in mails(rule)]


def owned(**fields: object) -> Enterprise:
    """An enterprise with an owner, and fresh in every way."""
    given = {"owner": UserFactory(), "confirmed_at": TENTH, "last_contact_at": TENTH, **fields}
    return EnterpriseFactory(**given)


def test_the_owner_is_reminded_of_a_need_after_five_working_days_and_every_ten():
    need = NeedFactory(enterprise=owned(name_en="Film Ltd"), confirmed_at=MONDAY)
    days = [n for n in range(90) if queue(MONDAY + n * DAY, "partnerships.need")]

    assert days == [7, 21, 35, 49, 63, 77]  # weeks of five working days; after 60 of them there is silence
    assert {mail.recipient for mail in mails("partnerships.need")} == {need.enterprise.owner}
    first = mails("partnerships.need")[0]
    assert first.subject == "Without an answer: what Film Ltd needs"
    assert first.body.splitlines()[2:4] == [f"Graduates: {need.description}", "Number: 5"]
    assert (first.link, first.enterprise_id) == (f"/enterprises/{need.enterprise_id}/needs/", need.enterprise_id)


def test_days_off_put_off_the_reminder_of_a_need():
    SpecialDay.objects.create(day=date(2026, 11, 5), name_zh="放假")
    NeedFactory(enterprise=owned(), confirmed_at=MONDAY)

    assert queue(MONDAY + 7 * DAY, "partnerships.need") == 0
    assert queue(MONDAY + 8 * DAY, "partnerships.need") == 2


def test_without_an_owner_of_the_file_the_need_s_own_is_told_and_without_one_the_office(officer):
    gone = UserFactory(is_active=False)
    mine = NeedFactory(enterprise=owned(owner=None), owner=UserFactory(), confirmed_at=MONDAY)
    nobody_s = NeedFactory(enterprise=owned(owner=gone), confirmed_at=MONDAY)

    found = {each.subject_id: each.told(("owner", "office")) for each in due("partnerships.need", MONDAY + 7 * DAY)}

    assert found == {mine.pk: [mine.owner], nobody_s.pk: [officer]}


@pytest.mark.parametrize("fields", [{"state": NeedState.MET}, {"state": NeedState.DROPPED}, {"confirmed_at": None}])
def test_needs_that_are_closed_or_of_an_unknown_day_remind_nobody(fields):
    NeedFactory(**{"enterprise": owned(), "confirmed_at": MONDAY, **fields})

    assert told("partnerships.need", MONDAY + 7 * DAY) == []


@pytest.mark.parametrize("change", ["met", "still wanted", "file closed", "another owner"])
def test_what_was_said_of_a_need_a_minute_before_is_not_asked_for(officer, change):
    now, need = MONDAY + 7 * DAY, NeedFactory(enterprise=owned(), confirmed_at=MONDAY)
    queue(now, "partnerships.need")

    if change == "met":
        close_need(need, state=NeedState.MET, result="招了5人", by=officer, at=now)
    elif change == "still wanted":
        confirm_need(need, by=officer, at=now)
    elif change == "file closed":
        Enterprise.objects.update(archived_at=now)
    else:
        Enterprise.objects.update(owner=officer)

    assert leave("partnerships.need", now) == [False]
    assert mails("partnerships.need")[0].state == MessageState.DROPPED


def test_an_owner_reads_once_a_month_of_all_who_are_silent():
    owner = UserFactory(language="en")
    for number in range(22):
        owned(owner=owner, last_contact_at=LONG_AGO + number * DAY, name_en=f"Number {number}")
    owned(owner=owner)
    owned(owner=None, last_contact_at=LONG_AGO)

    assert [queue(FIRST - DAY, "partnerships.silent"), queue(FIRST, "partnerships.silent")] == [0, 2]
    assert queue(FIRST + 6 * DAY, "partnerships.silent") == 0

    [mail] = mails("partnerships.silent")
    lines = mail.body.splitlines()
    assert (mail.subject, mail.recipient) == ("22 enterprises of yours have gone silent", owner)
    assert lines[0] == "For 6 months or longer nobody was in touch with:"
    assert [line for line in lines if line.startswith("- ")] == [f"- Number {number}" for number in range(20)]
    assert "and 2 more" in lines
    assert mail.link == "/enterprises/?owner=me&contact=6"
    assert queue(datetime(2027, 1, 4, 2, 0, tzinfo=UTC), "partnerships.silent") == 2


def test_a_new_file_is_not_silent_and_the_months_are_those_that_an_administrator_set():
    young, old = owned(last_contact_at=None), owned(last_contact_at=None)
    met = owned(last_contact_at=datetime(2026, 8, 15, tzinfo=UTC))
    Enterprise.objects.filter(pk=young.pk).update(created_at=FIRST - 30 * DAY)
    Enterprise.objects.filter(pk=old.pk).update(created_at=LONG_AGO)
    assert [each.subject_id for each in due("partnerships.silent", FIRST)] == [old.owner_id]

    set_terms("partnerships.silent", number=3)

    assert [each.subject_id for each in due("partnerships.silent", FIRST)] == [old.owner_id, met.owner_id]


def test_silence_in_a_holiday_is_told_of_on_the_next_working_day():
    for day in range(1, 9):
        SpecialDay.objects.create(day=date(2026, 10, day), name_zh="国庆")
    owned(last_contact_at=LONG_AGO)

    stored = [day for day in range(1, 12) if queue(datetime(2026, 10, day, 2, tzinfo=UTC), "partnerships.silent")]

    assert stored == [9]


def test_who_was_called_a_minute_before_is_not_silent_any_more():
    enterprise = owned(last_contact_at=LONG_AGO)
    queue(FIRST, "partnerships.silent")
    Enterprise.objects.filter(pk=enterprise.pk).update(last_contact_at=FIRST)

    assert leave("partnerships.silent", FIRST) == [False]


def test_an_owner_reads_once_a_month_of_files_and_contacts_to_confirm():
    owner = UserFactory(language="en")
    owned(owner=owner, confirmed_at=None, name_en="Stale Ltd")
    with_contact = owned(owner=owner, name_en="Old Contacts Ltd")
    ContactFactory(enterprise=with_contact, confirmed_at=None)
    fresh = owned(owner=owner)
    ContactFactory(enterprise=fresh, confirmed_at=TENTH - DAY)
    ContactFactory(enterprise=fresh, confirmed_at=None, to_on=date(2026, 11, 1))

    assert [queue(TENTH - DAY, "partnerships.contact"), queue(TENTH, "partnerships.contact")] == [0, 2]
    [mail] = mails("partnerships.contact")

    assert (mail.subject, mail.recipient) == ("Please confirm 2 files of yours", owner)
    assert {line for line in mail.body.splitlines() if line.startswith("- ")} == {"- Stale Ltd", "- Old Contacts Ltd"}


def test_what_was_confirmed_a_minute_before_is_not_asked_for():
    contact = ContactFactory(enterprise=owned(), confirmed_at=None)
    queue(TENTH, "partnerships.contact")
    Contact.objects.filter(pk=contact.pk).update(confirmed_at=TENTH)

    assert leave("partnerships.contact", TENTH) == [False]


@pytest.mark.parametrize("owners", [1, 3])
def test_owners_are_found_in_the_same_number_of_queries(owners, django_assert_num_queries):
    for _owner in range(owners):
        owned(confirmed_at=None, last_contact_at=LONG_AGO)

    with django_assert_num_queries(3):  # terms, days off, owners with their enterprises
        assert len(due("partnerships.silent", FIRST)) == owners
    with django_assert_num_queries(4):  # and the terms of freshness
        assert len(due("partnerships.contact", TENTH)) == owners


def failed(address: str, at: datetime, **fields: object) -> OutgoingMessage:
    """A letter to somebody without an account that could not be delivered."""
    given = {
        "key": f"letter:{at:%m%d}", "channel": Channel.EMAIL, "matter": "enterprise", "address": address,
        "language": "en", "subject": "?", "body": "?", "state": MessageState.FAILED, "queued_at": at,
        "send_after": at, "claimed_at": at, **fields,
    }  # fmt: skip
    return OutgoingMessage.objects.create(**given)


def test_a_letter_that_came_back_is_told_to_the_owner_once(officer):
    contact = ContactFactory(enterprise=owned(name_en="Film Ltd"), name="李娜", email="li@x.example")
    failed("li@x.example", MONDAY)
    failed("li@x.example", MONDAY + 3 * DAY)
    failed("other@x.example", MONDAY)

    assert [queue(MONDAY + n * DAY, "partnerships.bounced") for n in range(15)] == [2, *[0] * 14]

    [mail] = mails("partnerships.bounced")
    assert (mail.recipient, mail.link) == (contact.enterprise.owner, f"/contacts/{contact.pk}/edit/")
    assert mail.subject == "A letter to 李娜 (Film Ltd) came back"
    assert "2 Nov 2026" in mail.body
    assert "li@x.example" in mail.body


def test_without_an_owner_the_office_reads_what_came_back():
    officers = [person(Role.OFFICER), person(Role.OFFICER)]
    ContactFactory(enterprise=owned(owner=None), email="li@x.example")
    failed("li@x.example", MONDAY)

    [found] = due("partnerships.bounced", MONDAY)

    assert found.told(("owner", "office")) == officers


@pytest.mark.parametrize("change", ["corrected", "left", "sent again"])
def test_what_was_put_right_a_minute_before_is_not_told(change):
    contact = ContactFactory(enterprise=owned(), email="li@x.example")
    letter = failed("li@x.example", MONDAY)
    queue(MONDAY, "partnerships.bounced")

    if change == "corrected":
        Contact.objects.filter(pk=contact.pk).update(email="na@x.example")
    elif change == "left":
        Contact.objects.filter(pk=contact.pk).update(to_on=date(2026, 11, 1))
    else:
        OutgoingMessage.objects.filter(pk=letter.pk).update(state=MessageState.QUEUED)

    assert leave("partnerships.bounced", MONDAY) == [False]


@pytest.mark.parametrize("rows", [1, 3])
def test_needs_and_addresses_are_found_in_the_same_number_of_queries(rows, django_assert_num_queries):
    for number in range(rows):
        NeedFactory(enterprise=owned(), confirmed_at=MONDAY)
        ContactFactory(enterprise=owned(), email=f"{number}@x.example")
        failed(f"{number}@x.example", MONDAY)

    with django_assert_num_queries(4):  # terms, days off, the office, needs
        assert len(due("partnerships.need", MONDAY + 7 * DAY)) == rows
    with django_assert_num_queries(5):  # and the addresses that failed
        assert len(due("partnerships.bounced", MONDAY)) == rows
    assert Need.objects.count() == rows
