"""A posting is looked at by rules before students see it, and again when it changes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from core.errors import RuleBroken
from notifications.models.messages import OutgoingMessage
from partnerships.choices.enterprises import CreditCodeState
from partnerships.models.timeline import TimelineEntry
from placements import holding
from placements.choices import HoldRule, PostingSource, PostingState
from placements.models.postings import Posting, PostingQuestion
from placements.models.review import HeldWord, PostingHold, TrustedEnterprise
from placements.selectors.reviewing import minimum_wage, on_file, review_of
from placements.services.postings import change_posting, draft_posting, move_posting
from placements.services.review_lists import end_trust, keep_word, trust
from placements.services.reviewing import lift_hold, look_at
from tests.factories.partnerships import ContactFactory, EnterpriseFactory, ProvinceFactory
from tests.factories.placements import MinimumWageFactory, PostingFactory, held

pytestmark = pytest.mark.django_db
S = PostingState


def draft(**fields):
    return PostingFactory(state=S.DRAFT, published_at=None, **fields)


def trusted(posting, officer, today, **terms):
    terms = {"since": today - timedelta(days=30), "reason": "五年良好合作", **terms}
    return TrustedEnterprise.objects.create(enterprise=posting.enterprise, by=officer, **terms)


def open_rules(posting):
    return list(posting.holds.filter(lifted_at=None).values_list("rule", "found"))


@pytest.mark.parametrize(
    ("fields", "held_at"),
    [
        ({"pay_min": 1999}, "1999 < 2000 month"),
        ({"pay_min": 2000}, ""),
        ({"pay_max": 1500}, "1500 < 2000 month"),
        ({"pay_min": 1000, "pay_max": 9000}, "1000 < 2000 month"),
        ({"pay_min": 19, "pay_period": "hour"}, "19 < 20 hour"),
        ({"pay_min": 20, "pay_period": "hour"}, ""),
        ({"pay_min": 90, "pay_period": "day"}, "1958 < 2000 month"),
        ({"pay_min": 92, "pay_period": "day"}, ""),
        ({"pay_min": 23_999, "pay_period": "year"}, "2000 < 2000 month"),
        ({"pay_min": 24_000, "pay_period": "year"}, ""),
        ({"pay_min": 1200, "days_a_week": 3}, ""),
        ({"pay_min": 1199, "days_a_week": 3}, "1998 < 2000 month"),
        ({"pay_min": 1999, "days_a_week": 6}, "1999 < 2000 month"),
        ({"pay_min": 0}, "0 < 2000 month"),
        ({}, ""),
    ],
)
def test_pay_is_compared_with_the_local_minimum(fields, held_at):
    wage = holding.Wage("四川", 2000, Decimal("20.00"))

    assert holding.below_minimum(Posting(**fields), wage) == held_at


def test_pay_without_a_minimum_on_file_is_unknown_in_words(today):
    posting = draft(pay_min=1, province=ProvinceFactory(), city="成都")

    assert holding.below_minimum(posting, minimum_wage(posting, on=today)) == ""
    assert review_of(posting, on=today).remarks == [
        "No minimum wage of Sichuan 成都 is on file: it is unknown, and the pay was not compared."
    ]


@pytest.mark.parametrize(
    ("city", "monthly"), [("成都", 2330), ("成都市", 2330), ("南充", 2100), ("", 2100), ("北京", 2100)]
)
def test_the_minimum_of_the_city_goes_before_that_of_the_province(today, city, monthly):
    sichuan = ProvinceFactory()
    MinimumWageFactory(province=sichuan, monthly=2000)
    MinimumWageFactory(province=sichuan, monthly=2100, valid_from=today)
    MinimumWageFactory(province=sichuan, city="成都", monthly=2330, valid_from=date(2025, 4, 1))
    MinimumWageFactory(province=sichuan, monthly=9999, valid_from=today + timedelta(days=1))
    MinimumWageFactory(province=ProvinceFactory(code="110000", name_zh="北京市", name_en="Beijing"), monthly=2500)

    assert minimum_wage(draft(province=sichuan, city=city), on=today).monthly == monthly


def test_a_clean_posting_waits_in_review_without_a_hold(officer, now):
    posting = move_posting(draft(), S.IN_REVIEW, by=officer, at=now)

    assert (posting.state, open_rules(posting)) == (S.IN_REVIEW, [])


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"description": "试岗费三百元"}, (HoldRule.FEE, "试岗费三百元")),
        ({"title": "剪辑师（限男）"}, (HoldRule.SEX, "限男")),
        ({"description_en": "under 30 years old"}, (HoldRule.AGE, "under 30 years old")),
        ({"skills": ["本地户口"]}, (HoldRule.ORIGIN, "本地户口")),
        ({"description": "登录 www.evil.top"}, (HoldRule.ELSEWHERE, "www.evil.top")),
    ],
)
def test_every_text_that_students_read_is_looked_at(officer, now, fields, found):
    keep_word(None, text="试岗费", rule=HoldRule.FEE, by=officer)

    posting = move_posting(draft(**fields), S.IN_REVIEW, by=officer, at=now)

    assert (posting.state, open_rules(posting)) == (S.IN_REVIEW, [found])


def test_questions_are_looked_at_too(officer, now):
    posting = draft()
    PostingQuestion.objects.create(posting=posting, text="是否符合", choices=["35岁以下", "以上"], kind="choice")

    move_posting(posting, S.IN_REVIEW, by=officer, at=now)

    assert open_rules(posting) == [(HoldRule.AGE, "35岁以下")]


@pytest.mark.parametrize("state", [state for state in CreditCodeState if state != CreditCodeState.VERIFIED])
def test_an_enterprise_that_is_not_verified_is_a_hold(officer, now, state):
    enterprise = EnterpriseFactory(credit_code_state=state, credit_code="91510100MA6CGQ3A1X")

    posting = move_posting(draft(enterprise=enterprise), S.IN_REVIEW, by=officer, at=now)

    assert open_rules(posting) == [(HoldRule.UNVERIFIED, "91510100MA6CGQ3A1X")]


def test_the_enterprise_s_own_addresses_and_its_contacts_are_known(officer, now):
    posting = draft(description="见 https://job.qiming.cn ，邮箱 li@film.com.cn")
    posting.enterprise.website = "https://www.qiming.cn"
    posting.enterprise.save()
    ContactFactory(enterprise=posting.enterprise, email="hr@film.com.cn")

    assert holding.findings(posting, on_file(posting, on=date(2026, 11, 21))) == []


def test_a_word_out_of_use_holds_nothing(officer, now):
    HeldWord.objects.create(word="试岗费", rule=HoldRule.FEE, is_active=False)

    posting = move_posting(draft(description="试岗费三百元"), S.IN_REVIEW, by=officer, at=now)

    assert open_rules(posting) == []


def test_a_held_posting_is_not_published_and_the_refusal_says_why(officer, now):
    posting = move_posting(draft(description="限女生，35岁以下"), S.IN_REVIEW, by=officer, at=now)

    with pytest.raises(RuleBroken) as refusal:
        move_posting(posting, S.PUBLISHED, by=officer, at=now)

    assert str(refusal.value) == (
        "The posting is held. It asks for a sex, marriage or children: “限女”. The law forbids it; change the text. "
        "It asks for an age: “35岁以下”. Change the text; what the work needs can be said otherwise."
    )
    posting.refresh_from_db()
    assert (posting.state, posting.published_at) == (S.IN_REVIEW, None)


def test_a_word_that_came_on_the_list_since_holds_at_publishing(officer, now):
    posting = move_posting(draft(description="试岗费三百元"), S.IN_REVIEW, by=officer, at=now)
    keep_word(None, text="试岗费", rule=HoldRule.FEE, by=officer)

    with pytest.raises(RuleBroken, match="The posting is held"):
        move_posting(posting, S.PUBLISHED, by=officer, at=now)

    assert open_rules(posting) == [(HoldRule.FEE, "试岗费三百元")]


def test_a_trusted_enterprise_passes_by_itself_and_its_author_is_told(officer, college_staff, now, today):
    posting = draft(created_by=college_staff)
    trusted(posting, officer, today)

    posting = move_posting(posting, S.IN_REVIEW, by=college_staff, at=now)

    assert (posting.state, posting.published_at) == (S.PUBLISHED, now)
    entry = TimelineEntry.objects.get()
    assert (entry.detail, entry.by) == ("published", None)
    assert {message.recipient for message in OutgoingMessage.objects.all()} == {college_staff}


@pytest.mark.parametrize(("since", "until"), [(1, None), (-30, -1)], ids=["from tomorrow", "until yesterday"])
def test_trust_that_is_not_in_force_passes_nobody(officer, now, today, since, until):
    posting = draft()
    ends = today + timedelta(days=until) if until else None
    trusted(posting, officer, today, since=today + timedelta(days=since), until=ends)

    assert move_posting(posting, S.IN_REVIEW, by=officer, at=now).state == S.IN_REVIEW


def test_a_hold_stops_a_trusted_enterprise_and_mending_lets_it_pass(officer, now, today):
    posting = draft(description="35岁以下")
    trusted(posting, officer, today)
    posting = move_posting(posting, S.IN_REVIEW, by=officer, at=now)
    assert posting.state == S.IN_REVIEW

    posting = change_posting(
        posting, version=posting.version, fields={"description": "剪辑"}, majors=[], by=officer, at=now
    )

    assert posting.state == S.PUBLISHED
    hold = PostingHold.objects.get()
    assert (hold.rule, hold.lifted_at, hold.lifted_by) == (HoldRule.AGE, now, None)
    assert [each.is_mended for each in review_of(posting, on=today).settled] == [True]


def test_a_trusted_enterprise_s_posting_past_its_day_waits(officer, now, today):
    posting = draft(closes_on=today - timedelta(days=1))
    trusted(posting, officer, today)

    assert move_posting(posting, S.IN_REVIEW, by=officer, at=now).state == S.IN_REVIEW


def test_a_published_posting_that_is_changed_is_looked_at_again(officer, college_staff, now):
    posting = PostingFactory(created_by=college_staff)

    changed = change_posting(posting, version=1, fields={"description": "限男"}, majors=[], by=officer, at=now)

    assert (changed.state, open_rules(changed)) == (S.IN_REVIEW, [(HoldRule.SEX, "限男")])
    assert "限男" in OutgoingMessage.objects.filter(recipient=college_staff).first().body
    assert not Posting.objects.open(date(2026, 11, 21)).exists()


def test_a_harmless_change_leaves_it_published(officer, now):
    changed = change_posting(PostingFactory(), version=1, fields={"headcount": 9}, majors=[], by=officer, at=now)

    assert (changed.state, changed.headcount) == (S.PUBLISHED, 9)


def test_the_office_lets_a_posting_pass_with_a_reason(officer, now):
    hold = held(PostingFactory(state=S.IN_REVIEW, description="培训费由公司承担 收取押金200"))

    lift_hold(hold, reason="押金一词指租房押金", by=officer, at=now)

    hold.refresh_from_db()
    assert (hold.lifted_by, hold.lifted_at, hold.reason) == (officer, now, "押金一词指租房押金")
    assert TimelineEntry.objects.get().detail == "lifted"


def test_what_was_let_pass_stays_so_until_something_else_is_found(officer, now):
    keep_word(None, text="试岗费", rule=HoldRule.FEE, by=officer)
    posting = move_posting(draft(description="试岗费三百元"), S.IN_REVIEW, by=officer, at=now)
    lift_hold(posting.holds.get(), reason="公司支付给学生", by=officer, at=now)

    assert look_at(posting, at=now) == []
    Posting.objects.filter(pk=posting.pk).update(description="试岗费五百元")
    assert [hold.found for hold in look_at(posting, at=now)] == ["试岗费五百元"]


@pytest.mark.parametrize("rule", sorted(holding.MUST_CHANGE))
def test_nobody_lets_sex_age_or_origin_pass(officer, now, rule):
    hold = held(PostingFactory(state=S.IN_REVIEW), rule, "限男")

    with pytest.raises(RuleBroken, match="change the text"):
        lift_hold(hold, reason="企业坚持", by=officer, at=now)

    hold.refresh_from_db()
    assert (hold.lifted_at, hold.reason) == (None, "")


def test_letting_pass_needs_a_reason_and_the_office(officer, college_staff, now):
    hold = held(PostingFactory(state=S.IN_REVIEW, created_by=college_staff))

    with pytest.raises(RuleBroken, match="Say why it may pass"):
        lift_hold(hold, reason="  ", by=officer, at=now)
    with pytest.raises(PermissionDenied):
        lift_hold(hold, reason="可以", by=college_staff, at=now)

    hold.refresh_from_db()
    assert hold.lifted_at is None


def test_trust_is_told_on_the_file_and_ends(officer, college_staff, now, today):
    enterprise = EnterpriseFactory()
    terms = {"since": today, "until": None, "reason": "校友企业"}
    with pytest.raises(PermissionDenied):
        trust(enterprise, **terms, by=college_staff, at=now)
    assert not TrustedEnterprise.objects.exists()

    end_trust(trust(enterprise, **terms, by=officer, at=now), by=officer, at=now)

    assert not TrustedEnterprise.objects.exists()
    told = [entry.changes[0]["after"] for entry in TimelineEntry.objects.order_by("pk")]
    assert told == ["校友企业", ""]


def test_a_held_word_stands_once_however_it_is_written(officer):
    keep_word(None, text="Trial Fee", rule=HoldRule.FEE, by=officer)

    with pytest.raises(RuleBroken, match="on the list already"):
        keep_word(None, text=" TRIAL fee ", rule=HoldRule.AGENCY, by=officer)

    assert HeldWord.objects.filter(word__iexact="trial fee").count() == 1


def test_a_draft_of_staff_says_so_and_a_contact_of_another_enterprise_is_refused(officer, now):
    fields = {"kind": "job", "title": "剪辑师", "description": "-", "headcount": 1, "closes_on": date(2027, 1, 1)}
    enterprise = EnterpriseFactory()
    assert draft_posting(enterprise, fields=fields, by=officer, at=now).source == PostingSource.STAFF

    with pytest.raises(RuleBroken, match="another enterprise"):
        draft_posting(enterprise, fields={**fields, "contact": ContactFactory()}, by=officer, at=now)

    assert Posting.objects.count() == 1
