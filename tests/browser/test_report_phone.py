"""The report on a telephone: in a dead spot, in a closed tab, on two telephones at once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from partnerships.models.commitments import Commitment
from tests.browser.conftest import PageFor
from tests.core.test_pictures import exif, photo
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import ContactFactory, NeedFactory
from tests.factories.visits import led_visit
from visits.choices import VisitState
from visits.models.reports import DraftPhoto, ReportDraft
from visits.models.results import Evidence
from visits.models.visits import VisitTopic

pytestmark = pytest.mark.usefixtures("in_english")
NETWORK = re.compile(r"Failed to load resource|ERR_INTERNET_DISCONNECTED|ERR_FAILED")
# What a page sends finds no connection, not even as it is closed.
NEVER_ARRIVES = "XMLHttpRequest.prototype.send = function () { this.dispatchEvent(new Event('error')); }"
# The browser's own database opens only when the test says so.
OPENS_WHEN_TOLD = """
const told = new Promise((open) => { window.openStore = open; });
const open = IDBFactory.prototype.open;
IDBFactory.prototype.open = function (...what) {
  const request = open.apply(this, what);
  const set = (act) => request.addEventListener("success", (event) => {
    window.storeWaits = true;
    told.then(() => act(event));
  });
  return Object.defineProperty(request, "onsuccess", { set });
};
"""


@pytest.fixture
def visit(leader, officer, transactional_db):
    held = led_visit(
        leader, state=VisitState.HELD, starts_on=timezone.localdate() - timedelta(days=1), organiser=officer
    )
    VisitTopic.objects.create(visit=held, name="实习岗位")
    ContactFactory(enterprise=held.enterprise, name="何芳", title="人力资源总监")
    NeedFactory(enterprise=held.enterprise, headcount=8).majors.add(MajorFactory(name_en="Film Animation"))
    return held


@pytest.fixture(autouse=True)
def _dead_spots_are_expected(page_for, troubles):
    """A browser complains of each request that found no connection, or was told of another device."""
    yield
    troubles[:] = [line for line in troubles if not NETWORK.search(line)]


def opened(page: Page, visit) -> Locator:
    page.goto(f"/visits/{visit.pk}/report/")
    expect(page.locator("form[data-report]")).to_be_visible()
    return page.locator("[data-report-state]")


def step(page: Page, title: str) -> None:
    """Open a step by its heading, unless it is open."""
    part = page.locator("[data-step]").filter(has=page.get_by_role("heading", name=title, exact=True))
    if part.get_attribute("open") is None:
        part.locator("summary").first.click()


def jpeg(name: str, **more) -> dict:
    return {"name": name, "mimeType": "image/jpeg", "buffer": photo(**more).getvalue()}


def pdf(name: str) -> dict:
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}


def test_a_typical_report_takes_few_taps_and_survives_a_dead_spot(page_for: PageFor, leader, visit, assert_sound):
    page = page_for(leader, width=390, theme="dark")
    said = opened(page, visit)
    assert_sound(page)
    expect(page.get_by_label("实习岗位")).to_be_hidden()

    page.get_by_label("Name", exact=False).first.fill("何方")
    expect(said).to_have_text(re.compile(r"^Saved at \d\d:\d\d$"))
    page.get_by_label("何芳 · 人力资源总监").check()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_label("实习岗位")).to_be_checked()
    page.get_by_label("What was said").fill("企业扩招。")
    page.get_by_role("button", name="Next").click()
    major = page.locator("#id_outcomes-0-major")
    expect(major.locator("option:checked")).to_have_text("Film Animation")
    page.get_by_label("Posts", exact=True).first.fill("6")
    page.get_by_label("Starting pay, yuan a month").first.fill("5000")
    assert page.get_by_label("Posts", exact=True).first.get_attribute("inputmode") == "numeric"

    page.context.set_offline(True)
    page.get_by_role("button", name="Next").click()
    page.locator("#id_promises-0-description").fill("接收实习生")
    expect(said).to_have_text("Kept on this phone, will be sent when the connection is back.")
    step(page, "What happens next")
    page.get_by_label("What is to be done").fill("寄送培养方案")
    step(page, "Photos and files")
    page.get_by_label("Photos", exact=True).set_input_files(jpeg("合影.jpg", exif=exif()))
    expect(page.get_by_role("img", name="合影.jpg")).to_be_visible()
    page.get_by_role("button", name="Send the report").click()
    expect(said).to_have_text(re.compile("will be sent when the connection is back. You may close the page."))
    assert_sound(page)
    visit.refresh_from_db()
    assert (visit.state, Evidence.objects.count()) == (VisitState.HELD, 0)

    page.context.set_offline(False)

    expect(page.get_by_text("Thank you. The report is on file.")).to_be_visible()
    visit.refresh_from_db()
    assert (visit.state, visit.minutes, visit.moves.count()) == (VisitState.REPORTED, "企业扩招。", 1)
    assert list(visit.participants.values_list("name", "contact__name")) == [("何芳", "何芳"), (leader.name, None)]
    assert list(visit.outcomes.values_list("posts", "post_pay")) == [(6, 5000)]
    assert [promise.description for promise in Commitment.objects.all()] == ["接收实习生"]
    assert list(visit.follow_ups.values_list("what", "owner")) == [("寄送培养方案", leader.pk)]
    assert [paper.name for paper in Evidence.objects.all()] == ["合影.jpg"]
    assert not ReportDraft.objects.exists()


def test_a_closed_tab_and_a_connection_that_drops_lose_nothing(page_for: PageFor, leader, visit):
    page = page_for(leader, width=390)
    said = opened(page, visit)
    step(page, "What was said")
    page.get_by_label("What was said").fill("谈到实习。")
    expect(said).to_have_text(re.compile("^Saved at"))
    page.context.set_offline(True)
    page.get_by_label("What was said").fill("谈到实习与就业。")
    expect(said).to_have_text(re.compile("^Kept on this phone"))
    step(page, "Photos and files")
    page.get_by_label("Photos", exact=True).set_input_files(
        [jpeg("a.jpg"), jpeg("b.jpg", size=(300, 200)), jpeg("a.jpg")]
    )
    expect(page.locator("[data-photos] li")).to_have_count(2)
    context = page.context
    page.close()

    context.set_offline(False)
    page = context.new_page()
    dropped = []

    def drop_the_first(route):
        dropped.append(route.request.url)
        route.abort() if len(dropped) == 1 else route.continue_()

    page.route("**/report/photos/", drop_the_first)
    said = opened(page, visit)
    step(page, "What was said")
    expect(page.get_by_label("What was said")).to_have_value("谈到实习与就业。")
    expect(said).to_have_text(re.compile("^Saved at"))
    assert ReportDraft.objects.get().said["minutes"] == ["谈到实习与就业。"]
    page.evaluate("window.dispatchEvent(new Event('online'))")
    step(page, "Photos and files")
    expect(page.locator("[data-photos] [data-photo]")).to_have_count(2)
    assert len(dropped) == 3
    assert sorted(DraftPhoto.objects.values_list("name", flat=True)) == ["a.jpg", "b.jpg"]

    page.get_by_label("Leave out").first.check()
    expect(page.locator("[data-photos] [data-photo]")).to_have_count(1)
    page.get_by_role("button", name="Send the report").dblclick()
    expect(page.get_by_text("Thank you. The report is on file.")).to_be_visible()
    visit.refresh_from_db()
    assert (visit.minutes, visit.moves.count(), Evidence.objects.count()) == ("谈到实习与就业。", 1, 1)


def test_what_is_typed_while_the_phone_looks_for_its_copy_stands_beside_it(page_for: PageFor, leader, visit):
    page = page_for(leader, width=390)
    said = opened(page, visit)
    step(page, "What was said")
    page.evaluate(NEVER_ARRIVES)
    page.get_by_label("What was said").fill("谈到实习。")
    page.locator("[name=demand_report]").set_input_files(pdf("旧.pdf"))
    expect(said).to_have_text(re.compile("^Kept on this phone"))
    context = page.context
    page.close()

    page = context.new_page()
    page.add_init_script(OPENS_WHEN_TOLD)
    said = opened(page, visit)
    step(page, "What was said")
    page.wait_for_function("window.storeWaits")
    page.get_by_label("The enterprise's feedback on teaching").fill("剪辑课时偏少。")
    page.locator("[name=demand_report]").set_input_files(pdf("新.pdf"))
    page.evaluate("window.openStore()")

    expect(said).to_have_text(re.compile("^Saved at"))
    expect(page.get_by_label("What was said")).to_have_value("谈到实习。")
    expect(page.get_by_label("The enterprise's feedback on teaching")).to_have_value("剪辑课时偏少。")
    chosen = page.locator("[name=demand_report]").evaluate("field => [...field.files].map((file) => file.name)")
    assert chosen == ["新.pdf"]
    kept = ReportDraft.objects.get().said
    assert (kept["minutes"], kept["feedback"]) == (["谈到实习。"], ["剪辑课时偏少。"])


def test_on_two_telephones_each_is_told_of_the_other(page_for: PageFor, leader, officer, visit, assert_sound):
    one, other = page_for(leader, width=390), page_for(officer, width=390, theme="dark")
    first, second = opened(one, visit), opened(other, visit)
    for page in (one, other):
        step(page, "What was said")
    one.get_by_label("What was said").fill("甲的记录")
    expect(first).to_have_text(re.compile("^Saved at"))

    other.get_by_label("What was said").fill("乙的记录")
    told = other.locator("[data-report-box]")
    expect(told).to_contain_text("Chen Li saved this report on another device")
    expect(told).to_contain_text("甲的记录")
    expect(other.get_by_label("What was said")).to_have_value("乙的记录")
    assert_sound(other)
    assert ReportDraft.objects.get().said["minutes"] == ["甲的记录"]
    other.get_by_role("button", name="Keep mine").click()
    expect(second).to_have_text(re.compile("^Saved at"))
    assert ReportDraft.objects.get().said["minutes"] == ["乙的记录"]

    one.get_by_label("What was said").fill("甲再记")
    expect(one.locator("[data-report-box]")).to_contain_text("乙的记录")
    one.get_by_role("button", name="Take theirs").click()
    expect(one.locator("[data-report-begun]")).to_contain_text("Wang Min began this report")
    step(one, "What was said")
    expect(one.get_by_label("What was said")).to_have_value("乙的记录")
    one.get_by_role("button", name="Send the report").click()
    expect(one.get_by_text("Thank you. The report is on file.")).to_be_visible()

    other.get_by_label("What was said").fill("乙的补充")
    expect(other.locator("[data-report-box]")).to_contain_text("Chen Li reported this visit already")
    expect(other.get_by_label("What was said")).to_have_value("乙的补充")
    visit.refresh_from_db()
    assert (visit.minutes, visit.reported_by) == ("乙的记录", leader)
