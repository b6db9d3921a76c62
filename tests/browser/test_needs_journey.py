"""An officer records a need, corrects it, confirms what is on file, and sees demand beside supply."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models.people import User
from partnerships.models.needs import Need
from partnerships.models.timeline import TimelineEntry
from tests.browser.reader import Reader, in_one_line, two_readers
from tests.browser.steps import Person
from tests.factories.accounts import CollegeFactory, MajorFactory, student
from tests.factories.partnerships import ContactFactory, EnterpriseFactory, NeedFactory

pytestmark = pytest.mark.browser


@two_readers
def test_from_a_need_to_the_page_by_major(
    page_for: Callable[..., Page], assert_sound: Callable[[Page], None], officer: User, reader: Reader
):
    college = CollegeFactory(name_zh="传媒学院", name_en="College of Media")
    film = MajorFactory(name_zh="影视动画", name_en="Animation", college=college)
    for number in range(3):
        student(major=film, class_of=2027, profile_class_name=f"动画240{number % 2 + 1}")
    old = timezone.now() - timedelta(days=100)
    enterprise = EnterpriseFactory(legal_name="四川灯塔影业有限公司", name_en="Lighthouse Films", owner=officer)
    ContactFactory(
        enterprise=enterprise, name="何芳", phone="138 0000 1234", landline="0817-2345678转801", known_by=officer
    )
    stale = NeedFactory(
        enterprise=enterprise, description="后期实习生", headcount=20, confirmed_at=old, confirmed_by=officer
    )
    stale.majors.add(film)
    page = page_for(officer, language=reader.language, width=reader.width, theme=reader.light)
    person = Person(page, reader, assert_sound)

    page.goto(f"/enterprises/{enterprise.pk}/")
    records_a_need(person, film.pk)
    changes_it(person)
    confirms_the_rest(person, enterprise.pk)
    sees_demand_beside_supply(person)
    finds_a_contact(person)

    assert Need.objects.filter(confirmed_at__date=timezone.localdate()).count() == 2
    kinds = set(TimelineEntry.objects.values_list("kind", "detail"))
    assert {("need_recorded", "interns"), ("need_changed", ""), ("enterprise_confirmed", "needs")} <= kinds


def records_a_need(person: Person, major: int) -> None:
    person.link("Record a need").click()
    person.arrives_at("Record a need")
    person.field("kind").select_option("interns")
    person.field("learnt from").select_option("visit")
    person.field("what is needed").fill("剪辑师")
    person.field("majors").select_option([str(major)])
    person.field("number").fill("10")
    person.button("Save").click()
    person.reads("The need is on file.")
    person.assert_sound()


def changes_it(person: Person) -> None:
    row = person.page.get_by_role("row").filter(has_text="剪辑师")
    row.get_by_role("link", name=f"{person.says('Edit')} 剪辑师").click()
    person.arrives_at("Edit need")
    person.field("number").fill("12")
    person.button("Save").click()
    person.reads("Saved.")


def confirms_the_rest(person: Person, pk: int) -> None:
    """One click on the file: its strip and the marks below change without a new page."""
    person.page.goto(f"/enterprises/{pk}/")
    person.assert_sound()
    strip, needs = person.page.locator("#freshness"), person.page.locator("#needs")
    word = person.says("Stale")
    expect(strip.get_by_text(word, exact=True)).to_have_count(3)
    expect(needs.get_by_text(word, exact=True)).to_have_count(1)
    strip.locator("#confirm-needs").click()
    expect(needs.get_by_text(word, exact=True)).to_have_count(0)
    expect(strip.get_by_text(word, exact=True)).to_have_count(2)
    person.page.locator("#contacts .freshness-mark button").click()
    expect(strip.get_by_text(word, exact=True)).to_have_count(1)
    person.assert_sound()


def sees_demand_beside_supply(person: Person) -> None:
    page, says = person.page, person.says
    page.goto("/needs/")
    person.link("By major").click()
    person.arrives_at("Needs by major")
    row = page.get_by_role("row").filter(
        has=page.get_by_role("rowheader", name=person.reader.either("Animation", "影视动画"))
    )
    ratio = in_one_line(row.get_by_role("cell"))[1]
    assert ratio == person.reader.either("32 asked for / 3 students", "需求 32 人 / 生源 3 人")
    row.locator("summary").click()
    colon = person.reader.either(": ", "：")
    expect(row.get_by_role("listitem")).to_have_text([f"动画2401{colon}2", f"动画2402{colon}1"])
    person.assert_sound()
    row.get_by_role("link", name=says("%(number)s asked for", number=32)).click()
    person.arrives_at("Needs")
    titles = page.locator("tbody .cell-title").all_inner_texts()
    assert sorted(title.split()[0] for title in titles) == ["剪辑师", "后期实习生"]


def finds_a_contact(person: Person) -> None:
    page = person.page
    page.goto("/contacts/?find=何芳")
    person.arrives_at("Contacts")
    assert page.get_by_role("link", name="138 0000 1234").get_attribute("href") == "tel:13800001234"
    assert page.get_by_role("link", name="0817-2345678转801").get_attribute("href") == "tel:08172345678;ext=801"
    expect(page.locator("tbody").get_by_role("row")).to_have_count(1)
