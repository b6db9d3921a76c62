"""A campaign from its form to its progress: what is refused beside the field, days off, and the numbers' rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.models.people import User
from accounts.models.school import College
from tests.browser.conftest import PageFor
from tests.browser.reader import Reader, in_one_line, panel, two_readers
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.visits import CampaignFactory, led_visit
from visits.choices import VisitState
from visits.models.campaigns import Campaign

Check = Callable[[Page], None]
TOGETHER = "书记、院长合计"


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def campaign(transactional_db: None, leader: User, college: College, today: date) -> Campaign:
    """Two enterprises were seen by the leader, one of them twice."""
    campaign = CampaignFactory(starts_on=today - timedelta(20), ends_on=today + timedelta(100))
    first, second = EnterpriseFactory.create_batch(2)
    for days, enterprise in ((15, first), (10, first), (5, second)):
        visit = led_visit(leader, enterprise=enterprise, state=VisitState.HELD, starts_on=today - timedelta(days))
        visit.campaigns.add(campaign)
        visit.colleges.add(college)
    return campaign


@two_readers
def test_a_campaign_asks_and_tells_how_far_it_is(
    page_for: PageFor, assert_sound: Check, officer: User, leader: User, college: College, campaign: Campaign,
    today: date, reader: Reader,
) -> None:  # fmt: skip
    page = page_for(officer, language=reader.language, width=reader.width, theme=reader.light)
    page.goto(f"/campaigns/{campaign.pk}/edit/")
    _ask(page, 0, measure="enterprises", number="2", role="leader", college=str(college.pk))
    _ask(page, 1, measure="visits", number="90")
    page.locator("#id_targets-1-name").locator("xpath=ancestor::details").locator("summary").click()
    page.locator("#id_targets-1-name").fill(TOGETHER)
    page.locator("#id_targets-1-leaders").select_option(str(leader.pk))
    saturday = today + timedelta((5 - today.weekday()) % 7 + 7)
    page.locator("#id_days-0-day").fill(saturday.isoformat())
    expect(page.locator("#id_days-0-day + [data-day-off]")).not_to_be_empty()
    save = page.get_by_role("button", name=reader.say("Save"), exact=True)
    save.click()

    expect(page.locator("#id_targets-0-college_error")).to_have_text(
        reader.say("A target is of a role or of a college, not of both.")
    )
    expect(page.locator("#id_targets-1-name")).to_have_value(TOGETHER)
    expect(page.locator("#id_days-0-day")).to_have_value(saturday.isoformat())
    assert_sound(page)
    page.locator("#id_targets-0-role").select_option("")
    save.click()

    targets = panel(page, reader.say("Targets"))
    expect(targets).to_contain_text(TOGETHER)
    assert_sound(page)
    reached = reader.day(today - timedelta(5))
    expect(targets.get_by_text(reader.say("on %(day)s", day=reached))).to_be_visible()
    expect(panel(page, reader.say("What “newly opened” means"))).to_contain_text(
        reader.say("nobody was hired through the portal")
    )
    left = reader.count("%(number)s day left", "%(number)s days left", (saturday - today).days)
    expect(panel(page, reader.say("Days of reporting"))).to_contain_text(left)
    assert _numbers(panel(page, reader.say("Colleges side by side"))) == ["3", "2", "2", "3"]
    assert _numbers(panel(page, reader.say("Leaders side by side"))) == ["3", "2", "2", "3"]

    targets.get_by_role("link").first.click()

    expect(page.locator("main .figure-number").first).to_have_text("2")


def _ask(page: Page, row: int, **said: str) -> None:
    for name, value in said.items():
        entry = page.locator(f"#id_targets-{row}-{name}")
        if name == "number":
            entry.fill(value)
        else:
            entry.select_option(value)


def _numbers(table: Locator) -> list[str]:
    """The counts of the first line, side by side."""
    expect(table.locator("tbody tr").first).to_be_visible()
    return in_one_line(table.locator("tbody tr").first.locator("td.num a, td.num .muted"))
