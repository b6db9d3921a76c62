"""An officer ticks two enterprises, plans a trip with them, and puts its stops in order."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.reader import two_readers
from tests.browser.steps import Person
from tests.factories.partnerships import EnterpriseFactory, NeedFactory
from visits.models.campaigns import Trip


@two_readers
def test_from_reasons_to_a_trip_with_its_stops_in_order(page_for, assert_sound, officer, leader, reader):
    first, second = (
        EnterpriseFactory(legal_name=name, name_en=name_en, address="高新区天府大道 1 号")
        for name, name_en in (("启明科技", "Qiming"), ("远大装备", "Yuanda"))
    )
    NeedFactory.create_batch(2, enterprise=first)
    page = page_for(officer, language=reader.language, width=reader.width, theme=reader.light)
    person = Person(page, reader, assert_sound)
    page.goto("/trips/candidates/")
    person.arrives_at("Whom to visit")
    expect(page.get_by_text(reader.count("%(number)s open need", "%(number)s open needs", 2))).to_be_visible()
    for enterprise in (first, second):
        page.locator(f'input[name="enterprise"][value="{enterprise.pk}"]').check()
    person.button("Plan a trip with these").click()
    person.arrives_at("Plan a trip")

    day = timezone.localdate() + timedelta(days=3)
    person.field("Name", "of a trip").fill("成渝走访")
    for label in ("From", "To"):
        person.field(label).fill(day.isoformat())
    person.field("Led by").select_option(str(leader.pk))
    person.button("Save the trip").click()
    person.reads("The trip is planned. Now say when each stop is.")
    person.sees("成渝走访")
    stops = page.locator(".stop h3")
    expect(stops).to_have_count(2)
    before = stops.all_inner_texts()
    page.locator(".stop").first.get_by_role("button", name=person.says("Later", "in the order of stops")).click()
    expect(stops.first).to_contain_text(before[1].split(" ", 1)[1])
    person.assert_sound()
    assert Trip.objects.get().visits.count() == 2
