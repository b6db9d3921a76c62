"""A student reads why a posting does not fit, changes a wish, and sees it first among those for them."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from accounts.models.people import StudentProfile
from placements.models.postings import PostingLanguage
from tests.browser.reader import in_one_line, two_readers
from tests.browser.steps import Person
from tests.factories.accounts import MajorFactory, student
from tests.factories.partnerships import EnterpriseFactory, IndustryFactory, ProvinceFactory
from tests.factories.placements import PostingFactory

WANTED = {"en": "Colour grading", "zh-hans": "影视调色"}
NEWER = {"en": "Lighting", "zh-hans": "灯光"}
BLOCKED = {"en": "Stage design", "zh-hans": "舞台设计"}


@two_readers
def test_a_changed_wish_moves_a_posting_up(page_for, assert_sound, reader):
    major = MajorFactory(code="560201", name_zh="影视动画", name_en="Animation")
    liu = student(name="刘洋", name_en="Liu Yang", major=major, class_of=2027)
    _postings()
    page = page_for(liu, language=reader.language, width=reader.width, theme=reader.light)
    person = Person(page, reader, assert_sound)

    _reads_why_not(person)
    person.goes_to("For you", "menu")
    person.arrives_at("For you", "menu")
    first = page.locator("tbody tr").first
    expect(first.get_by_role("link", name=NEWER[reader.language])).to_be_visible()
    expect(page.get_by_role("link", name=BLOCKED[reader.language])).to_have_count(0)

    _changes_wishes(person)
    person.goes_to("For you", "menu")
    person.arrives_at("For you", "menu")
    expect(first.get_by_role("link", name=WANTED[reader.language])).to_be_visible()
    assert in_one_line(first.locator(".fit-reason")) == [
        person.says("Fits:") + " " + text
        for text in (
            person.says("%(class)s (broad class)", **{"class": person.says("Journalism and communication", "majors")}),
            person.says("English") + " B1",
            "成都",
        )
    ]


def _postings() -> None:
    place = {"province": ProvinceFactory(), "city": "成都", "enterprise": EnterpriseFactory(industry=IndustryFactory())}
    long_ago = {"published_at": timezone.now() - timedelta(days=60)}
    wanted = PostingFactory(title=WANTED["zh-hans"], title_en=WANTED["en"], major_classes=["56"], **place, **long_ago)
    PostingLanguage.objects.create(posting=wanted, language="en", level="b1")
    PostingFactory(title=NEWER["zh-hans"], title_en=NEWER["en"], major_classes=["56"], **long_ago)
    PostingFactory(title=BLOCKED["zh-hans"], title_en=BLOCKED["en"], class_of=2028, **long_ago)


def _reads_why_not(person: Person) -> None:
    page = person.page
    page.goto("/")
    person.goes_to("Postings")
    page.get_by_role("link", name=BLOCKED[person.language]).click()
    person.sees(BLOCKED[person.language])
    why = "Only for the class of %(wanted)s; you are in the class of %(yours)s. If that is wrong, ask your college."
    expect(
        person.panel("Why it fits or does not").get_by_text(person.says(why, wanted=2028, yours=2027))
    ).to_be_visible()
    person.goes_to("Postings")
    page.get_by_role("link", name=WANTED[person.language]).click()
    person.sees(WANTED[person.language])
    unknown = "Asks for %(language)s, at least %(wanted)s; your profile does not say how well you speak it."
    said = person.says(unknown, language=person.says("English"), wanted="B1")
    expect(person.panel("Why it fits or does not").get_by_text(said)).to_be_visible()


def _changes_wishes(person: Person) -> None:
    page = person.page
    person.link("Change my wishes and skills").click()
    person.arrives_at("Wishes", "of a student")
    person.field("Cities wished for").fill("成都")
    page.locator("[name=languages-0-language]").select_option("en")
    page.locator("[name=languages-0-level]").select_option("b2")
    person.button("Another language").click()
    expect(page.locator("[name=languages-1-language]")).to_be_visible()
    page.locator("[name=languages-1-language]").select_option("ja")
    page.locator("[name=languages-1-level]").select_option("a1")
    person.button("Save").click()
    person.reads("Saved.")
    person.assert_sound()
    profile = StudentProfile.objects.get()
    assert (profile.cities, [str(each.language) for each in profile.languages.all()]) == (["成都"], ["en", "ja"])
