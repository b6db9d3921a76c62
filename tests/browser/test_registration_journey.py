"""An officer compares a code with the publicity system, keeps the picture, and enters a second site."""

import pytest
from playwright.sync_api import expect

from partnerships.choices.enterprises import CheckResult, CheckSource, CreditCodeState
from partnerships.models.enterprises import CreditCheck, Site
from tests.browser.reader import Reader, in_one_line, panel, two_readers
from tests.browser.steps import Person
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.usefixtures("transactional_db")
CODE = "91350100M000100Y43"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 24


@two_readers
def test_a_code_is_verified_and_a_site_entered(reader: Reader, page_for, officer, assert_sound):
    enterprise = EnterpriseFactory(
        legal_name="四川启明影视科技有限公司", name_en="Qiming Film", credit_code=CODE, owner=officer,
        credit_code_state=CreditCodeState.VALID,
    )  # fmt: skip
    page = page_for(officer, language=reader.language, width=reader.width, theme=reader.light)
    person = Person(page, reader, assert_sound)
    page.goto(f"/enterprises/{enterprise.pk}/")
    person.link("Verify").click()
    person.sees(reader.either("Qiming Film", "四川启明影视科技有限公司"))

    person.link("Record a check").click()
    person.arrives_at("Record a check")
    person.choose("Looked up in", "National Enterprise Credit Information Publicity System")
    person.choose("Result", "Name and code agree")
    person.field("Screenshot").set_input_files({"name": "shot.png", "mimeType": "image/png", "buffer": PNG})
    person.button("Save").click()
    person.reads("The check is on file.")

    check = CreditCheck.objects.get()
    assert (check.source, check.result, check.code) == (CheckSource.CREDIT_PUBLICITY, CheckResult.MATCHES, CODE)
    rows = panel(page, person.says("Unified social credit code")).locator("tbody tr")
    assert in_one_line(rows.locator(".state")) == [reader.either("Name and code agree", "名称与代码一致")]
    with page.expect_download() as waiting:
        rows.get_by_role("link").click()
    assert waiting.value.path().read_bytes() == PNG

    person.link("Add a site").click()
    person.arrives_at("Add a site")
    person.field("site").fill("绵阳厂区")
    person.field("city").fill("绵阳")
    person.button("Save").click()
    person.reads("The site is on file.")
    panel(page, person.says("Sites")).get_by_role("link", name=person.says("Is closed")).click()
    person.sees(person.says("%(site)s is closed", site="绵阳厂区"))
    person.button("Save").click()
    person.reads("The site stays in the history of the file.")
    assert Site.objects.get().closed_on is not None

    page.get_by_role("navigation", name=person.says("Parts of the file")).get_by_role("link").first.click()
    facts = panel(page, person.says("Facts"))
    expect(facts.locator(".state").first).to_have_text(reader.either("Verified", "已核验"))
