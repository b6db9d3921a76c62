"""A draft goes through its review: approved, handed on, returned, sent again, and approved by a leader on the road."""

import pytest
from playwright.sync_api import expect

from accounts.choices import Role
from drafting.choices import StepState
from drafting.models.reviews import ReviewStep
from drafting.services import reviews
from partnerships.choices.agreements import AgreementState
from tests.browser.reader import two_readers
from tests.browser.steps import Person
from tests.factories.accounts import person as make_person
from tests.factories.partnerships import AgreementKindFactory
from tests.factories.reviews import SENT, drafted, open_step

TITLE = "影视后期战略合作框架协议"


@pytest.fixture
def agreement(officer, college):
    kind = AgreementKindFactory(code="strategic", name_zh="战略合作", name_en="Framework", needs_leadership=True)
    return drafted(title=TITLE, kind=kind, owner=officer, colleges=[college])


@two_readers
def test_a_draft_is_returned_once_and_approved_by_a_leader(
    page_for, assert_sound, officer, college_staff, leader, agreement, reader
):
    colleague = make_person(Role.OFFICER, name="罗建平", name_en="Luo Jianping")

    def opens(user, width=reader.width):
        page = page_for(user, language=reader.language, width=width, theme=reader.light)
        person = Person(page, reader, assert_sound)
        page.goto("/")
        return person

    office = opens(officer)
    _send(office, agreement)
    _approve(opens(college_staff))
    _hand_on(office, agreement, colleague)
    _return(opens(colleague), officer)
    _send(office, agreement)
    reviews.approve(open_step(agreement), by=college_staff, at=SENT)
    for _step in range(2):
        reviews.approve(open_step(agreement), by=officer, at=SENT)
    _approve(opens(leader, width=390))

    agreement.refresh_from_db()
    assert agreement.state == AgreementState.AWAITING_SIGNATURES
    decided = ReviewStep.objects.filter(state__in=[StepState.APPROVED, StepState.RETURNED]).order_by("round", "place")
    assert list(decided.values_list("round", "role", "state", "decided_by")) == [
        (1, "college", "approved", college_staff.pk),
        (1, "office", "returned", colleague.pk),
        (2, "college", "approved", college_staff.pk),
        (2, "office", "approved", officer.pk),
        (2, "legal", "approved", officer.pk),
        (2, "leadership", "approved", leader.pk),
    ]


def _send(office, agreement):
    office.page.goto(f"/agreements/{agreement.pk}/review/")
    office.sees(TITLE)
    office.button("Send to review").click()
    office.reads("The agreement is now: %(state)s.", state=office.says("In review"))
    office.stands_at("College")


def _approve(person):
    """Two taps from the first page: the agreement, and the button."""
    person.assert_sound()
    person.panel("Agreements waiting for my review").get_by_role("link", name=TITLE).click()
    person.sees(TITLE)
    person.button("Approve", "a draft").click()
    person.reads("You have approved the draft.")


def _hand_on(office, agreement, colleague):
    office.page.goto(f"/agreements/{agreement.pk}/review/")
    office.stands_at("Employment office")
    office.page.locator("summary").filter(has_text=office.says("Choose the colleague")).click()
    office.field("Colleague").select_option(str(colleague.pk))
    office.panel("Hand to a colleague").get_by_role("textbox").fill("涉及设备保险，请看")
    office.button("Hand on").click()
    expect(office.page.get_by_text("涉及设备保险，请看")).to_be_visible()
    office.sees(TITLE)


def _return(person, officer):
    """Not without saying what is to be corrected."""
    person.panel("Agreements waiting for my review").get_by_role("link", name=TITLE).click()
    person.sees(TITLE)
    person.button("Return for correction").click()
    expect(person.panel("Your decision")).to_contain_text(person.says("Say what is to be corrected."))
    person.assert_sound()
    person.field("Comment").first.fill("写明设备归属")
    person.button("Return for correction").click()
    person.reads("The draft was returned for correction; its owner is told.")
    expect(person.page.get_by_text("写明设备归属")).to_be_visible()
    person.assert_sound()
