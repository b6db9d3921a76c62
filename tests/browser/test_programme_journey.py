"""An order class from its opening to the numbers of its first class, and money that came in part."""

from decimal import Decimal

from playwright.sync_api import expect

from partnerships.models.programmes import Programme
from tests.browser.reader import two_readers
from tests.browser.steps import Person
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.programmes import InvestmentFactory

ENTERPRISE = {"en": "Yufeng Smart Manufacturing", "zh-hans": "渝锋智能制造有限公司"}
FRACTIONS = {
    "en": ["92.9 % (26 of 28)", "80.8 % (21 of 26)", "85 % (170 of 200)"],
    "zh-hans": ["92.9%（26/28）", "80.8%（21/26）", "85%（170/200）"],
}
NAME = "渝锋智造班"


@two_readers
def test_an_order_class_from_opening_to_numbers_and_money(page_for, assert_sound, officer, reader):
    enterprise = EnterpriseFactory(legal_name=ENTERPRISE["zh-hans"], name_en=ENTERPRISE["en"])
    MajorFactory()
    person = Person(
        page_for(officer, language=reader.language, width=reader.width, theme=reader.light), reader, assert_sound
    )
    person.page.goto(f"/enterprises/{enterprise.pk}/")
    person.sees(ENTERPRISE[reader.language])

    _open(person)
    _add_a_class(person)
    _enter_outcomes(person)
    programme = Programme.objects.get()
    InvestmentFactory(enterprise=enterprise, programme=programme, description="奖学金", promised=Decimal(300_000))
    _receive(person)

    outcomes = programme.outcomes.order_by("measure").values_list("measure", "number", "out_of", "year")
    assert list(outcomes) == [
        ("employed", 26, None, 2025),
        ("employment_rate", Decimal("0.85"), 200, 2025),
        ("hired", 21, None, 2025),
        ("trained", 28, None, 2025),
    ]
    assert programme.investments.get().receipts.get().amount == 100_000


def _open(person: Person) -> None:
    person.link("Open a programme").click()
    person.arrives_at("Open a programme")
    person.field("kind").select_option(label=person.says("Order class"))
    person.field("name").fill(NAME)
    person.field("since (year)").fill("2023")
    person.field("Terms agreed").fill("考核合格者毕业即录用")
    person.button("Save").click()
    person.reads("The programme is on file.")
    person.sees(NAME)


def _add_a_class(person: Person) -> None:
    person.link("Add a class").click()
    person.arrives_at("Add a class")
    person.field("year of entry").fill("2023")
    person.field("name of the class").fill("一班")
    person.button("Save").click()
    person.reads("Saved.")
    expect(person.panel("Classes").get_by_role("row")).to_contain_text(["", "2023 一班"])


def _enter_outcomes(person: Person) -> None:
    """A number that cannot be is refused in words; then the fractions stand on the page."""
    page = person.page
    person.link("Enter outcomes").click()
    person.arrives_at("Outcomes of a year")
    person.field("Year").fill("2025")
    person.button("Show").click()
    expect(page.get_by_role("heading", level=2).filter(has_text="2025")).to_be_visible()
    for measure, number in (("trained", "28"), ("employed", "29"), ("hired", "21"), ("employment_rate", "170/200")):
        page.locator(f"[name={measure}_number]").fill(number)
    person.button("Save").click()
    expect(page.get_by_role("alert")).to_be_visible()
    person.assert_sound()
    page.locator("[name=employed_number]").fill("26")
    person.button("Save").click()
    person.reads("The outcomes are on file.")
    for fraction in FRACTIONS[person.language]:
        expect(person.panel("Outcomes")).to_contain_text(fraction)
    person.sees(NAME)


def _receive(person: Person) -> None:
    page = person.page
    page.reload()
    person.panel("Investment").get_by_role("link").filter(has_text="奖学金").click()
    expect(page.get_by_role("heading", level=1).filter(has_text="奖学金")).to_be_visible()
    person.link("Record a receipt").click()
    person.arrives_at("Record a receipt")
    person.field("received, yuan").fill("10万")
    person.button("Save").click()
    person.reads("What came in is on file.")
    expect(person.panel("Received", "investment")).to_contain_text(person.reader.either("100,000 yuan", "10万元"))
    person.assert_sound()
