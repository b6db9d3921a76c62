"""Leadership on the phone: three counts on the first screen, the week in one click, the rows behind a number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models.people import User
from accounts.models.school import College
from reports.selectors.weeks import last_full_week
from tests.browser.conftest import PageFor
from tests.browser.reader import Reader, two_readers
from tests.factories.visits import CampaignFactory, CampaignTargetFactory, ParticipantFactory, led_visit
from visits.choices import Measure, VisitState
from visits.models.campaigns import Campaign


@pytest.fixture
def campaigns(transactional_db: None, leader: User, college: College) -> list[Campaign]:
    """Two run at once; in the last week three visits to two enterprises, of which one belongs to a college."""
    today = timezone.localdate()
    dates = {"starts_on": today - timedelta(days=60), "ends_on": today + timedelta(days=200)}
    found = [CampaignFactory(name=name, **dates) for name in ("2027届访企拓岗专项行动", "一院百岗行动")]
    for campaign in found:
        CampaignTargetFactory(campaign=campaign, measure=Measure.VISITS, number=60)
        CampaignTargetFactory(campaign=campaign, measure=Measure.ENTERPRISES, college=college, number=30)
        CampaignTargetFactory(campaign=campaign, measure=Measure.NEW_ENTERPRISES, number=40)
    _visit(found, leader, college, last_full_week(today).monday)
    return found


def _visit(campaigns: list[Campaign], leader: User, college: College, monday: date) -> None:
    first = led_visit(leader, starts_on=monday, state=VisitState.HELD)
    again = led_visit(leader, starts_on=monday + timedelta(days=2), state=VisitState.HELD, enterprise=first.enterprise)
    other = led_visit(leader, starts_on=monday + timedelta(days=6), state=VisitState.HELD)
    ParticipantFactory(visit=other, side="school", name="随行教师")
    other.colleges.add(college)
    for visit in (first, again, other):
        visit.campaigns.set(campaigns)


def is_in_sight(page: Page, selector: str) -> bool:
    """All of them lie between the top of the window and the bar at its foot, without scrolling."""
    bar = page.locator(".tab-bar")
    foot = bar.bounding_box() if bar.is_visible() else None
    limit = foot["y"] if foot else page.viewport_size["height"]  # type: ignore[index]
    boxes = [place.bounding_box() for place in page.locator(selector).all()]
    return bool(boxes) and all(box is not None and box["y"] >= 0 and box["y"] + box["height"] <= limit for box in boxes)


@two_readers
def test_from_the_three_counts_to_the_week_and_its_rows(
    page_for: PageFor, leader: User, campaigns: list[Campaign], assert_sound: Callable[[Page], None], reader: Reader
):
    page = page_for(leader, language=reader.language, width=reader.width, theme=reader.light)
    page.goto("/dashboards/campaign/")
    expect(page.locator(".head-counts")).to_have_count(2)
    assert is_in_sight(page, ".head-counts")
    names = [reader.say(name, "count") for name in ("Visits", "Person-times", "Distinct enterprises")]
    for head in page.locator(".head-counts").all():
        expect(head.locator(".figure-label")).to_have_text(names)
        expect(head.locator(".figure-number")).to_have_text(["3", "4", "2"])
        expect(head.locator("progress")).to_have_count(3)

    page.locator(".filters").get_by_role("link", name=reader.say("Weekly figures")).click()

    expect(page.get_by_role("heading", name=reader.say("Weekly figures"), level=1)).to_be_visible()
    expect(page.locator(".three-counts .figure-number")).to_have_text(["3", "4", "2"])
    assert_sound(page)
    line = page.get_by_role("row").filter(has_text=reader.either("School of Digital Media", "数字媒体学院"))
    line.get_by_role("link").nth(2).click()

    expect(page.locator("main p.figure-number")).to_have_text("2")
    expect(page.locator("#rows tbody tr")).to_have_count(2)
    college = page.get_by_role("link", name=reader.either("School of Digital Media", "数字媒体学院"))
    assert_sound(page)
    college.click()
    expect(page.locator("main p.figure-number")).to_have_text("4")
    expect(page.locator("#rows tbody tr")).to_have_count(4)
