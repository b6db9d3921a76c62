"""From the report of a visit to an agreement in force, with its signed copy on file."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from accounts.models.people import User
from core.pdf import render_pdf
from drafting.choices import ReviewerRole
from drafting.models.reviews import ReviewRule
from partnerships.choices.agreements import AgreementState, CommitmentKind, Side
from partnerships.models.agreements import Agreement, AgreementFile
from tests.browser.reader import every_reader
from tests.browser.steps import Person
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import AgreementKindFactory, ContactFactory, EnterpriseFactory
from tests.factories.visits import led_visit
from visits.choices import VisitState
from visits.services.reporting import OutcomeLine, PromiseLine, report_visit

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # in Shanghai
IN_FORCE = datetime(2026, 12, 1, 4, 0, tzinfo=UTC)
ENTERPRISE = {"en": "Qiming Film Technology", "zh-hans": "四川启明影视科技有限公司"}
KIND = {"en": "Practice base", "zh-hans": "实习基地"}
OFFICER = {"en": "Wang Min", "zh-hans": "王敏"}
TITLE = "影视后期实习基地协议"
NOTHING_YET = "There is nothing to review yet: write the text, or add the draft as a file."
# A few words as they stand on the pages, so that a changed translation is noticed.
DRAFTED = {
    "en": "The draft is on file, with the promises of the visit.",
    "zh-hans": "协议草稿已生成，走访中的承诺已一并列入。",
}
PATH = {
    "en": ["Draft", "In review", "Awaiting signatures", "Signed", "In force", "Expired"],
    "zh-hans": ["草拟", "审核中", "待签署", "已签署", "履行中", "已到期"],
}


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The portal's clock stands still until it is set to another moment."""

    def set_to(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_to(NOON)
    return set_to


@pytest.fixture
def visit(officer, leader, college):
    """A visit as its report left it: places for one major, and a promise of each side."""
    enterprise = EnterpriseFactory(legal_name=ENTERPRISE["zh-hans"], name_en=ENTERPRISE["en"])
    ContactFactory(enterprise=enterprise, name="李雪")
    major = MajorFactory(college=college, name_zh="影视动画", name_en="Film and Television Animation")
    ReviewRule.objects.create(kind=AgreementKindFactory(), place=1, role=ReviewerRole.OFFICE)
    held = led_visit(
        leader, enterprise=enterprise, starts_on=date(2026, 11, 20), state=VisitState.HELD, organiser=officer
    )
    promises = [
        PromiseLine(Side.ENTERPRISE, CommitmentKind.INTERNSHIP_PLACES, "每年接收实习生", 12, "人", date(2027, 6, 30)),
        PromiseLine(Side.SCHOOL, CommitmentKind.OTHER, "寄送人才培养方案", due_on=date(2026, 12, 15)),
    ]
    return report_visit(
        held,
        by=officer,
        at=NOON,
        minutes="谈到共建实习基地。",
        outcomes=[OutcomeLine(major, posts=4, post_pay=5000, internships=12, internship_pay=3000)],
        commitments=promises,
    )


@pytest.fixture
def signed_copy(tmp_path):
    """A PDF as a scanner would give it: its name, its content."""
    source = tmp_path / "copy.typ"
    source.write_text('#set text(font: "Noto Sans SC")\n影视后期实习基地协议，双方签字盖章。\n', encoding="utf-8")
    path = tmp_path / "实习基地协议（签字盖章）.pdf"
    path.write_bytes(render_pdf(source, {}))
    return path


@every_reader
def test_a_visit_leads_to_an_agreement_in_force(page_for, assert_sound, officer, visit, signed_copy, clock, reader):
    person = Person(
        page_for(officer, language=reader.language, width=reader.width, theme=reader.light), reader, assert_sound
    )

    _draw_up(person)
    _complete(person)
    _review(person, signed_copy)
    _sign(person)
    _file_the_copy(person, signed_copy)
    clock(IN_FORCE)
    _sign_in_again(person, officer)
    _find_in_force(person)

    agreement = Agreement.objects.get()
    assert list(visit.agreements.all()) == [agreement]
    assert (agreement.title, agreement.number, agreement.state) == (TITLE, "校企〔2026〕18号", AgreementState.SIGNED)
    assert (agreement.starts_on, agreement.ends_on) == (date(2026, 12, 1), date(2029, 11, 30))
    assert agreement.signed_on == date(2026, 11, 24)
    assert [field.name for field in agreement.fields.all()] == ["影视后期", "教材开发"]
    assert list(agreement.moves.values_list("state", "by")) == [
        (state, officer.pk) for state in ("draft", "in_review", "awaiting_signatures", "signed")
    ]
    assert list(agreement.signatures.order_by("pk").values_list("side", "name", "title", "signed_on", "way")) == [
        ("school", "陈立", "副校长", date(2026, 11, 23), "paper"),
        ("enterprise", "李雪", "总经理", date(2026, 11, 24), "seal"),
    ]
    assert list(agreement.commitments.order_by("pk").values_list("side", "kind", "number", "unit", "state")) == [
        ("enterprise", "internship_places", Decimal(12), "人", "open"),
        ("school", "other", None, "", "open"),
        ("school", "lectures", Decimal(2), "次", "open"),
    ]


def _draw_up(person: Person) -> None:
    """From the day's work to the visit, and from its page to the draft; a wrong date is mended."""
    person.page.goto("/")
    person.goes_to("Visits")
    person.page.get_by_role("link", name=ENTERPRISE[person.language], exact=True).click()
    person.sees(ENTERPRISE[person.language])
    expect(person.panel("What came of it")).to_contain_text(person.says("No agreement and no posting yet."))
    person.link("Draw up an agreement").click()
    person.arrives_at("Draw up an agreement")
    person.field("Kind").select_option(label=KIND[person.language])
    person.field("Title").fill(TITLE)
    person.field("In force from").fill("2026-12-01")
    person.field("In force until").fill("2025-11-30")
    person.button("Save as draft").click()
    person.reads("The agreement cannot end before it starts.")
    person.assert_sound()
    expect(person.field("Title")).to_have_value(TITLE)
    person.field("In force until").fill("2029-11-30")
    person.button("Save as draft").click()
    expect(person.page.get_by_role("status").filter(has_text=DRAFTED[person.language])).to_be_visible()
    person.sees(TITLE)
    assert person.page.locator(".stepper li").all_inner_texts() == PATH[person.language]
    person.stands_at("Draft")


def _complete(person: Person) -> None:
    """One more promise beside those of the visit, then number and fields of cooperation."""
    tabs = person.page.get_by_role("navigation", name=person.says("Parts of the agreement"))
    tabs.get_by_role("link", name=person.says("Promises"), exact=True).click()
    expect(person.panel("Promises").get_by_role("row")).to_have_count(3)
    person.link("Record a promise").click()
    person.arrives_at("Record a promise")
    expect(person.page.get_by_role("radio")).to_have_count(2)
    person.choose("promised by", "School")
    person.field("kind").select_option(label=person.says("Lectures"))
    person.field("promise").fill("每学期行业讲座")
    person.field("number").fill("2")
    person.field("unit").fill("次")
    person.field("due on").fill("2027-05-31")
    person.button("Save").click()
    person.reads("The promise is on file.")
    rows = person.panel("Promises").get_by_role("row")
    expect(rows).to_have_count(4)
    expect(rows.filter(has_text="每学期行业讲座")).to_contain_text(person.dated(date(2027, 5, 31), "SHORT_DATE_FORMAT"))
    tabs.get_by_role("link", name=person.says("Agreement"), exact=True).click()
    expect(person.panel("Facts")).to_be_visible()
    person.link("Edit").click()
    person.arrives_at("Edit agreement")
    person.field("agreement number").fill("校企〔2026〕18号")
    person.field("Fields of cooperation").fill("影视后期\n教材开发")
    person.field("owner at the enterprise").select_option(label="李雪")
    person.button("Save").click()
    person.reads("Saved.")
    expect(person.panel("Facts")).to_contain_text("校企〔2026〕18号")
    person.sees(TITLE)


def _review(person: Person, draft: Path) -> None:
    """Nothing is sent to review before there is a draft; the last approval leads to the signatures."""
    person.button("Send to review").click()
    expect(person.panel("Send to review")).to_contain_text(person.says(NOTHING_YET))
    person.assert_sound()
    person.panel("Send to review").get_by_role("link", name=person.says("Add a file"), exact=True).click()
    person.arrives_at("Add a file")
    expect(person.page.get_by_role("radio", name=person.says("Draft text"), exact=True)).to_be_checked()
    person.field("File").set_input_files(draft)
    person.button("Save").click()
    person.reads("The file is stored.")
    person.button("Send to review").click()
    person.reads("The agreement is now: %(state)s.", state=person.says("In review"))
    person.stands_at("Employment office")
    person.sees(TITLE)
    person.button("Approve", "a draft").click()
    person.reads("You have approved the draft.")
    tabs = person.page.get_by_role("navigation", name=person.says("Parts of the agreement"))
    tabs.get_by_role("link", name=person.says("Agreement"), exact=True).click()
    person.stands_at("Awaiting signatures")
    person.sees(TITLE)


def _sign(person: Person) -> None:
    """The school on paper, then the enterprise by seal; the second one makes it signed."""
    person.link("Record a signature").first.click()
    person.arrives_at("Record a signature")
    person.field("Signed by").fill("陈立")
    person.field("Position").fill("副校长")
    person.field("Signed on").fill("2026-11-23")
    person.button("Save").click()
    person.reads("The signature is on file.")
    person.link("Record a signature").first.click()
    expect(person.page.get_by_role("radio", name=ENTERPRISE[person.language], exact=True)).to_be_checked()
    person.field("Signed by").fill("李雪")
    person.field("Position").fill("总经理")
    person.choose("How", "Electronic seal")
    person.button("Save").click()
    person.reads("The signature is on file.")
    tabs = person.page.get_by_role("navigation", name=person.says("Parts of the agreement"))
    tabs.get_by_role("link", name=person.says("Agreement"), exact=True).click()
    person.stands_at("Signed, not yet in force")
    expect(person.panel("Signatures").get_by_role("listitem")).to_have_count(2)
    expect(person.panel("Signatures")).to_contain_text(person.dated(date(2026, 11, 23)))
    person.sees(TITLE)


def _file_the_copy(person: Person, signed_copy: Path) -> None:
    """A text that calls itself a PDF is refused; the real copy comes back as it was sent."""
    page = person.page
    person.link("Upload signed copy").click()
    person.arrives_at("Add a file")
    expect(page.get_by_role("radio", name=person.says("Signed copy"), exact=True)).to_be_checked()
    person.field("File").set_input_files({"name": "copy.pdf", "mimeType": "application/pdf", "buffer": b"words"})
    person.button("Save").click()
    person.reads("The file is not what its name says. Save it again as .%(kind)s.", kind="pdf")
    assert not AgreementFile.objects.filter(kind="signed_copy").exists()
    person.field("File").set_input_files(signed_copy)
    person.button("Save").click()
    person.reads("The file is stored.")
    person.sees(TITLE)
    with page.expect_download() as started:
        person.panel("Files").get_by_role("link", name=signed_copy.name).first.click()  # the newest
    assert started.value.suggested_filename == signed_copy.name
    content = Path(started.value.path()).read_bytes()
    assert content == signed_copy.read_bytes()
    assert "双方签字盖章" in PdfReader(BytesIO(content)).pages[0].extract_text()
    filed = AgreementFile.objects.get(kind="signed_copy")
    assert (filed.name, filed.uploaded_at) == (signed_copy.name, NOON)


def _sign_in_again(person: Person, officer: User) -> None:
    """A week later the session has ended; after signing in the page asked for opens."""
    person.goes_to("Agreements")
    person.arrives_at("Sign in")
    person.field("E-mail, staff number or student number").fill(officer.number)
    person.field("Password").fill("correct horse battery")
    person.page.get_by_role("main").get_by_role("button", name=person.says("Sign in")).click()


def _find_in_force(person: Person) -> None:
    """In the list of agreements, on its page, on the visit's and in the enterprise's file."""
    person.arrives_at("Agreements")
    row = person.page.get_by_role("row").filter(has_text=TITLE)
    expect(row).to_contain_text(person.says("In force"))
    row.get_by_role("link", name=TITLE).click()
    person.stands_at("In force")
    person.page.get_by_role("link", name=ENTERPRISE[person.language], exact=True).first.click()
    person.sees(ENTERPRISE[person.language])
    expect(person.page.get_by_role("row").filter(has_text=TITLE)).to_contain_text(person.says("In force"))
    tabs = person.page.get_by_role("navigation", name=person.says("Parts of the file"))
    tabs.get_by_role("link", name=person.says("Visits"), exact=True).click()
    person.page.get_by_role("link", name=person.dated(date(2026, 11, 20)), exact=True).click()
    expect(person.panel("What came of it").get_by_role("listitem")).to_contain_text([person.says("In force")])
    expect(person.panel("What came of it").get_by_role("link", name=TITLE)).to_be_visible()
    person.sees(ENTERPRISE[person.language])
