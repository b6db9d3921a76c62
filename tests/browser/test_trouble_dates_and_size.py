"""An end before a start, and far more text than a field holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.choices import Role
from accounts.models.people import User
from core.models import SentForm
from partnerships.models.agreements import Agreement
from partnerships.models.enterprises import Enterprise
from partnerships.models.needs import Need
from placements.models.postings import Posting
from tests.browser.forms import BOTH, SHEET, called, entries, error_of, field, menu, send, tab, words_in
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import AgreementKindFactory, ContactFactory, EnterpriseFactory
from visits.models.campaigns import Campaign, CampaignPoint, CampaignTarget

FIVE_MB = 5 * 1024 * 1024
TOO_LONG = {
    "en": "Ensure this value has at most {most} characters (it has {has}).",
    "zh-hans": "确保该变量包含不超过 {most} 字符 (目前字符数 {has})。",
}


@pytest.fixture
def enterprise(officer: User) -> Enterprise:
    return EnterpriseFactory(legal_name="会润集团", name_en="Huirun Group", owner=officer)


def open_file(page, words, enterprise, language):
    page.goto("/")
    menu(page, words("Enterprises"))
    page.locator("main").get_by_role("link", name=called(enterprise, language)).first.click()


@BOTH
def test_a_campaign_cannot_end_before_it_starts(page_for, officer, language, width, assert_fits):
    words, page = words_in(language), page_for(officer, language=language, width=width)
    page.goto("/campaigns/")
    page.get_by_role("link", name=words("Open a campaign")).first.click()
    field(page, words("Name", context="of a campaign")).fill("访企拓岗")
    field(page, words("From")).fill("2026-12-01")
    field(page, words("To")).fill("2026-11-30")
    field(page, words("Purposes")).fill("拓岗\n调研")
    field(page, words("Ways of visiting")).fill("走出去")
    page.locator("#id_targets-1-measure").select_option("enterprises")
    page.locator("#id_targets-1-role").select_option(Role.LEADER)
    page.locator("#id_targets-1-number").fill("40")
    typed = entries(page)

    send(page, words("Save"))

    said = {"en": "The campaign cannot end before it starts.", "zh-hans": "专项行动结束日期不能早于开始日期。"}
    assert error_of(page, words("To")) == said[language]
    assert entries(page) == typed
    assert [table.objects.count() for table in (Campaign, CampaignPoint, CampaignTarget, SentForm)] == [0, 0, 0, 0]
    assert_fits(page)

    field(page, words("To")).fill("2026-12-01")
    send(page, words("Save"))

    saved = Campaign.objects.get()
    assert (saved.starts_on, saved.ends_on, CampaignPoint.objects.count()) == (date(2026, 12, 1), date(2026, 12, 1), 3)
    assert list(saved.targets.values_list("measure", "role", "number")) == [("enterprises", Role.LEADER, 40)]


@BOTH
def test_an_agreement_cannot_end_before_it_starts(page_for, officer, enterprise, language, width, assert_fits):
    AgreementKindFactory()
    majors = [MajorFactory(), MajorFactory(), MajorFactory()]
    words, page = words_in(language), page_for(officer, language=language, width=width)
    open_file(page, words, enterprise, language)
    page.get_by_role("link", name=words("Draw up an agreement")).first.click()
    field(page, words("kind")).select_option(index=1)
    field(page, words("title")).fill("实习基地协议")
    field(page, words("In force from")).fill("2027-01-01")
    field(page, words("In force until")).fill("2026-01-01")
    field(page, words("majors")).select_option([str(majors[0].pk), str(majors[2].pk)])
    typed = entries(page)

    send(page, words("Save as draft"))

    said = {"en": "The agreement cannot end before it starts.", "zh-hans": "协议终止日期不能早于生效日期。"}
    assert error_of(page, words("In force until")) == said[language]
    assert entries(page) == typed
    assert (Agreement.objects.count(), SentForm.objects.count()) == (0, 0)
    assert_fits(page)

    field(page, words("In force until")).fill("2029-12-31")
    send(page, words("Save as draft"))

    saved = Agreement.objects.get()
    assert (saved.starts_on, saved.ends_on) == (date(2027, 1, 1), date(2029, 12, 31))
    assert sorted(saved.majors.values_list("pk", flat=True)) == [majors[0].pk, majors[2].pk]


@BOTH
def test_a_posting_cannot_close_before_it_opens(page_for, officer, enterprise, language, width):
    majors = [MajorFactory(), MajorFactory()]
    words, page = words_in(language), page_for(officer, language=language, width=width)
    open_file(page, words, enterprise, language)
    tab(page, words, words("Postings"))
    page.get_by_role("link", name=words("New posting")).first.click()
    field(page, words("title")).fill("剪辑实习生")
    field(page, words("kind")).select_option("internship")
    field(page, words("the work and what it asks for")).fill("剪辑与调色。")
    field(page, words("places")).fill("3")
    page.locator(SHEET).get_by_label(called(majors[1], language)).check()
    opens = timezone.localdate() + timedelta(days=20)
    field(page, words("opens on")).fill(opens.isoformat())
    field(page, words("closes on")).fill((opens - timedelta(days=1)).isoformat())
    typed = entries(page)

    send(page, words("Save as draft"))

    said = {"en": "The posting cannot close before it opens.", "zh-hans": "截止日期不能早于开放日期。"}
    assert error_of(page, words("closes on")) == said[language]
    assert entries(page) == typed
    assert (Posting.objects.count(), SentForm.objects.count()) == (0, 0)

    field(page, words("closes on")).fill(opens.isoformat())
    send(page, words("Save as draft"))

    saved = Posting.objects.get()
    assert (saved.opens_on, saved.closes_on, list(saved.majors.all())) == (opens, opens, [majors[1]])


@BOTH
def test_a_contact_cannot_leave_before_they_came(page_for, officer, enterprise, language, width):
    contact = ContactFactory(enterprise=enterprise, name="孙总", from_on=date(2026, 3, 1))
    words, page = words_in(language), page_for(officer, language=language, width=width)
    open_file(page, words, enterprise, language)
    page.get_by_role("link", name=f"{words('Has left')} 孙总").click()
    field(page, words("Last day there")).fill("2026-02-28")

    send(page, words("Has left"))

    said = {"en": "A person cannot leave before they came.", "zh-hans": "离任日期不能早于任职日期。"}
    assert error_of(page, words("Last day there")) == said[language]
    assert entries(page) == {"on": ["2026-02-28"], "moved_to": [""], "title": [""]}
    contact.refresh_from_db()
    assert contact.to_on is None


@pytest.mark.parametrize(
    ("language", "width", "letter", "has"),
    [("en", 1440, "x", FIVE_MB), ("zh-hans", 390, "字", FIVE_MB // 3)],
)
def test_5_mb_of_text_come_back_with_how_many_fit(
    page_for, officer, language, width, letter, has, assert_fits, assert_no_axe_violations
):
    words, page = words_in(language), page_for(officer, language=language, width=width)
    page.set_default_timeout(60_000)  # five megabytes there and back
    page.goto("/")
    menu(page, words("Enterprises"))
    page.get_by_role("link", name=words("New enterprise")).click()
    about = words("What the enterprise does")
    field(page, words("full registered name")).fill("会润集团")
    field(page, words("Former names")).fill("会润科技")
    field(page, words("city")).fill("南充")
    field(page, about).fill(letter * has)
    assert len(field(page, about).input_value()) == has

    send(page, words("Save"))

    assert error_of(page, about) == TOO_LONG[language].format(most=4000, has=has)
    kept = entries(page)
    assert kept.pop("about")[0] == letter * has, "the text came back changed"
    assert (kept["legal_name"], kept["former_names"], kept["city"]) == (["会润集团"], ["会润科技"], ["南充"])
    assert (Enterprise.objects.count(), SentForm.objects.count()) == (0, 0)

    field(page, about).fill(letter * 4000)
    send(page, words("Save"))

    assert Enterprise.objects.get().about == letter * 4000


@BOTH
def test_5_mb_in_a_field_of_one_line_are_not_cut_in_silence(page_for, officer, enterprise, language, width):
    words, page = words_in(language), page_for(officer, language=language, width=width)
    page.set_default_timeout(60_000)
    open_file(page, words, enterprise, language)
    tab(page, words, words("Needs"))
    page.get_by_role("link", name=words("Record a need")).first.click()
    field(page, words("kind")).select_option("interns")
    field(page, words("number")).fill("5")
    field(page, words("what is needed")).fill("y" * FIVE_MB)

    send(page, words("Save"))

    assert error_of(page, words("what is needed")) == TOO_LONG[language].format(most=300, has=FIVE_MB)
    kept = entries(page)
    assert kept.pop("description")[0] == "y" * FIVE_MB, "the text came back changed"
    assert (kept["kind"], kept["headcount"], Need.objects.count()) == (["interns"], ["5"], 0)
