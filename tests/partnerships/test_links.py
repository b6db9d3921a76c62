"""Signed links: one holds at a time, the token is in the letter alone, and what happens to a link is noted."""

import hashlib
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core.errors import RuleBroken
from notifications.models.messages import OutgoingMessage
from partnerships.choices.links import LinkEventKind, LinkPurpose, LinkState
from partnerships.choices.timeline import TimelineKind
from partnerships.models.links import SignedLink
from partnerships.models.timeline import TimelineEntry
from partnerships.reminders.files import file_still_to_confirm
from partnerships.selectors.links import link_by, state_of, year_answer
from partnerships.services import links
from partnerships.timeline import describe
from tests.factories.links import ANSWERED, ASKED, address_of, answered, asked_contact, asked_link
from tests.factories.partnerships import ContactFactory, EnterpriseFactory

pytestmark = pytest.mark.django_db
LATER = ASKED + timedelta(days=61)


def events(link):
    return list(link.events.values_list("kind", "note"))


def entries():
    return [describe(entry) for entry in TimelineEntry.objects.order_by("pk")]


def test_asking_writes_one_letter_and_keeps_the_digest_of_its_token(officer):
    contact = asked_contact()

    link = asked_link(contact, by=officer)

    letter = OutgoingMessage.objects.get()
    token = address_of(link).removeprefix("/do/").removesuffix("/")
    assert (letter.address, letter.addressee, letter.language) == ("li@enterprise.example", "李娜", "en")
    assert letter.link == f"/do/{token}/?language=en"
    assert len(token) == 43
    assert link.digest == hashlib.sha256(token.encode()).hexdigest()
    assert token not in letter.body
    assert link_by(token, LinkPurpose.CONFIRM_FILE) == link
    assert link_by(token, LinkPurpose.SIGN_AGREEMENT) is None
    assert (link.expires_at, link.issued_by) == (ASKED + timedelta(days=60), officer)
    assert events(link) == [(LinkEventKind.SENT, "")]
    entry = TimelineEntry.objects.get()
    assert (entry.kind, entry.text, entry.by) == (TimelineKind.FILE_ASKED, "李娜", officer)


def test_a_letter_reads_in_the_language_of_the_contact():
    contact = asked_contact(
        language="zh-hans", enterprise__legal_name="成都电影集团有限公司", enterprise__name_en="Film"
    )
    asked_link(contact)

    letter = OutgoingMessage.objects.get()
    assert letter.language == "zh-hans"
    assert "成都电影集团有限公司" in letter.subject


def test_a_new_letter_retires_the_link_before_it(officer):
    contact = asked_contact()
    first = asked_link(contact)

    second = links.ask(contact.enterprise, by=officer, at=ANSWERED)

    first.refresh_from_db()
    assert (first.revoked_at, second.replaces) == (ANSWERED, first)
    assert state_of(first, now=ANSWERED) == LinkState.REPLACED
    assert state_of(second, now=ANSWERED) == LinkState.OPEN
    assert file_still_to_confirm(first.pk, now=ANSWERED) is False
    assert file_still_to_confirm(second.pk, now=ANSWERED) is True


def test_a_second_click_asks_nobody_again_but_a_mended_address_may_be_asked_at_once(officer):
    link = asked_link()
    with pytest.raises(RuleBroken):
        links.ask(link.enterprise, by=officer, at=ASKED + timedelta(minutes=5))
    assert SignedLink.objects.count() == 1

    link.contact.email = "right@enterprise.example"
    link.contact.save()
    links.ask(link.enterprise, by=officer, at=ASKED + timedelta(minutes=5))

    assert list(OutgoingMessage.objects.order_by("pk").values_list("address", flat=True)) == [
        "li@enterprise.example",
        "right@enterprise.example",
    ]


@pytest.mark.parametrize("fields", [{"email": ""}, {"to_on": ASKED.date() - timedelta(days=1)}])
def test_who_cannot_be_written_to_is_not_asked(officer, fields):
    contact = asked_contact(is_primary=False, **{key: fields[key] for key in fields})

    with pytest.raises(RuleBroken):
        links.issue_link(contact.enterprise, contact, year=2026, by=officer, at=ASKED)
    with pytest.raises(RuleBroken):
        links.ask(contact.enterprise, by=officer, at=ASKED)

    assert not SignedLink.objects.exists()
    assert not OutgoingMessage.objects.exists()


def test_a_contact_of_another_enterprise_and_a_closed_file_are_not_asked():
    contact = asked_contact()
    with pytest.raises(RuleBroken):
        links.issue_link(EnterpriseFactory(), contact, year=2026, by=None, at=ASKED)
    contact.enterprise.archived_at = ASKED
    contact.enterprise.save()
    with pytest.raises(RuleBroken):
        asked_link(contact)
    assert not SignedLink.objects.exists()


def test_only_who_may_change_the_file_asks_and_withdraws(leader):
    link = asked_link()

    with pytest.raises(PermissionDenied):
        links.ask(link.enterprise, by=leader, at=ANSWERED)
    with pytest.raises(PermissionDenied):
        links.revoke_link(link, by=leader, at=ANSWERED)

    assert list(SignedLink.objects.values_list("revoked_at", flat=True)) == [None]


def test_the_first_contact_is_asked_before_others(officer):
    other = ContactFactory()
    first = asked_contact(enterprise=other.enterprise)

    assert links.ask(other.enterprise, by=officer, at=ASKED).contact == first


def test_a_withdrawn_link_says_so_once(officer):
    link = links.revoke_link(asked_link(), by=officer, at=ANSWERED)

    assert state_of(link, now=ANSWERED) == LinkState.WITHDRAWN
    with pytest.raises(RuleBroken):
        links.revoke_link(link, by=officer, at=ANSWERED)
    assert events(link) == [(LinkEventKind.SENT, ""), (LinkEventKind.REVOKED, "")]


def test_passing_on_gives_the_colleague_a_link_of_their_own_that_ends_with_the_old_one():
    link = asked_link()

    new = links.forward_link(link, name="王强", email="wang@enterprise.example", language="zh-hans", at=ANSWERED)

    link.refresh_from_db()
    assert state_of(link, now=ANSWERED) == LinkState.FORWARDED
    assert (new.name, new.email, new.contact, new.expires_at) == (
        "王强", "wang@enterprise.example", None, link.expires_at,
    )  # fmt: skip
    assert events(link)[-1] == (LinkEventKind.FORWARDED, "王强 <wang@enterprise.example>")
    assert events(new) == [(LinkEventKind.SENT, "forwarded")]
    letter = OutgoingMessage.objects.get(key=f"file:{new.pk}")
    assert (letter.address, letter.language) == ("wang@enterprise.example", "zh-hans")
    assert TimelineEntry.objects.latest("pk").text == "李娜 → 王强 <wang@enterprise.example>"


def test_passing_on_to_another_domain_is_marked():
    new = links.forward_link(asked_link(), name="王强", email="wang@gmail.example", language="en", at=ANSWERED)

    assert events(new) == [(LinkEventKind.SENT, "forwarded_outside")]
    assert TimelineEntry.objects.latest("pk").detail == "forwarded_outside"


def test_a_colleague_who_is_on_file_is_recognised():
    link = asked_link()
    known = ContactFactory(enterprise=link.enterprise, email="Wang@enterprise.example", language="zh-hans")

    new = links.forward_link(link, name="Wang", email="wang@enterprise.example", language="en", at=ANSWERED)

    assert new.contact == known
    assert OutgoingMessage.objects.get(key=f"file:{new.pk}").language == "zh-hans"


def test_a_link_that_is_spent_is_not_passed_on():
    link = asked_link()
    answered(link)

    with pytest.raises(links.LinkSpent) as refused:
        links.forward_link(link, name="王强", email="w@enterprise.example", language="en", at=ANSWERED)

    assert refused.value.state == LinkState.ANSWERED
    assert SignedLink.objects.count() == 1


def test_whoever_holds_a_link_cannot_have_letters_written_without_end():
    link = asked_link()
    for number in range(2):
        link = links.forward_link(link, name="A", email=f"{number}@x.example", language="en", at=ASKED)

    with pytest.raises(RuleBroken) as refused:
        links.forward_link(link, name="A", email="3@x.example", language="en", at=ASKED)

    assert not isinstance(refused.value, links.LinkSpent)
    assert SignedLink.objects.count() == 3


def test_a_new_link_for_an_expired_one_goes_to_the_address_on_file_as_it_is_now():
    link = asked_link()
    link.contact.email = "li.na@enterprise.example"
    link.contact.save()

    new = links.send_new_link(link, language="en", at=LATER)

    letter = OutgoingMessage.objects.get(key=f"file:{new.pk}")
    assert letter.address == "li.na@enterprise.example"
    assert (new.year, new.replaces, new.expires_at) == (2026, link, LATER + timedelta(days=60))


def test_a_replaced_link_brings_a_letter_to_whoever_has_the_last_one():
    first = asked_link()
    links.forward_link(first, name="王强", email="wang@enterprise.example", language="en", at=ANSWERED)
    with pytest.raises(links.LinkSpent):
        links.send_new_link(first, language="en", at=ANSWERED)

    assert SignedLink.objects.count() == 2


def test_no_new_link_goes_to_somebody_who_has_left():
    link = asked_link()
    link.contact.to_on = ANSWERED.date()
    link.contact.is_primary = False
    link.contact.save()

    with pytest.raises(links.LinkSpent):
        links.send_new_link(link, language="en", at=LATER)

    assert SignedLink.objects.count() == 1
    assert file_still_to_confirm(link.pk, now=ANSWERED + timedelta(days=1)) is False


def test_the_page_of_the_enterprise_learns_the_year_in_one_query(django_assert_num_queries):
    link = asked_link()
    links.note_opened(link, at=ANSWERED)
    answer = answered(link, file={"city": "绵阳", "short_name": "启明"})

    with django_assert_num_queries(1):
        year = year_answer(link.enterprise, now=ANSWERED)

    assert (year.year, year.asked_at, year.opened_at, year.answer) == (2026, ASKED, ANSWERED, answer)
    assert (year.open_proposals, year.came_back, year.state) == (2, False, None)
    assert year_answer(EnterpriseFactory(), now=ANSWERED) is None


def test_a_letter_that_came_back_shows():
    link = asked_link()
    OutgoingMessage.objects.update(state="failed")

    year = year_answer(link.enterprise, now=ANSWERED)

    assert (year.came_back, year.state, year.answer) == (True, LinkState.OPEN, None)
