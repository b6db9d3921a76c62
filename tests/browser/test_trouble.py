"""What goes wrong is said in the reader's language; what was typed stays, and nothing is half-written."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Locator, expect

from accounts.choices import Role
from notifications.choices import Matter
from notifications.services.notifying import notify
from partnerships.choices.enterprises import CreditCodeState
from partnerships.models.enterprises import Enterprise
from tests.browser.reader import Reader
from tests.browser.steps import Person
from tests.factories.accounts import person as somebody
from tests.factories.partnerships import EnterpriseFactory, FlagFactory, IndustryFactory
from tests.servers import SmtpServer

WRONG_CODE = "91110108551385082R"  # the last character should be Q

both = pytest.mark.parametrize("reader", [Reader("en", 1440, "light"), Reader("zh-hans", 390, "dark")], ids=str)


PASSWORD = "a-long-password-of-today"


@pytest.fixture
def office(page_for, officer, assert_sound, reader) -> Person:
    officer.set_password(PASSWORD)
    officer.save()
    page = page_for(officer, language=reader.language, width=reader.width, theme=reader.light)
    return Person(page, reader, assert_sound)


@both
def test_a_wrong_code_is_said_beside_its_field_and_what_was_typed_stays(office: Person, reader: Reader):
    industry = IndustryFactory(name_zh="教育", name_en="Education")
    FlagFactory(code="listed", name_zh="上市公司", name_en="Listed company")
    office.page.goto("/enterprises/new/")
    office.field("full registered name").fill("成都🎬影业有限公司")
    office.field("Former names").fill("成都影业\n蓉城影业")
    office.field("industry").select_option(str(industry.pk))
    listed(office).check()
    office.field("Unified social credit code").fill(WRONG_CODE)
    office.field("What the enterprise does").fill("拍电影🎬，也教人拍电影")
    office.button("Save").click()

    beside(office, "Unified social credit code", reader.either("The check character", "校验码不正确"))
    office.assert_sound()
    assert typed(office) == ("成都🎬影业有限公司", "成都影业\n蓉城影业", str(industry.pk), True, WRONG_CODE)
    assert not Enterprise.objects.exists()

    office.field("Save the code as unverified").check()
    office.button("Save").click()

    office.sees("成都🎬影业有限公司")
    expect(office.page.get_by_role("main")).to_contain_text("拍电影🎬，也教人拍电影")
    saved = Enterprise.objects.get()
    assert (saved.credit_code, saved.credit_code_state) == (WRONG_CODE, CreditCodeState.UNVERIFIED)
    assert [former.name for former in saved.former_names.all()] == ["成都影业", "蓉城影业"]


def beside(person: Person, label: str, words: str) -> None:
    field = person.field(label)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile(words))


def listed(person: Person) -> Locator:
    return person.page.get_by_label(person.reader.either("Listed company", "上市公司"), exact=True)


def typed(person: Person) -> tuple[str, str, str, bool, str]:
    return (
        person.field("full registered name").input_value(),
        person.field("Former names").input_value(),
        person.field("industry").input_value(),
        listed(person).is_checked(),
        person.field("Unified social credit code").input_value(),
    )


@both
def test_who_saves_second_is_told_and_keeps_what_was_typed(office: Person, reader: Reader, page_for, assert_sound):
    enterprise = EnterpriseFactory(legal_name="成都影业有限公司", name_en="", city="成都", address="")
    other = Person(page_for(somebody(Role.OFFICER), language="en"), Reader("en", 1440, "light"), assert_sound)
    for person in (office, other):
        person.page.goto(f"/enterprises/{enterprise.pk}/edit/")
    other.field("city").fill("德阳")
    other.button("Save").click()
    other.sees("成都影业有限公司")

    office.field("city").fill("绵阳")
    office.field("address").fill("科创园区1号")
    office.button("Save").click()

    expect(office.page.get_by_role("alert").first).to_contain_text(
        reader.either("Someone else saved this record after you opened it.", "您打开之后，这条记录已被他人保存。")
    )
    expect(office.page.get_by_role("main")).to_contain_text("德阳")
    assert (office.field("city").input_value(), office.field("address").input_value()) == ("绵阳", "科创园区1号")
    office.assert_sound()
    enterprise.refresh_from_db()
    assert (enterprise.city, enterprise.address) == ("德阳", "")

    office.button("Save").click()
    office.sees("成都影业有限公司")
    enterprise.refresh_from_db()
    assert (enterprise.city, enterprise.address) == ("绵阳", "科创园区1号")


@both
def test_what_was_typed_outlives_the_session(office: Person, reader: Reader, officer, troubles: list[str]):
    office.page.goto("/enterprises/new/")
    office.field("full registered name").fill("成都影业有限公司")
    office.field("Former names").fill("蓉城影业")
    Session.objects.all().delete()
    office.button("Save").click()

    office.field("E-mail, staff number or student number").fill(officer.number)
    office.field("Password").fill(PASSWORD)
    with office.page.expect_navigation():
        office.button("Sign in").click()
    office.page.goto("/enterprises/new/")

    expect(office.field("full registered name")).to_have_value("成都影业有限公司")
    expect(office.field("Former names")).to_have_value("蓉城影业")
    office.button("Save").click()
    office.sees("成都影业有限公司")
    assert Enterprise.objects.get().legal_name == "成都影业有限公司"
    troubles.clear()  # the form without a session is a 403


@both
def test_a_link_for_a_new_password_works_once(reader: Reader, officer, smtp_server: SmtpServer, page_for, assert_sound):
    page = page_for(language=reader.language, width=reader.width, theme=reader.light)
    page.goto("/accounts/password/reset/")
    page.get_by_role("textbox").fill(officer.email)
    page.get_by_role("button", name=reader.say("Send the link"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(reader.say("Look into your mail"))
    link = urlsplit(re.search(r"http\S+/key/\S+", smtp_server.messages[0].get_content()).group()).path
    page.goto(link)
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    assert_sound(page)
    page.get_by_role("button", name=reader.say("Save the new password"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(reader.say("The new password is saved"))
    assert_sound(page)
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)

    page.goto(link)

    expect(page.get_by_role("heading", level=1)).to_have_text(reader.say("This link no longer works"))
    assert_sound(page)


@both
def test_a_message_about_what_is_gone_says_so(office: Person, officer, troubles: list[str]):
    gone = EnterpriseFactory()
    told = {"template": "emails/visits/cancelled.txt", "context": {"enterprise": "成都影业"}, "at": timezone.now()}
    notify(officer, key="x:1", matter=Matter.VISIT, link=f"/enterprises/{gone.pk}/", **told)
    gone.delete()

    office.page.goto("/inbox/")
    office.page.get_by_role("table").get_by_role("link").first.click()
    office.link("Go to it", "message").click()

    office.arrives_at("There is nothing here")
    troubles.clear()  # the browser's own word for a 404
