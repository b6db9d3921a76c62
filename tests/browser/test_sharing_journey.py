"""The office shares a laboratory, a representative asks for it on a phone by a link, and the office answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from accounts.models.people import User
from communities.models.members import Representative
from communities.models.sharing import ResourceRequest
from tests.browser.conftest import PageFor
from tests.browser.reader import Reader, two_readers
from tests.browser.steps import Person
from tests.factories.community_work import RepresentativeFactory
from tests.factories.partnerships import ContactFactory
from tests.mails import text_of
from tests.servers import SmtpServer

Check = Callable[[Page], None]


@pytest.fixture(autouse=True)
def nobody_was_here_yet(transactional_db: None) -> None:
    cache.clear()


@pytest.fixture
def who(transactional_db: None, reader: Reader) -> Representative:
    contact = ContactFactory(language=reader.language)
    return RepresentativeFactory(
        contact=contact,
        email="he@member.example",
        membership__organisation="灯塔影视",
        membership__community__name="四川智慧视听共同体",
    )


def link_in(mail: EmailMessage) -> str:
    (address,) = re.findall(r"http://testserver(/shared/\S+)", text_of(mail))
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


@two_readers
def test_a_laboratory_is_shared_found_asked_for_and_granted(
    reader: Reader,
    page_for: PageFor,
    officer: User,
    who: Representative,
    smtp_server: SmtpServer,
    assert_sound: Check,
) -> None:
    look = {"language": reader.language, "width": reader.width, "theme": reader.light}
    here = f"/communities/{who.membership.community_id}/sharing/"
    staff = Person(page_for(officer, **look), reader, assert_sound)
    staff.page.goto(here)
    staff.link("Add a shared resource").first.click()
    staff.arrives_at("Add a shared resource")
    staff.field("organisation").fill("西南石油大学")
    staff.field("kind").select_option("laboratory")
    staff.field("what is shared").fill("虚拟演播室")
    staff.button("Save").click()
    staff.reads("The resource is on file.")
    staff.assert_sound()
    staff.link("Personal links").click()
    staff.arrives_at("Personal links")
    staff.page.get_by_role("checkbox").check()
    staff.button("Send the letters").click()
    sent = reader.count("%(number)s letter is on its way.", "%(number)s letters are on their way.", 1)
    expect(staff.page.get_by_role("status").filter(has_text=sent)).to_be_visible()
    staff.assert_sound()
    assert smtp_server.recipients == [["he@member.example"]]

    guest = Person(page_for(**{**look, "width": 390}), reader, assert_sound)
    guest.page.goto(link_in(smtp_server.messages[0]))
    guest.arrives_at("What members share")
    guest.page.get_by_role("link", name=re.compile(f"^{guest.says('Ask for it')}")).click()
    guest.sees("虚拟演播室")
    guest.field("What for").fill("毕业设计拍摄")
    guest.button("Send").click()
    expect(guest.panel("What you asked for")).to_contain_text("毕业设计拍摄")
    guest.assert_sound()
    assert ResourceRequest.objects.get().representative == who

    staff.page.goto(here)
    staff.panel("Wishes of members").get_by_role("link", name="虚拟演播室").click()
    staff.arrives_at("Answer a wish")
    staff.page.get_by_role("radio", name=staff.says("Granted", "shared resource"), exact=True).check()
    staff.button("Save").click()
    staff.reads("The answer is on file.")
    assert len(smtp_server.messages) == 2
    subject = staff.says("Granted: %(resource)s", resource="虚拟演播室")
    assert smtp_server.messages[1]["Subject"].strip() == subject
