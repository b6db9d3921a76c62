"""A file that is not what its name says is refused beside its field; nothing of the form is lost or half-written."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from partnerships.models.agreements import AgreementFile
from partnerships.models.commitments import Commitment
from partnerships.models.timeline import TimelineEntry
from tests.browser.forms import BOTH, SHEET, called, entries, error_of, field, menu, open_steps, send, words_in
from tests.core.test_pictures import photo as picture
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import AgreementFactory
from tests.factories.placements import PostingFactory
from tests.factories.visits import ParticipantFactory, led_visit, reported_visit
from visits.choices import VisitState
from visits.models.results import Evidence, FollowUp, Intention, Outcome

PDF = {"name": "用人需求.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%report"}
PNG = {"name": "合影.png", "mimeType": "image/png", "buffer": picture((40, 30), "PNG").getvalue()}
NOT_A_PICTURE = {"name": "合影.png", "mimeType": "image/png", "buffer": b"MZ\x90\x00 a program"}
NO_PHOTO = {"en": "“合影.png” is not a photo.", "zh-hans": "“合影.png”不是照片。"}
NOT_A_PDF = {"name": "协议.pdf", "mimeType": "application/pdf", "buffer": b"<html>nothing of the kind</html>"}
SAID = {
    "en": "The file is not what its name says. Save it again as .%s.",
    "zh-hans": "文件内容与扩展名不符，请另存为 .%s 后再上传。",
}


@pytest.fixture
def visit(leader):
    held = led_visit(leader, state=VisitState.HELD, starts_on=timezone.localdate() - timedelta(days=1))
    ParticipantFactory(visit=held, name="孙总")
    ParticipantFactory(visit=held, name="没来的人")
    return held


def written(visit):
    """How many rows a report leaves behind, table by table."""
    tables = (Outcome, Commitment, Intention, FollowUp, Evidence, TimelineEntry)
    return [table.objects.count() for table in tables]


def rows_of(page, prefix):
    return page.locator(f"[data-rows={prefix}]")


def tell_everything(page, words, majors):
    """Each part of the report, with more rows than the page begins with."""
    open_steps(page)
    page.get_by_label("没来的人").uncheck()
    rows_of(page, "people").get_by_role("button", name=words("Add a person")).click()
    for number, name in enumerate(("周工，工艺负责人", "吴姐")):
        page.locator(f"#id_people-{number}-name").fill(name)
    field(page, words("What was said")).fill("谈到实习。\n\n下月再谈。")
    field(page, words("The enterprise's feedback on teaching")).fill("基础扎实")
    offered = rows_of(page, "outcomes")
    for _row in range(len(majors) - 1):
        offered.get_by_role("button", name=words("Another major")).click()
    for number, major in enumerate(majors):
        offered.get_by_label(words("Major")).nth(number).select_option(str(major.pk))
        offered.get_by_label(words("Posts")).nth(number).fill(str(number + 1))
    page.locator("#id_promises-0-description").fill("捐赠设备")
    page.locator("#id_promises-0-number").fill("20000.50")
    page.locator("#id_promises-0-kind").select_option("equipment")
    page.locator("#id_intentions-0-name").fill("共建实习基地")
    field(page, words("What is to be done")).fill("寄送人才培养方案")
    page.locator("#id_follow_ups-0-due_on").fill((timezone.localdate() + timedelta(days=9)).isoformat())


@BOTH
def test_a_program_named_as_a_photo_is_refused_with_the_report_around_it(
    page_for, leader, visit, language, width, assert_fits, assert_no_axe_violations
):
    majors = [MajorFactory(), MajorFactory(), MajorFactory()]
    words, page = words_in(language), page_for(leader, language=language, width=width)
    page.goto("/")
    menu(page, words("Visits"))
    page.locator("main").get_by_role("link", name=called(visit.enterprise, language)).first.click()
    page.get_by_role("link", name=words("Write the report")).first.click()
    tell_everything(page, words, majors)
    field(page, words("Talent-demand report")).set_input_files(NOT_A_PDF)
    field(page, words("Photos")).set_input_files(NOT_A_PICTURE)
    expect(page.locator("[data-photos-wrong]")).to_have_text(NO_PHOTO[language])
    typed = entries(page)

    send(page, words("Send the report"))

    assert error_of(page, words("Talent-demand report")) == SAID[language] % "pdf"
    kept = entries(page)
    assert (typed.pop("demand_report"), kept.pop("demand_report")) == (["协议.pdf"], [""])
    assert kept == typed
    visit.refresh_from_db()
    assert (visit.state, visit.minutes) == (VisitState.HELD, "")
    assert written(visit) == [0, 0, 0, 0, 0, 0]
    assert_fits(page)
    assert_no_axe_violations(page)

    open_steps(page)
    field(page, words("Talent-demand report")).set_input_files(PDF)
    field(page, words("Photos")).set_input_files(PNG)
    expect(page.locator("[data-photos] [data-photo]")).to_have_count(1)
    send(page, words("Send the report"))

    visit.refresh_from_db()
    assert page.url.endswith(f"/visits/{visit.pk}/")
    assert (visit.state, visit.minutes) == (VisitState.REPORTED, "谈到实习。\r\n\r\n下月再谈。")
    assert written(visit)[:5] == [3, 1, 1, 1, 2]
    assert list(visit.outcomes.values_list("major", "posts")) == [(major.pk, n) for n, major in enumerate(majors, 1)]
    assert visit.commitments.get().number == Decimal("20000.50")
    assert visit.follow_ups.get().owner == leader
    assert sorted(visit.participants.filter(was_present=True).values_list("name", flat=True)) == sorted(
        ["周工", "吴姐", "孙总", leader.name]
    )


@BOTH
def test_a_page_named_as_a_pdf_is_no_signed_copy(page_for, officer, language, width):
    agreement = AgreementFactory(owner=officer)
    words, page = words_in(language), page_for(officer, language=language, width=width)
    page.goto("/")
    menu(page, words("Agreements"))
    page.get_by_role("link", name=agreement.title).first.click()
    page.get_by_role("link", name=words("Add a file")).click()
    page.locator(SHEET).get_by_label(words("Legal review")).check()
    field(page, words("File")).set_input_files(NOT_A_PDF)
    typed = entries(page)

    send(page, words("Save"))

    assert error_of(page, words("File")) == SAID[language] % "pdf"
    assert {**entries(page), "file": ["协议.pdf"]} == typed
    assert AgreementFile.objects.count() == 0

    field(page, words("File")).set_input_files({**PDF, "name": "附件.pdf"})
    send(page, words("Save"))

    stored = AgreementFile.objects.get()
    assert (stored.agreement, stored.name, stored.kind) == (agreement, "附件.pdf", typed["kind"][0])


@BOTH
def test_evidence_keeps_its_words_when_the_file_is_refused(page_for, officer, language, width):
    visit = reported_visit(organiser=officer)
    words, page = words_in(language), page_for(officer, language=language, width=width)
    page.goto(f"/visits/{visit.pk}/")
    page.get_by_role("link", name=words("Add evidence")).click()
    page.locator(SHEET).get_by_label(words("News report")).check()
    field(page, words("Name", context="of a piece of evidence")).fill("签约仪式报道")
    field(page, words("Dated")).fill("2026-11-12")
    field(page, words("File")).set_input_files(NOT_A_PDF)
    typed = entries(page)

    send(page, words("Save"))

    assert error_of(page, words("File")) == SAID[language] % "pdf"
    assert {**entries(page), "file": ["协议.pdf"]} == typed
    assert Evidence.objects.count() == 0


@BOTH
def test_a_resume_that_is_none_leaves_the_letter_as_typed(page_for, student, language, width):
    words, page = words_in(language), page_for(student, language=language, width=width)
    posting = PostingFactory()
    page.goto(f"/postings/{posting.pk}/apply/")
    page.get_by_role("radio", name=words("Another file, chosen below")).check()
    field(page, words("A few words to the enterprise")).fill("我做过三部短片。\n\n谢谢。")
    field(page, words("Another résumé")).set_input_files(NOT_A_PDF)
    typed = entries(page)

    send(page, words("Send application"))

    assert error_of(page, words("Another résumé")) == SAID[language] % "pdf"
    assert {**entries(page), "resume_file": ["协议.pdf"]} == typed
    assert not posting.applications.exists()
    assert not student.resumes.exists()
