"""A student writes a résumé, applies with it and an answer, and sees what was sent and who looked."""

from playwright.sync_api import expect

from placements.choices import QuestionKind
from placements.models.applications import Application
from placements.models.postings import PostingQuestion
from placements.services.looking import note_look
from tests.browser.reader import two_readers
from tests.browser.steps import Person
from tests.factories.placements import PostingFactory

TITLE = "影视调色实习生"
QUESTION = "能实习几个月？"
PRIZE = "省大学生短视频大赛二等奖"
PROGRAM = {"name": "简历.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00 a program"}


@two_readers
def test_a_student_writes_a_resume_applies_with_it_and_sees_what_was_sent(
    page_for, assert_sound, student, officer, reader
):
    posting = PostingFactory(title=TITLE, title_en="", documents=["resume"])
    PostingQuestion.objects.create(posting=posting, kind=QuestionKind.NUMBER, text=QUESTION)
    page = page_for(student, language=reader.language, width=reader.width, theme=reader.light)
    person = Person(page, reader, assert_sound)

    _write_an_entry(person)
    _apply_with_it(person)

    application = Application.objects.get()
    document = application.documents.get()
    sent = person.panel("What was sent")
    expect(sent.get_by_role("link", name=document.name, exact=True)).to_be_visible()
    expect(sent.get_by_text(QUESTION, exact=True)).to_be_visible()
    expect(sent.get_by_text("3", exact=True)).to_be_visible()
    expect(person.panel("Who looked at it").get_by_text(person.says("Nobody yet."))).to_be_visible()
    person.assert_sound()
    with page.expect_download() as coming:
        sent.get_by_role("link", name=document.name, exact=True).click()
    assert coming.value.path().read_bytes().startswith(b"%PDF-")

    note_look(application, document, by=officer, at=application.submitted_at)
    page.reload()
    expect(person.panel("Who looked at it").get_by_text(officer.name)).to_be_visible()


def _write_an_entry(person: Person) -> None:
    page = person.page
    page.goto("/profile/")
    person.link("Résumés").click()
    expect(page.get_by_role("heading", name=person.says("Résumés"), exact=True)).to_be_visible()
    person.assert_sound()
    person.panel("Awards").get_by_role("link").click()
    person.field("what").fill(PRIZE)
    person.assert_sound()
    person.button("Save").click()
    awards = person.panel("Awards")
    expect(awards.get_by_role("link", name=PRIZE)).to_be_visible()
    expect(page.locator("#gaps").get_by_role("link")).to_have_text(
        [person.says("%(label)s: %(value)s", label=person.says("Awards"), value=PRIZE)]
    )
    person.assert_sound()


def _apply_with_it(person: Person) -> None:
    page = person.page
    person.goes_to("Postings")
    page.get_by_role("link", name=TITLE).click()
    person.link("Apply", "button").click()
    person.choose("Résumé to send", "Another file, chosen below")
    person.field("Another résumé").set_input_files(PROGRAM)
    page.get_by_label(QUESTION).fill("3")
    person.button("Send application").click()
    person.reads("The file is not what its name says. Save it again as .%(kind)s.", kind="pdf")
    expect(page.get_by_label(QUESTION)).to_have_value("3")
    person.assert_sound()
    page.get_by_role("radio").nth(0).check()
    person.button("Send application").click()
    person.reads("Your application has been sent. You will be told when something happens.")
