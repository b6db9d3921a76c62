"""What happened around an enterprise: found, opened, written down, kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.models.people import User
from partnerships.choices.enterprises import EnterpriseLevel
from partnerships.choices.timeline import TimelineKind
from partnerships.models.enterprises import Enterprise
from partnerships.models.notes import Note
from partnerships.services.contacts import change_contact
from partnerships.services.enterprises import add_enterprise, change_enterprise
from partnerships.services.timeline import record
from tests.browser.conftest import PageFor
from tests.browser.reader import Reader, rows_of, two_readers
from tests.browser.steps import Person
from tests.factories.notifications import EmailFactory
from tests.factories.partnerships import ContactFactory, IndustryFactory, NatureFactory, ProvinceFactory

ZH, EN = "成都灯塔影视文化有限公司", "Chengdu Lighthouse Film & Culture Co., Ltd."
ABOUT = (
    "影视制作与后期剪辑，员工约一千三百人，总部在成都高新区，"
    "另有南充分公司一家，近年以动画为主，并与多所院校合作开办订单班。"
)
PDF = {"name": "licence.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%licence"}
Check = Callable[[Page], None]


@pytest.fixture
def enterprise(transactional_db: None, officer: User, leader: User) -> Enterprise:
    """A file that was changed, with a letter and an old visit on its stream."""
    now = timezone.now()
    fields = {
        "legal_name": ZH, "name_en": EN, "province": ProvinceFactory(), "city": "成都", "nature": NatureFactory(),
        "industry": IndustryFactory(), "about": ABOUT, "owner": officer,
    }  # fmt: skip
    enterprise = add_enterprise(by=officer, at=now - timedelta(days=500), fields=fields)
    record(enterprise, TimelineKind.VISIT_REPORTED, by=leader, at=now - timedelta(days=400), text="洽谈实习基地")
    contact = ContactFactory(enterprise=enterprise, name="何芳", phone="139 0000 0000", from_on=None)
    phone = {"phone": "138 0000 1234", "from_on": date(2026, 3, 1), "is_primary": True}
    change_contact(contact, fields=phone, by=officer, at=now - timedelta(minutes=9))
    about = ABOUT.replace("一千三百", "一千五百").replace("动画", "数字内容")
    change_enterprise(
        enterprise,
        version=None,
        fields={"about": about, "level": EnterpriseLevel.CORE, "staff_count": 1500},
        by=officer,
        at=now - timedelta(minutes=5),
    )
    letter = EmailFactory(recipient=None, address="he@lighthouse.example", addressee="何芳", language="zh-hans",
                          subject="春季招聘会邀请", body="何女士：\n\n诚邀贵司参加。")  # fmt: skip
    record(
        enterprise, TimelineKind.EMAIL_SENT, by=officer, at=now - timedelta(minutes=2), text=letter.subject,
        detail=f"message:{letter.pk}",
    )  # fmt: skip
    return enterprise


def entries(page: Page) -> list[str]:
    """The sentences of the stream, without hour and author."""
    return [line.splitlines()[0].strip() for line in page.locator("#rows .timeline > li").all_inner_texts()]


def open_tab(person: Person, tab: str) -> None:
    parts = person.page.get_by_role("navigation", name=person.says("Parts of the file"))
    parts.get_by_role("link", name=person.says(tab), exact=True).click()
    person.sees(person.reader.either(EN, ZH))


def unfold(person: Person) -> Locator:
    """The bar of filters, unfolded where it is folded."""
    bar = person.page.locator("form.filters")
    button = bar.locator("button.filters-unfold")
    if button.is_visible() and button.get_attribute("aria-expanded") == "false":
        button.click()
    return bar


@two_readers
def test_the_stream_is_searched_and_its_changes_opened(
    enterprise: Enterprise, officer: User, page_for: PageFor, assert_sound: Check, reader: Reader
):
    page = page_for(officer, language=reader.language, width=reader.width, theme=reader.light)
    person = Person(page, reader, assert_sound)
    page.goto(f"/enterprises/{enterprise.pk}/")
    page.locator("details.changes > summary").first.click()
    person.assert_sound()
    open_tab(person, "Timeline")
    assert len(entries(page)) == 5

    choose_and_take_away(person)
    open_the_changes(person)
    read_the_letter(person)


def choose_and_take_away(person: Person) -> None:
    page, say = person.page, person.says
    letters = person.reader.either("E-mail sent: 春季招聘会邀请", "发送邮件：春季招聘会邀请")
    unfold(person).locator("[name=kind]").select_option("letters")
    expect(page.locator("#rows .timeline > li")).to_have_count(1)
    assert entries(page) == [letters]
    assert "kind=letters" in page.url
    person.assert_sound()
    page.locator("#rows a.chip").click()
    expect(page.locator("#rows .timeline > li")).to_have_count(5)
    person.link("This year").click()
    expect(page.locator("#rows .timeline > li")).to_have_count(3)
    expect(person.link("This year")).to_have_attribute("aria-current", "true")
    unfold(person).locator("[name=find]").fill("没有这样的事")
    expect(page.get_by_text(say("Take a filter away to see more."))).to_be_visible()
    person.assert_sound()
    person.link("Show everything").click()
    expect(page.locator("#rows .timeline > li")).to_have_count(5)


def open_the_changes(person: Person) -> None:
    page, say, either = person.page, person.says, person.reader.either
    changed = page.locator("#rows .timeline > li").filter(has=page.locator("details.changes"))
    expect(changed).to_have_count(2)
    for number in range(2):
        changed.nth(number).locator("summary").click()
    file, contact = (changed.nth(number).get_by_role("table") for number in range(2))
    assert rows_of(contact) == [
        [either("Phone", "电话"), "139 0000 0000", "138 0000 1234"],
        [either("From", "开始日期"), "—", either("1 Mar 2026", "2026-03-01")],
        [say("First contact"), either("No", "否"), either("Yes", "是")],
    ]
    assert file.locator("del").all_inner_texts() == ["三", "动画"]
    assert file.locator("ins").all_inner_texts() == ["五", "数字内容"]
    assert rows_of(file)[1:] == [
        [either("Level", "级别"), either("Normal", "普通"), either("Core", "核心")],
        [either("Number of staff", "职工人数"), "—", either("1,500", "1,500")],
    ]
    person.assert_sound()


def read_the_letter(person: Person) -> None:
    person.link("Read the letter").click()
    person.sees("春季招聘会邀请")
    expect(person.page.get_by_text("诚邀贵司参加。")).to_be_visible()
    expect(person.page.get_by_text("he@lighthouse.example")).to_be_visible()


@two_readers
def test_notes_and_papers_are_kept_with_the_file(
    enterprise: Enterprise, officer: User, admin: User, page_for: PageFor, assert_sound: Check, reader: Reader
):
    page = page_for(officer, language=reader.language, width=reader.width, theme=reader.light)
    person = Person(page, reader, assert_sound)
    page.goto(f"/enterprises/{enterprise.pk}/")
    open_tab(person, "Notes")
    write(person, "只有我知道的事", "Only I: nobody else sees it, neither the office nor an administrator")
    write(person, "打过电话，下周回复", "Employment office: colleagues of the office, and I", we_spoke=True)
    person.assert_sound()
    expect(page.locator("section[id^=note-]")).to_have_count(2)

    other = page_for(admin, language=reader.language, width=reader.width, theme=reader.light)
    other.goto(f"/enterprises/{enterprise.pk}/notes/")
    expect(other.locator("section[id^=note-]")).to_have_count(1)
    expect(other.get_by_text("打过电话，下周回复")).to_be_visible()
    expect(other.get_by_text("只有我知道的事")).to_have_count(0)

    edit_and_delete(person)
    keep_a_paper(person)
    open_tab(person, "Timeline")
    assert entries(page)[:2] == [reader.either("File added: 营业执照", "存入材料：营业执照"), "打过电话，下周三回复"]


def write(person: Person, text: str, who_reads: str, *, we_spoke: bool = False) -> None:
    person.page.locator("textarea[name=text]").fill(text)
    person.page.get_by_role("radio", name=person.says(who_reads), exact=True).check()
    if we_spoke:
        person.page.get_by_label(person.says("We spoke with the enterprise")).check()
    person.button("Save").click()
    person.reads("The note is on file.")


def edit_and_delete(person: Person) -> None:
    page, say = person.page, person.says
    spoken = page.locator("section[id^=note-]").filter(has_text="打过电话")
    spoken.get_by_role("link", name=say("Edit")).click()
    person.arrives_at("Edit note")
    person.page.locator("textarea[name=text]").fill("打过电话，下周三回复")
    person.button("Save").click()
    person.reads("Saved.")
    page.locator("section[id^=note-]").filter(has_text="只有我").get_by_role("button", name=say("Delete")).click()
    page.get_by_role("dialog").get_by_role("button", name=say("Yes, go on")).click()
    person.reads("The note is deleted.")
    assert [note.text for note in Note.objects.all()] == ["打过电话，下周三回复"]


def keep_a_paper(person: Person) -> None:
    open_tab(person, "Papers")
    person.link("Add a paper").first.click()
    person.arrives_at("Add a paper")
    person.field("What it is").fill("营业执照")
    person.field("File").set_input_files(PDF)
    person.button("Save").click()
    person.reads("The file is stored.")
    person.assert_sound()
    with person.page.expect_download() as download:
        person.page.get_by_role("link", name="营业执照", exact=True).click()
    assert download.value.suggested_filename == "营业执照.pdf"
