"""From what a visit brought to a posting, an application, an offer and its acceptance."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, expect

from accounts.choices import Level
from accounts.models.school import Major
from notifications.models.messages import OutgoingMessage
from partnerships.choices.enterprises import CreditCodeState
from placements.choices import PostingState
from placements.models.applications import Application
from placements.models.postings import Posting
from tests.browser.reader import every_reader
from tests.browser.steps import Person
from tests.factories.accounts import MajorFactory
from tests.factories.accounts import student as make_student
from tests.factories.partnerships import EnterpriseFactory, ProvinceFactory
from tests.factories.placements import PostingFactory
from tests.factories.visits import CampaignFactory, OutcomeFactory, reported_visit
from tests.mails import text_of

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # in Shanghai
CLOSES = date(2026, 12, 31)
ENTERPRISE = {"en": "Qiming Film Technology", "zh-hans": "四川启明影视科技有限公司"}
MAJOR = {"en": "Film and Television Animation", "zh-hans": "影视动画"}
POSTING = {"en": "Colour grading intern", "zh-hans": "影视调色实习生"}
OTHER = {"en": "Lighting technician", "zh-hans": "灯光师"}
BLOCKED = {"en": "Stage design assistant", "zh-hans": "舞台设计助理"}
STUDENT = {"en": "Liu Yang", "zh-hans": "刘洋"}
NOTE = "周五下午两点，视频面试。"
LETTER = "我做过三部短片的调色。I graded three short films."
# Whole sentences as they stand on the pages, so that a changed translation is noticed.
BLOCKS = {
    "en": "Only for the class of 2028; you are in the class of 2027. If that is wrong, ask your college.",
    "zh-hans": "仅面向 2028 届，您是 2027 届。如信息有误，请联系学院。",
}
FITS = {
    "en": [
        "Fits: Open for applications until 31 Dec 2026.",
        "Fits: For the class of 2027, which is yours.",
        "Fits: Asks for at least: Vocational diploma. Yours: Vocational diploma.",
        "Fits: Your major is asked for: Film and Television Animation.",
        "Fits: In 成都, where you wish to work. (a wish, no condition)",
        "Not as you wish: At most 3,500 yuan a month; you wish for 4,000. Wishes are changed in your profile."
        " (a wish, no condition)",
    ],
    "zh-hans": [
        "符合： 可投递至2026年12月31日（含当日）。",
        "符合： 面向 2027 届，与您相符。",
        "符合： 要求学历不低于 高职（专科），您为 高职（专科）。",
        "符合： 招收您的专业：影视动画。",
        "符合： 工作地点为成都，在您的意向城市之内。 （意向，非硬性条件）",
        "与意向不同： 月薪最高 3,500 元，低于您期望的 4,000 元。可在个人资料中修改意向。 （意向，非硬性条件）",
    ],
}
OFFER = {
    "en": "Qiming Film Technology offers you “Colour grading intern”.",
    "zh-hans": "四川启明影视科技有限公司 决定录用您到“影视调色实习生”岗位。",
}
UNREAD = {"en": "Inbox: 4 unread messages", "zh-hans": "站内信：4 条未读"}
MAILS = {
    "en": [
        "Your application has been seen: Colour grading intern",
        "You are on the shortlist: Colour grading intern",
        "You are invited to an interview: Colour grading intern",
        "You have an offer: Colour grading intern",
    ],
    "zh-hans": [
        "您的申请已被查看：影视调色实习生",
        "您已入围：影视调色实习生",
        "邀请您参加面试：影视调色实习生",
        "您获得录用：影视调色实习生",
    ],
}


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The portal's clock stands still."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)


@pytest.fixture
def major(college):
    return MajorFactory(college=college, name_zh=MAJOR["zh-hans"], name_en=MAJOR["en"])


@pytest.fixture
def applicant(major):
    """A student who wishes for work in Chengdu and for more than this posting pays."""
    return make_student(
        name=STUDENT["zh-hans"],
        name_en=STUDENT["en"],
        major=major,
        profile_level=Level.DIPLOMA,
        profile_cities=["成都"],
        profile_pay_from=4000,
        profile_skills=["DaVinci Resolve"],
    )


@pytest.fixture
def visit(officer, major):
    """A reported visit of the campaign for the class of 2027 that brought twelve internships."""
    enterprise = EnterpriseFactory(
        legal_name=ENTERPRISE["zh-hans"], name_en=ENTERPRISE["en"], credit_code_state=CreditCodeState.VERIFIED
    )
    found = reported_visit(enterprise=enterprise, organiser=officer)
    found.campaigns.add(CampaignFactory(class_of=2027))
    OutcomeFactory(visit=found, major=major, posts=0, internships=12, internship_pay=3000)
    return found


@pytest.fixture
def others(visit):
    """What else is published: one for another class, and one in another province."""
    theatre = {"title": BLOCKED["zh-hans"], "title_en": BLOCKED["en"], "description": "布景。Scenery."}
    PostingFactory(**theatre, class_of=2028, enterprise=visit.enterprise)
    beijing = ProvinceFactory(code="110000", name_zh="北京市", name_en="Beijing")
    light = {"title": OTHER["zh-hans"], "title_en": OTHER["en"], "description": "布光。Lights.", "province": beijing}
    PostingFactory(**light, enterprise=EnterpriseFactory(legal_name="北京星河文化有限公司", name_en="Xinghe Culture"))


@every_reader
def test_a_posting_of_a_visit_is_found_applied_to_and_accepted(
    page_for, assert_sound, smtp_server, officer, applicant, visit, others, reader
):
    office = Person(
        page_for(officer, language=reader.language, width=reader.width, theme=reader.light), reader, assert_sound
    )
    student = Person(
        page_for(applicant, language=reader.language, width=reader.width, theme=reader.light), reader, assert_sound
    )

    _publish(office)
    _find(student)
    _is_refused(student)
    _apply_once(student)
    _move_along(office)
    _hear_and_accept(student)
    _see_the_answer(office)

    posting = Posting.objects.get(title=POSTING["zh-hans"])
    assert list(visit.postings.all()) == [posting]
    assert (posting.state, posting.published_at, posting.closes_on) == (PostingState.PUBLISHED, NOON, CLOSES)
    application = Application.objects.get()
    assert (application.posting, application.student, application.letter) == (posting, applicant, LETTER)
    steps = ["submitted", "seen", "shortlisted", "interview", "offered", "accepted"]
    people = [applicant, *[officer] * 4, applicant]
    assert list(application.moves.values_list("state", "by")) == [
        (state, person.pk) for state, person in zip(steps, people, strict=True)
    ]
    told = OutgoingMessage.objects.filter(recipient=applicant).order_by("pk")
    assert list(told.values_list("channel", "state", "subject")) == [
        (channel, "sent", subject) for subject in MAILS[reader.language] for channel in ("email", "inbox")
    ]
    assert [mail["Subject"].strip() for mail in smtp_server.messages] == MAILS[reader.language]
    assert smtp_server.recipients == [[applicant.email]] * 4
    body = text_of(smtp_server.messages[-1])
    assert OFFER[reader.language].rstrip("。.") in body
    assert f"/applications/{application.pk}/" in body


def _publish(office: Person) -> None:
    """From the visit's offer to the draft, completed, reviewed and published."""
    office.page.goto("/")
    office.goes_to("Visits")
    office.page.get_by_role("link", name=ENTERPRISE[office.language], exact=True).click()
    office.button("Draft an internship").click()
    office.arrives_at("Edit posting")
    expect(office.field("places")).to_have_value("12")
    expect(office.field("graduating class")).to_have_value("2027")
    expect(office.page.get_by_role("checkbox", name=MAJOR[office.language])).to_be_checked()
    office.field("title").fill(POSTING["zh-hans"])
    office.field("title in English").fill(POSTING["en"])
    office.field("the work and what it asks for").fill("为纪录片调色，会用达芬奇。Grading of documentaries.")
    office.field("Level of study, at least").select_option("diploma")
    office.field("pay to, yuan").fill("3500")
    office.field("closes on").fill("2026-10-01")
    office.field("opens on").fill("2026-11-01")
    office.button("Save").click()
    office.reads("The posting cannot close before it opens.")
    office.assert_sound()
    office.field("closes on").fill(CLOSES.isoformat())
    office.button("Save").click()
    office.reads("Saved.")
    office.stands_at("Draft", "of a posting")
    office.sees(POSTING[office.language])
    office.button("Send to review", "button").click()
    office.reads("The posting is now: %(state)s.", state=office.says("In review"))
    office.stands_at("In review")
    office.button("Publish", "button").click()
    office.reads("The posting is now: %(state)s.", state=office.says("Published"))
    office.stands_at("Published")
    expect(office.panel("Applications")).to_contain_text(office.says("Nobody has applied yet."))
    office.sees(POSTING[office.language])


def _find(student: Person) -> None:
    """In either language, by filters, and by what fits; the row says what blocks the other one."""
    page = student.page
    page.goto("/")
    student.arrives_at("Today")
    student.goes_to("Postings")
    student.arrives_at("Postings")
    rows = page.locator("tbody").get_by_role("row")
    expect(rows).to_have_count(3)
    expect(rows.filter(has_text=BLOCKED[student.language])).to_contain_text(
        student.says("Only class of %(wanted)s", wanted=2028)
    )
    for words in ("调色", "grading", "启明", "colour INTERN"):
        student.field("Search").fill(words)
        expect(rows.filter(has_text=POSTING[student.language])).to_be_visible()
        expect(rows.filter(has_text=OTHER[student.language])).to_have_count(0)
    student.field("Search").fill("")
    expect(rows).to_have_count(3)
    _filter(student, rows)


def _filter(student: Person, rows: Locator) -> None:
    """Each filter by itself; one that leaves nothing shows the way back to all."""
    unfold = student.button("Filters")
    if unfold.is_visible():
        unfold.click()
    student.field("Kind").select_option("campus")
    expect(student.page.get_by_text(student.says("No posting matches"))).to_be_visible()
    student.assert_sound()
    student.link("Show all postings").click()
    expect(rows).to_have_count(3)
    student.page.wait_for_load_state()  # a script folds the filters
    if unfold.is_visible():
        unfold.click()
    student.field("Province").select_option(str(Posting.objects.get(title=OTHER["zh-hans"]).province_id))
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(OTHER[student.language])
    student.field("Province").select_option("")
    expect(rows).to_have_count(3)
    student.field("Monthly pay").select_option("3000")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(POSTING[student.language])
    student.field("Monthly pay").select_option("")
    expect(rows).to_have_count(3)
    student.field("Major").select_option(Major.objects.get(name_zh=MAJOR["zh-hans"]).code)
    student.page.get_by_text(student.says("More filters"), exact=True).click()
    student.field("Graduating class").select_option("2027")
    student.field("For my major").check()
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text=BLOCKED[student.language])).to_have_count(0)
    student.assert_sound()


def _is_refused(student: Person) -> None:
    """The page of the other posting says which rule blocks, and its form is not offered."""
    page = student.page
    student.goes_to("Postings")
    page.get_by_role("link", name=BLOCKED[student.language]).click()
    student.sees(BLOCKED[student.language])
    expect(student.panel("Apply", "heading")).to_contain_text(student.says("You cannot apply to this posting:"))
    expect(student.panel("Apply", "heading").get_by_role("listitem")).to_have_text([BLOCKS[student.language]])
    expect(page.locator(".tick-no")).to_contain_text(BLOCKS[student.language])
    expect(student.link("Apply", "button")).to_have_count(0)
    page.goto(f"{page.url}apply/")
    student.arrives_at("Apply", "heading")
    expect(page.get_by_role("main")).to_contain_text(BLOCKS[student.language])
    expect(student.button("Send application")).to_have_count(0)


def _apply_once(student: Person) -> None:
    """Every rule is explained; the second tab, clicked twice, finds the application that is there."""
    page = student.page
    student.goes_to("Postings")
    page.get_by_role("link", name=POSTING[student.language]).click()
    student.sees(POSTING[student.language])
    ticks = student.panel("Why it fits or does not").get_by_role("listitem")
    expect(ticks).to_have_text(FITS[student.language])
    with page.context.expect_page() as opened:
        student.link("Apply", "button").click(modifiers=["ControlOrMeta"])
    student.link("Apply", "button").click()
    student.arrives_at("Apply", "heading")
    expect(student.panel("What is sent with it")).to_contain_text("DaVinci Resolve")
    student.field("A few words to the enterprise").fill(LETTER)
    student.button("Send application").click()
    student.reads("Your application has been sent. You will be told when something happens.")
    student.stands_at("Submitted")
    student.sees(POSTING[student.language])
    again = replace(student, page=opened.value)
    again.field("A few words to the enterprise").fill("第二次")
    again.button("Send application").dblclick()
    again.reads("You have applied to this posting already. This is your application.")
    expect(again.panel("What was sent")).to_contain_text(LETTER)
    again.page.close()
    student.goes_to("Applications")
    student.arrives_at("My applications")
    expect(page.locator("tbody").get_by_role("row")).to_have_count(1)
    expect(page.locator("tbody").get_by_role("row")).to_contain_text(student.says("Submitted"))
    assert Application.objects.count() == 1


def _move_along(office: Person) -> None:
    """From the day's work to the application, and with it step by step to the offer."""
    office.goes_to("Today")
    office.arrives_at("My work today")
    waiting = office.panel("Applications nobody has looked at")
    waiting.get_by_role("link", name=STUDENT[office.language]).click()
    office.sees(STUDENT[office.language])
    for button, state in (
        ("Mark as seen", "Seen"),
        ("Shortlist", "Shortlisted"),
        ("Invite to interview", "Interview"),
        ("Offer", "Offered"),
    ):
        if state == "Interview":
            office.field("Note to the student").fill(NOTE)
        office.button(button, "button").click()
        office.reads("The application is now: %(state)s.", state=office.says(state))
        office.stands_at(state)
    office.sees(STUDENT[office.language])
    expect(office.button("Accept the offer", "button")).to_have_count(0)


def _hear_and_accept(student: Person) -> None:
    """The day says so, and so does the inbox; from its message to the application, and the answer."""
    page = student.page
    student.goes_to("Today")
    student.arrives_at("Today")
    expect(page.get_by_role("main")).to_contain_text(OFFER[student.language])
    page.get_by_role("link", name=UNREAD[student.language], exact=True).click()
    student.arrives_at("Inbox")
    messages = page.locator("tbody").get_by_role("link")
    expect(messages).to_have_text(list(reversed(MAILS[student.language])))
    messages.first.click()
    student.sees(MAILS[student.language][-1])
    student.link("Go to it", "message").click()
    student.stands_at("Offered")
    expect(student.panel("What happened")).to_contain_text(NOTE)
    student.sees(POSTING[student.language])
    student.button("Accept the offer", "button").click()
    student.reads("The application is now: %(state)s.", state=student.says("Accepted"))
    student.stands_at("Accepted")
    student.sees(POSTING[student.language])


def _see_the_answer(office: Person) -> None:
    """The office finds the answer in its list, and the posting where the visit tells what came of it."""
    office.goes_to("Applications")
    office.arrives_at("Applications")
    expect(office.page.locator("tbody").get_by_role("row")).to_contain_text([office.says("Accepted")])
    office.goes_to("Visits")
    office.page.get_by_role("link", name=ENTERPRISE[office.language], exact=True).click()
    came_of_it = office.panel("What came of it").get_by_role("listitem")
    expect(came_of_it).to_have_count(1)
    expect(came_of_it).to_contain_text(office.says("Published"))
    came_of_it.get_by_role("link", name=POSTING[office.language]).click()
    office.sees(POSTING[office.language])
    expect(office.panel("Applications")).to_contain_text(STUDENT[office.language])
