"""The office drafts a posting with a question; a rule holds it for an age; mended, it is published."""

from datetime import date, timedelta

from django.utils import timezone
from playwright.sync_api import expect

from partnerships.choices.enterprises import CreditCodeState
from placements.choices import HoldRule, PostingState, QuestionKind
from placements.models.postings import Posting
from tests.browser.reader import two_readers
from tests.browser.steps import Person
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import EnterpriseFactory

TITLE = {"en": "Editing intern", "zh-hans": "剪辑实习生"}
ASKS = "为纪录片做粗剪。年龄35岁以下。"


@two_readers
def test_a_posting_held_for_an_age_is_mended_and_published(page_for, assert_sound, officer, college, reader):
    MajorFactory(college=college, code="560204", name_zh="影视动画", name_en="Animation")
    enterprise = EnterpriseFactory(
        legal_name="四川启明影视科技有限公司", name_en="Qiming Film", credit_code_state=CreditCodeState.VERIFIED
    )
    office = Person(
        page_for(officer, language=reader.language, width=reader.width, theme=reader.light), reader, assert_sound
    )
    closes = timezone.localdate() + timedelta(days=30)

    _draft(office, enterprise.pk, closes)
    _is_held(office)
    _mend_and_publish(office)

    posting = Posting.objects.get()
    assert (posting.state, posting.pay_period, posting.skills) == (
        PostingState.PUBLISHED,
        "day",
        ["达芬奇", "Premiere"],
    )
    assert list(posting.questions.values_list("text", "kind")) == [("何时到岗？", QuestionKind.TEXT)]
    assert list(posting.languages.values_list("language", "level")) == [("en", "b1")]
    assert list(posting.holds.values_list("rule", "lifted_by")) == [(HoldRule.AGE, None)]


def _draft(office: Person, enterprise: int, closes: date) -> None:
    office.page.goto(f"/enterprises/{enterprise}/postings/")
    office.link("New posting").first.click()
    office.arrives_at("New posting")
    office.page.locator("[name=kind]").select_option("internship")
    office.field("title").fill(TITLE["zh-hans"])
    office.field("title in English").fill(TITLE["en"])
    office.field("the work and what it asks for").fill(ASKS)
    office.field("places").fill("2")
    office.field("Skills asked for").fill("达芬奇\nPremiere")
    office.page.locator("[name=languages-0-language]").select_option("en")
    office.field("pay from, yuan").fill("150")
    office.field("pay to, yuan").fill("200")
    office.field("pay is for").select_option("day")
    office.field("closes on").fill(closes.isoformat())
    office.field("Question", "to applicants").fill("何时到岗？")
    office.button("Another question").click()
    expect(office.field("Question", "to applicants")).to_have_count(2)
    office.assert_sound()
    office.button("Save as draft").click()
    office.reads("The posting is drafted. Send it to review when it is complete.")
    office.sees(TITLE[office.language])
    expect(office.panel("Questions to applicants")).to_contain_text("何时到岗？")
    expect(office.panel("At a glance")).to_contain_text(office.says("%(pay)s yuan a day", pay="150–200"))


def _is_held(office: Person) -> None:
    office.button("Send to review", "button").click()
    office.reads("The posting is in review, and a rule holds it: see below.")
    review = office.panel("Review by rules")
    expect(review).to_contain_text("35岁以下")
    expect(review).to_contain_text(office.says("must be changed"))
    office.stands_at("In review")
    expect(office.button("Publish", "button")).to_have_count(0)
    office.assert_sound()


def _mend_and_publish(office: Person) -> None:
    office.link("Edit").click()
    office.arrives_at("Edit posting")
    expect(office.field("Question", "to applicants").first).to_have_value("何时到岗？")
    office.field("the work and what it asks for").fill("为纪录片做粗剪。")
    office.button("Save").click()
    office.reads("Saved.")
    office.stands_at("In review")
    office.button("Publish", "button").click()
    office.reads("The posting is now: %(state)s.", state=office.says("Published"))
    office.stands_at("Published")
    office.sees(TITLE[office.language])
