"""On the road: a briefing that was opened once is there without a connection, until its reader signs out."""

from datetime import time

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageFor
from tests.browser.reader import Reader, two_readers
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.visits import led_visit

KEPT = "caches.keys().then((names) => names.filter((name) => name.startsWith('kept-')))"


@two_readers
def test_a_briefing_opened_once_is_there_without_a_connection(
    reader: Reader, page_for: PageFor, leader, assert_sound, troubles
):
    enterprise = EnterpriseFactory(legal_name="汇润集团", name_en="Huirun Group")
    visit = led_visit(leader, enterprise=enterprise, starts_on=timezone.localdate(), starts_at_time=time(9, 30))
    page = page_for(leader, language=reader.language, width=reader.width, theme=reader.light)
    heading = page.get_by_role("heading", name=reader.either("Huirun Group", "汇润集团"), level=1)
    page.goto(f"/visits/{visit.pk}/briefing/")
    expect(heading).to_be_visible()
    expect(page.locator("main[data-offline=kept]")).to_be_visible()
    notice = page.locator("[data-kept-notice]")
    expect(notice).to_be_hidden()

    page.context.set_offline(True)
    page.reload()
    expect(notice).to_contain_text(reader.say("No connection: as of"))
    expect(notice.locator("time")).to_contain_text(str(timezone.localdate().year))
    expect(heading).to_be_visible()
    expect(page.get_by_role("heading", name=reader.say("Questions to ask"))).to_be_visible()
    assert_sound(page)

    page.context.set_offline(False)
    page.reload()
    expect(notice).to_be_hidden()
    sign_out(page, reader)
    page.wait_for_function(f"{KEPT}.then((names) => names.length === 0)")
    page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_"):
        page.goto(f"/visits/{visit.pk}/briefing/")
    troubles[:] = [trouble for trouble in troubles if "ERR_INTERNET_DISCONNECTED" not in trouble]


def sign_out(page: Page, reader: Reader) -> None:
    page.locator("summary.tool-person").click()
    page.get_by_role("button", name=reader.say("Sign out")).click()
    expect(page.locator("body[data-person]")).to_have_count(0)
