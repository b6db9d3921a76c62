"""A student saves a search; a posting is published, the message arrives, and what was opened is read offline."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from following.models import SavedSearch
from following.services.telling import tell_of_news
from partnerships.choices.enterprises import CreditCodeState
from placements.choices import PostingState
from placements.services.postings import move_posting
from tests.browser.conftest import PageFor
from tests.browser.reader import Reader, two_readers
from tests.browser.steps import Person
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.placements import PostingFactory

KEPT = "caches.keys().then((names) => names.filter((name) => name.startsWith('kept-')))"


@two_readers
def test_from_a_saved_search_to_a_page_that_is_read_without_a_connection(
    reader: Reader, page_for: PageFor, student, officer, assert_sound, troubles
):
    today = timezone.localdate()
    posting = PostingFactory(
        title="影视调色师", title_en="Colourist", state=PostingState.IN_REVIEW, published_at=None, opens_on=None,
        closes_on=today + timedelta(days=9),
        enterprise=EnterpriseFactory(
            legal_name="汇润集团", name_en="Huirun Group", credit_code_state=CreditCodeState.VERIFIED
        ),
    )  # fmt: skip
    title = reader.either("Colourist", "影视调色师")
    page = page_for(student, language=reader.language, width=reader.width, theme=reader.light)
    person = Person(page, reader, assert_sound)

    page.goto("/postings/?find=调色")
    person.link("Save this search and hear of new postings").click()
    person.arrives_at("Save this search")
    expect(person.field("Name", "of a saved search")).to_have_value("调色")
    person.choose("Tell me of new postings", "At once")
    person.button("Save").click()
    person.reads("The search is saved.")
    person.arrives_at("What I follow")
    expect(person.panel("Saved searches").get_by_role("link", name="调色", exact=True)).to_be_visible()
    search = SavedSearch.objects.get()
    assert (search.query, search.frequency) == ("find=%E8%B0%83%E8%89%B2", "at_once")

    move_posting(posting, PostingState.PUBLISHED, by=officer, at=timezone.now())
    assert tell_of_news(now=timezone.now()) == 2
    page.goto("/inbox/")
    page.get_by_role("link", name=reader.either("1 new posting for “调色”", "“调色”有 1 个新岗位")).click()
    expect(page.locator("main")).to_contain_text("Huirun Group" if reader.language == "en" else "汇润集团")
    person.link("Go to it", "message").click()
    page.wait_for_url("**/postings/?find=*")
    page.get_by_role("link", name=title, exact=True).first.click()
    person.sees(title)
    expect(page.locator("main[data-offline=kept]")).to_be_visible()
    person.button("Follow this posting").click()
    person.reads("You follow this posting.")
    expect(page.locator("main[data-offline=kept]")).to_be_visible()
    page.goto("/")
    person.arrives_at("Today")
    expect(person.panel("Next dates").get_by_role("link")).to_have_count(2)
    expect(page.locator("main[data-offline=kept]")).to_be_visible()

    page.context.set_offline(True)
    page.reload()
    notice = page.locator("[data-kept-notice]")
    expect(notice).to_contain_text(reader.say("No connection: as of"))
    person.panel("Next dates").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    expect(notice).to_contain_text(reader.say("No connection: as of"))
    person.assert_sound()
    page.goto("/guidance/")
    person.arrives_at("Today")
    expect(notice).to_contain_text(reader.say("No connection: as of"))

    page.context.set_offline(False)
    page.reload()
    expect(notice).to_be_hidden()
    page.locator("summary.tool-person").click()
    person.button("Sign out").click()
    expect(page.locator("body[data-person]")).to_have_count(0)
    page.wait_for_function(f"{KEPT}.then((names) => names.length === 0)")
    troubles[:] = [trouble for trouble in troubles if "ERR_INTERNET_DISCONNECTED" not in trouble]
