"""From a promise to what shows it, past its day, and to the review before the agreement ends."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from agreements.models import CommitmentEvidence, RenewalReview
from partnerships.models.commitments import Commitment
from placements.choices import ApplicationState
from tests.browser.reader import two_readers
from tests.browser.steps import Person
from tests.factories.accounts import student
from tests.factories.partnerships import signed_agreement
from tests.factories.placements import ApplicationFactory, PostingFactory

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # in Shanghai
TITLE, PROMISE = "影视后期实习基地协议", "每年接收实习生"


@pytest.fixture
def agreement(monkeypatch, officer):
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    made = signed_agreement(title=TITLE, owner=officer, starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 20))
    posting = PostingFactory(enterprise=made.enterprise, title="剪辑实习生", title_en="", headcount=5)
    for name in ("刘洋", "周宁"):
        taken = student(name=name, name_en="")
        ApplicationFactory(posting=posting, student=taken, state=ApplicationState.ACCEPTED)
    return made


@two_readers
def test_a_promise_is_shown_by_records_and_the_agreement_is_renewed(page_for, assert_sound, officer, agreement, reader):
    page = page_for(officer, language=reader.language, width=reader.width, theme=reader.light)
    person = Person(page, reader, assert_sound)

    _promise(person, agreement)
    _show(person)
    _is_late(person)
    _renew(person)

    promise, review = Commitment.objects.get(), RenewalReview.objects.get()
    assert (promise.number, promise.unit, promise.due_on) == (12, "人", date(2026, 11, 1))
    assert list(CommitmentEvidence.objects.values_list("kind", "number")) == [("intern", 1), ("intern", 1)]
    assert (review.decision, review.reason, review.by) == ("renew", "学生评价好", officer)


def _promise(person: Person, agreement: object) -> None:
    person.page.goto(f"/agreements/{agreement.pk}/promises/")
    person.sees(TITLE)
    person.link("Record a promise").first.click()
    person.arrives_at("Record a promise")
    person.field("kind").select_option(label=person.says("Internship places"))
    person.field("promise").fill(PROMISE)
    person.field("number").fill("12")
    person.field("unit").fill("人")
    person.field("due on").fill("2026-11-01")
    person.button("Save").click()
    person.reads("The promise is on file.")
    person.page.get_by_role("link", name=PROMISE, exact=True).click()
    person.sees(PROMISE)


def _show(person: Person) -> None:
    person.link("What shows it?").click()
    person.arrives_at("What shows it?")
    ticks = person.page.get_by_role("checkbox", name="刘洋").or_(person.page.get_by_role("checkbox", name="周宁"))
    expect(ticks).to_have_count(2)
    for tick in ticks.all():
        tick.check()
    person.button("Save").click()
    person.reads("The evidence is saved.")
    expect(person.panel("What shows it").get_by_role("listitem")).to_have_count(2)
    expect(person.panel("Facts")).to_contain_text("2 人")
    person.sees(PROMISE)


def _is_late(person: Person) -> None:
    person.page.goto("/")
    expect(person.panel("Overdue promises")).to_contain_text(PROMISE)
    person.assert_sound()
    person.panel("Renewals to decide").get_by_role("link", name=TITLE, exact=True).click()


def _renew(person: Person) -> None:
    person.arrives_at("Renewal review")
    expect(person.panel("Promises")).to_contain_text("2 人")
    person.choose("What is to become of it", "Renew")
    person.field("Reason").fill("学生评价好")
    person.button("Save").click()
    person.arrives_at("Draw up an agreement")
    expect(person.field("title")).to_have_value(TITLE)
