"""A student types two characters, narrows what is found, takes a filter away, and opens the address again."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PageFor
from tests.browser.reader import Reader, two_readers
from tests.browser.steps import Person
from tests.factories.accounts import student as make_student
from tests.factories.placements import PostingFactory

LIST = "/postings/"


@two_readers
def test_two_characters_a_filter_and_the_address(
    transactional_db: None, page_for: PageFor, reader: Reader, assert_sound: Callable[[Page], None]
) -> None:
    for title, kind in (("影视剪辑", "job"), ("影视调色", "internship"), ("会计", "job")):
        PostingFactory(title=title, title_en="", kind=kind, description="-")
    page = page_for(make_student(), language=reader.language, width=reader.width, theme=reader.light)
    person = Person(page, reader, assert_sound)
    titles = page.locator("td.cell-title > a")
    page.goto(LIST)
    expect(titles).to_have_count(3)

    person.field("Search").fill("影视")
    expect(titles).to_have_text(["影视调色", "影视剪辑"])
    if reader.is_narrow:
        person.button("Filters").click()
    kind = page.locator("#filter_kind")
    expect(kind.locator("option[value=job]")).to_contain_text("(1)")
    kind.select_option("job")
    expect(titles).to_have_text(["影视剪辑"])
    expect(page.locator(".chip")).to_have_count(2)
    expect(kind.locator("option[value=internship]")).to_contain_text("(1)")
    expect(page).to_have_url(re.compile("kind=job"))
    person.assert_sound()
    address = page.url

    page.locator(".chip").filter(has_text=reader.say("Kind")).click()
    expect(titles).to_have_text(["影视调色", "影视剪辑"])
    expect(page.locator(".chip")).to_have_count(1)

    page.goto(address)
    expect(titles).to_have_text(["影视剪辑"])
    expect(page.locator("#filter_kind")).to_have_value("job")
    expect(person.field("Search")).to_have_value("影视")
    person.field("Search").fill("魑魅")
    expect(page.get_by_text(reader.say("No posting matches"))).to_be_visible()
    person.assert_sound()


def test_a_filter_chosen_while_an_answer_is_on_its_way_is_not_lost(
    transactional_db: None, page_for: PageFor, assert_sound: Callable[[Page], None]
) -> None:
    """The answer brings the filters with new numbers in them; it comes too late to say what is chosen."""
    for title, kind in (("影视剪辑", "job"), ("影视调色", "internship")):
        PostingFactory(title=title, title_en="", kind=kind, description="-")
    page = page_for(make_student(), width=1440)
    page.goto(LIST)
    expect(page.locator("td.cell-title > a")).to_have_count(2)
    on_its_way: list[Route] = []
    page.route("**/postings/?find=*", lambda route: route.continue_() if on_its_way else on_its_way.append(route))

    with page.expect_request("**/postings/?find=*"):
        page.locator("#filter_find").fill("影视")
    page.locator("#filter_kind").select_option("job")
    on_its_way[0].continue_()

    expect(page.locator("td.cell-title > a")).to_have_text(["影视剪辑"])
    expect(page.locator("#filter_kind")).to_have_value("job")
    expect(page.locator(".chip")).to_have_count(2)
