"""The text of an agreement: begun from a template, one clause changed, two revisions compared, taken away as Word."""

from io import BytesIO
from pathlib import Path

from docx import Document
from playwright.sync_api import expect

from drafting.models.texts import Revision
from tests.browser.reader import two_readers
from tests.browser.steps import Person
from tests.factories.drafting import make_template
from tests.factories.partnerships import AgreementFactory


@two_readers
def test_a_text_is_drawn_up_compared_and_taken_away(page_for, assert_sound, officer, reader):
    agreement = AgreementFactory(title="影视后期实习基地协议", content="")
    template = make_template(agreement.kind)
    page = page_for(officer, language=reader.language, width=reader.width, theme=reader.light)
    person = Person(page, reader, assert_sound)

    page.goto(f"/agreements/{agreement.pk}/text/")
    person.link("Begin with a template").click()
    person.arrives_at("Begin the text")
    person.field("Template").select_option(value=str(template.pk))
    person.button("Begin with it").click()
    person.reads("The text is begun. Change its clauses to what was agreed.")
    person.sees(agreement.title)
    expect(person.panel("Still missing").get_by_role("listitem")).to_have_text([person.says("aims and content")])

    person.link("Change the text").click()
    person.arrives_at("Change the text")
    clause = page.locator("details.clause-form").nth(2)
    clause.locator("summary").click()
    clause.get_by_label(person.says("Chinese text")).fill("有效期五年，自{{starts_on}}起。")
    person.field("What changed").fill("企业要求五年")
    person.button("Save as the next revision").click()
    person.reads("Saved as revision %(number)s.", number=2)

    person.button("Compare").click()
    person.arrives_at("Compare revisions")
    expect(page.locator("ins").first).to_contain_text("有效期五年")
    person.link("To the text").click()
    person.sees(agreement.title)
    person.field("Format").select_option(value="docx")
    with page.expect_download() as started:
        person.button("Download").click()
    lines = [line.text for line in Document(BytesIO(Path(started.value.path()).read_bytes())).paragraphs]
    assert "有效期五年，自2026年1月1日起。" in lines
    assert Revision.objects.get(number=2).note == "企业要求五年"
