"""An owner leaves: the office hands everything over on one screen, and takes it back."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.choices import Role
from tests.browser.reader import two_readers
from tests.browser.steps import Person
from tests.factories.accounts import person as make_person
from tests.factories.partnerships import EnterpriseFactory
from tests.visits.handover_world import ALL, holder_of, holders, world

NAMES = {"zh-hans": "四川保留企业有限公司", "en": "Sichuan Kept Co., Ltd."}


@pytest.fixture
def things(transactional_db):
    leaver = make_person(
        Role.OFFICER, name="周离", name_en="Zhou Li", title="科长", title_en="Section head", is_active=False
    )
    return world(timezone.localdate(), leaver=leaver)


@two_readers
def test_everything_of_a_leaver_goes_and_comes_back(page_for, assert_sound, officer, things, reader):
    receiver = make_person(Role.OFFICER, name="吴接", name_en="Wu Jie")
    kept = EnterpriseFactory(legal_name=NAMES["zh-hans"], name_en=NAMES["en"], owner=things.leaver)
    page = page_for(officer, language=reader.language, width=reader.width, theme=reader.light)
    person = Person(page, reader, assert_sound)
    leaver, takes = reader.either("Zhou Li", "周离"), reader.either("Wu Jie", "吴接")
    page.goto("/")
    person.link("Hand the work over").click()
    person.arrives_at("Hand-over")
    page.get_by_role("link", name=leaver).click()

    person.sees(person.says("Hand-over from %(leaver)s", leaver=leaver))
    expect(page.get_by_role("checkbox")).to_have_count(len(ALL) + 1)
    person.button("Look at it before it is done").click()
    expect(page.get_by_role("alert")).to_contain_text(person.says("Choose who takes these over."))
    person.assert_sound()
    person.field("Who takes over").select_option(label=takes)
    page.get_by_role("checkbox", name=NAMES[reader.language]).uncheck()
    person.button("Look at it before it is done").click()

    person.arrives_at("Is this right?")
    assert set(holders(things).values()) == {things.leaver}
    person.button("Hand over").click()

    person.sees(person.says("Handed over from %(leaver)s", leaver=leaver))
    person.reads("The work is handed over. Everyone who took something over has a message.")
    assert holders(things) == dict.fromkeys(ALL, receiver)
    assert holder_of("owner", kept) == things.leaver

    person.button("Move back").click()
    page.get_by_role("dialog").get_by_role("button", name=person.says("Yes, go on")).click()
    person.reads("Moved back, as far as nobody changed it since.")
    person.assert_sound()
    assert holders(things) == dict.fromkeys(ALL, things.leaver)


@two_readers
def test_who_takes_over_reads_what_came_to_them(page_for, assert_sound, officer, things, reader):
    receiver = make_person(Role.OFFICER, name="吴接", name_en="Wu Jie", title="科员")
    desk = page_for(officer, language="en", javascript=False)
    desk.goto(f"/handover/{things.leaver.pk}/")
    desk.get_by_label("Who takes over").select_option(label="Wu Jie")
    desk.get_by_role("button", name="Look at it before it is done").click()
    desk.get_by_role("button", name="Hand over").dblclick()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Handed over from Zhou Li")

    page = page_for(receiver, language=reader.language, width=reader.width, theme=reader.light)
    person = Person(page, reader, assert_sound)
    page.goto("/inbox/")
    page.locator("main tbody a").first.click()
    person.assert_sound()
    page.locator("main a[href^='/handover/done/']").click()

    person.sees(person.says("Handed over from %(leaver)s", leaver=reader.either("Zhou Li", "周离")))
    expect(page.locator("main section")).to_have_count(len(ALL))
