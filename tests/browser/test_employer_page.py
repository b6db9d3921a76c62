"""A student reads about an employer on a phone; the office sees the same and finds the way to the file."""

import re
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from partnerships.choices.programmes import ProgrammeKind, ProgrammeMeasure
from partnerships.models.programmes import Programme, ProgrammeOutcome
from placements.choices import ApplicationState, PostingKind
from placements.models.applications import ApplicationMove
from tests.browser.reader import Reader
from tests.browser.steps import Person
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import ContactFactory, EnterpriseFactory, FlagFactory, NeedFactory, signed_agreement
from tests.factories.placements import ApplicationFactory, PostingFactory

STUDENTS = pytest.mark.parametrize(
    "reader",
    [Reader("en", 390, "light"), Reader("zh-hans", 390, "dark"), Reader("zh-hans", 1440, "light")],
    ids=str,
)
NAMES = {"zh-hans": "四川光影传媒股份有限公司", "en": "Sichuan Guangying Media Co., Ltd."}
TITLE = "影视后期实习生"


@pytest.fixture
def employer(transactional_db):
    """An employer with something of everything that students may and may not read."""
    enterprise = EnterpriseFactory(
        legal_name=NAMES["zh-hans"], name_en=NAMES["en"], about="影视后期与动画制作。", staff_count=320,
        website="https://guangying.example/about/", credit_code="91510100MA6CQ1234X",
    )  # fmt: skip
    enterprise.flags.add(FlagFactory())
    ContactFactory(enterprise=enterprise, name="绝密联系人")
    NeedFactory(enterprise=enterprise, description="绝密需求")
    signed_agreement(enterprise=enterprise, title="绝密协议", starts_on=date(2024, 1, 1))
    programme = Programme.objects.create(
        enterprise=enterprise, kind=ProgrammeKind.ORDER_CLASS, name="光影班", since=2023
    )
    programme.majors.add(MajorFactory())
    ProgrammeOutcome.objects.create(programme=programme, measure=ProgrammeMeasure.HIRED, number=28, year=2025)
    for kind in (PostingKind.JOB, PostingKind.JOB, PostingKind.INTERNSHIP):
        accepted = PostingFactory(enterprise=enterprise, kind=kind, closes_on=date(2026, 1, 1))
        ApplicationFactory(posting=accepted, state=ApplicationState.ACCEPTED, snapshot={"class_of": 2026})
    for _ in range(5):
        answered = ApplicationFactory(posting=accepted, state=ApplicationState.REJECTED)
        ApplicationMove.objects.create(
            application=answered, state=ApplicationState.REJECTED, at=timezone.now(), by=None
        )
    PostingFactory(enterprise=enterprise, title=TITLE, title_en="")
    return enterprise


@STUDENTS
def test_a_student_finds_an_employer_and_reads_who_it_is(page_for, assert_sound, student, employer, reader):
    page = page_for(student, language=reader.language, width=reader.width, theme=reader.light)
    person = Person(page, reader, assert_sound)
    EnterpriseFactory.create_batch(2)
    page.goto("/")

    person.goes_to("Employers")
    person.arrives_at("Employers")
    if reader.is_narrow:
        page.get_by_role("button", name=person.says("Filters")).click()
    person.field("With open postings").check()
    expect(page.locator("tbody tr")).to_have_count(1)
    person.assert_sound()
    page.get_by_role("link", name=NAMES[reader.language]).click()

    person.sees(NAMES[reader.language])
    expect(person.panel("What the enterprise does")).to_contain_text("影视后期与动画制作。")
    expect(person.panel("At a glance")).to_contain_text(reader.either("100–499 people", "100–499人"))
    expect(person.panel("Open postings")).to_contain_text(TITLE)
    went = person.panel("Students of ours who went there")
    expect(went).to_contain_text(person.says("Class of %(year)s", year=2026))
    expect(went).to_contain_text(reader.either("2 to jobs, 1 to an internship", "就业 2 人、实习 1 人"))
    expect(went).to_contain_text(person.says("Reported of the programme “%(programme)s”", programme="光影班"))
    expect(person.panel("Answers to students")).to_contain_text("100%")
    together = person.panel("What it does with the school")
    expect(together).to_contain_text(reader.either("Practice base since 2024", "实习基地（2024 年起）"))
    assert [secret for secret in ("绝密", "91510100MA6CQ1234X") if secret in page.content()] == []


@STUDENTS
def test_a_posting_leads_to_its_employer_and_back(page_for, assert_sound, student, employer, reader):
    page = page_for(student, language=reader.language, width=reader.width, theme=reader.light)
    person = Person(page, reader, assert_sound)
    page.goto("/postings/")
    person.assert_sound()

    page.get_by_role("link", name=TITLE).click()
    person.link("More about this employer").click()
    person.sees(NAMES[reader.language])
    page.get_by_role("link", name=TITLE).click()

    person.sees(TITLE)


def test_the_office_sees_what_students_see_and_changes_it(page_for, assert_sound, officer, employer):
    page = page_for(officer, width=1440, theme="dark")
    person = Person(page, Reader("en", 1440, "dark"), assert_sound)
    page.goto(f"/enterprises/{employer.pk}/")

    person.link("As students see it").click()
    person.sees(NAMES["en"])
    person.link("Change what students read").click()
    about = page.get_by_label(re.compile("^What the enterprise does"))
    expect(about).to_be_in_viewport()
    expect(page.get_by_text("Students read this on the enterprise's public page")).to_be_visible()
    about.fill("动画、后期与调色。")
    with page.expect_navigation():
        person.button("Save").click()
    page.goto(f"/employers/{employer.pk}/")

    expect(person.panel("What the enterprise does")).to_contain_text("动画、后期与调色。")
    person.link("The whole file").click()
    person.sees(NAMES["en"])
