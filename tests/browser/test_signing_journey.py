"""An agreement goes out, is passed on to the chairman and signed on a phone, signed here by a leader, and checked."""

import re
from urllib.parse import urlsplit

import pytest
from django.core import mail as mail_box
from playwright.sync_api import expect

from accounts.models.people import User
from partnerships.choices.agreements import AgreementState
from partnerships.models.agreements import Agreement
from signing.models import SigningRequest
from tests.browser.conftest import PageFor
from tests.browser.reader import Reader, panel, two_readers
from tests.browser.steps import Person
from tests.factories.partnerships import ContactFactory
from tests.factories.signing import awaiting

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "影视后期实习基地协议"
ENTERPRISE = {"en": "Chengdu Film Group", "zh-hans": "成都电影集团有限公司"}


@pytest.fixture
def agreement(transactional_db: None, officer: User) -> Agreement:
    agreement = awaiting(
        title=TITLE, owner=officer, enterprise__legal_name=ENTERPRISE["zh-hans"], enterprise__name_en=ENTERPRISE["en"]
    )
    ContactFactory(enterprise=agreement.enterprise, name="李娜", email="li@film.example")
    return agreement


@two_readers
def test_from_naming_the_signers_to_checking_the_code(
    page_for: PageFor,
    assert_sound,
    troubles: list[str],
    officer: User,
    leader: User,
    agreement: Agreement,
    reader: Reader,
):
    def at_the_portal(user: User | None, width: int) -> Person:
        page = page_for(user, language=reader.language, width=width, theme=reader.light)
        return Person(page, reader, assert_sound)

    office = at_the_portal(officer, reader.width)
    _send_out(office, agreement, leader)
    _pass_on(at_the_portal(None, 390), agreement)
    _sign_by_link(at_the_portal(None, 390))
    office.page.reload()
    expect(panel(office.page, ENTERPRISE[reader.language])).to_contain_text(office.says("Has signed"))
    expect(panel(office.page, ENTERPRISE[reader.language])).to_contain_text("曾建")
    _sign_here(at_the_portal(leader, reader.width), agreement)
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.SIGNED
    _check(at_the_portal(None, reader.width), agreement)
    # The link that was passed on is gone, and a form that lacks its tick is sent back: both are meant to be so.
    told = ("410 (Gone)", "422 (Unprocessable Entity)")
    troubles[:] = [each for each in troubles if "/sign/" not in each or not each.endswith(told)]


def _send_out(person: Person, agreement: Agreement, leader: User) -> None:
    person.page.goto(f"/agreements/{agreement.pk}/signing/")
    person.sees(TITLE)
    person.panel("Our school").get_by_role("link").filter(has_text=person.says("Add a signer")).click()
    person.arrives_at("Add a signer")
    person.field("Colleague").select_option(value=str(leader.pk))
    person.choose("How", "In the portal")
    person.button("Save").click()
    person.reads("The signer is on the list. Nothing is sent yet.")
    theirs = panel(person.page, ENTERPRISE[person.language])
    theirs.get_by_role("link").filter(has_text=person.says("Add a signer")).click()
    person.arrives_at("Add a signer")
    person.field("Contact").select_option(index=1)
    person.button("Save").click()
    person.reads("The signer is on the list. Nothing is sent yet.")
    expect(theirs).to_contain_text(person.says("Not sent"))
    person.button("Send out for signing").click()
    expect(theirs.locator(".state").first).to_have_text(person.says("Sent"))
    person.sees(TITLE)


def _link() -> str:
    """What stands in the last letter with a link to sign."""
    found = [re.search(r"https?://\S+/sign/\S+", mail.body) for mail in mail_box.outbox]
    return urlsplit([link.group() for link in found if link][-1]).path


def _open(person: Person) -> None:
    person.page.goto(f"{_link()}?language={person.language}")
    person.arrives_at("Sign an agreement")
    expect(person.page.get_by_role("main")).to_contain_text(ENTERPRISE[person.language])


def _pass_on(person: Person, agreement: Agreement) -> None:
    _open(person)
    person.link("Somebody else signs? Pass it on").click()
    person.arrives_at("Somebody else signs")
    person.field("Name of who signs").fill("曾建")
    person.field("E-mail address of who signs").fill("zeng@group.example")
    person.button("Pass it on").click()
    person.arrives_at("There is nothing to sign here")
    assert SigningRequest.objects.get(party__is_school=False).email == "zeng@group.example"


def _sign_by_link(person: Person) -> None:
    """Another name is refused with the one that is expected."""
    _open(person)
    person.field("Your name").fill("李娜")
    person.page.get_by_role("checkbox").check()
    person.button("Sign", "button").click()
    expect(person.page.get_by_role("alert")).to_contain_text("曾建")
    person.assert_sound()
    person.field("Your name").fill("曾 建")
    person.page.get_by_role("checkbox").check()
    person.button("Sign", "button").click()
    person.arrives_at("Thank you")


def _sign_here(person: Person, agreement: Agreement) -> None:
    person.page.goto(f"/agreements/{agreement.pk}/signing/")
    person.link("Read and sign").click()
    person.arrives_at("Sign an agreement")
    person.field("Your name").fill("陈立")
    person.page.get_by_role("checkbox").check()
    person.button("Sign", "button").click()
    person.reads("You have signed. Thank you.")
    person.assert_sound()


def _check(person: Person, agreement: Agreement) -> None:
    """The code as somebody types it from paper."""
    person.page.goto("/")
    person.link("Check an agreement").click()
    person.arrives_at("Check an agreement")
    person.field("Verification code").fill(agreement.verification.code.lower().replace("-", " "))
    person.button("Check", "a code").click()
    expect(person.page.get_by_role("main")).to_contain_text(person.says("Signed by all parties"))
    expect(person.page.get_by_role("main")).to_contain_text(agreement.verification.serial)
    person.arrives_at("Check an agreement")
