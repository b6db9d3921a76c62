"""Each rule that holds a posting: what it meets, that trust does not help, and its words in both languages."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation

from core.errors import RuleBroken
from partnerships.choices.enterprises import CreditCodeState
from placements import holding
from placements.choices import HoldRule, PostingState
from placements.models.review import TrustedEnterprise
from placements.services.postings import move_posting
from placements.services.reviewing import lift_hold
from tests.factories.accounts import person
from tests.factories.partnerships import EnterpriseFactory, ProvinceFactory
from tests.factories.placements import MinimumWageFactory, PostingFactory, held

pytestmark = pytest.mark.django_db
CODE = "91510100MA6CGQ3A1X"
# What a posting says, what the rule met, and the explanation in English and in Chinese.
MET = {
    HoldRule.PAY: (
        {"pay_min": 1500, "pay_period": "month"}, "1500 < 2000 month",
        "It pays 1,500 yuan a month of full work; the local minimum is 2,000.", ("1,500", "2,000", "最低工资"),
    ),
    HoldRule.FEE: (
        {"description": "入职先交押金三百元"}, "入职先交押金三百元",
        "It speaks of fees or deposits: “{found}”. Employers may not take money from applicants.", ("{found}", "收费"),
    ),
    HoldRule.AGENCY: (
        {"description": "与劳务派遣公司签订合同"}, "与劳务派遣公司签订合同",
        "It speaks of agencies or dispatched work: “{found}”. Who employs the student must be clear.",
        ("{found}", "派遣"),
    ),
    HoldRule.ELSEWHERE: (
        {"description": "请登录 www.evil.top 报名"}, "www.evil.top",
        "It names an address that is neither on the enterprise's website nor a contact's: “{found}”.",
        ("{found}", "官网"),
    ),
    HoldRule.UNVERIFIED: (
        {}, CODE, "No official source has confirmed the credit code of the enterprise yet.", ("信用代码",),
    ),
    HoldRule.SEX: (
        {"title": "剪辑师（限男）"}, "限男",
        "It asks for a sex, marriage or children: “{found}”. The law forbids it; change the text.",
        ("{found}", "性别"),
    ),
    HoldRule.AGE: (
        {"description": "要求35岁以下"}, "35岁以下",
        "It asks for an age: “{found}”. Change the text; what the work needs can be said otherwise.",
        ("{found}", "年龄"),
    ),
    HoldRule.ORIGIN: (
        {"description": "须本地户口"}, "本地户口",
        "It asks for an origin or a household register: “{found}”. The law forbids it; change the text.",
        ("{found}", "户"),
    ),
}  # fmt: skip


def test_every_rule_is_here():
    assert set(MET) == set(HoldRule)


@pytest.fixture
def drafted(officer, today):
    """A draft of a trusted enterprise that one rule alone holds."""

    def draft(rule):
        verified = CreditCodeState.VALID if rule == HoldRule.UNVERIFIED else CreditCodeState.VERIFIED
        enterprise = EnterpriseFactory(credit_code=CODE, credit_code_state=verified)
        province = ProvinceFactory()
        MinimumWageFactory(province=province)
        TrustedEnterprise.objects.create(
            enterprise=enterprise, by=officer, since=today - timedelta(days=1), reason="五年良好合作"
        )
        fields = {"pay_min": 3000, "pay_period": "month", **MET[rule][0]}
        state = {"state": PostingState.DRAFT, "published_at": None}
        return PostingFactory(enterprise=enterprise, province=province, **fields, **state)

    return draft


@pytest.mark.parametrize("rule", HoldRule)
def test_it_holds_the_posting_of_a_trusted_enterprise_and_explains_itself_in_both_languages(
    client, officer, drafted, now, rule
):
    posting = move_posting(drafted(rule), PostingState.IN_REVIEW, by=officer, at=now)

    _says, _met, english, chinese = MET[rule]
    [hold] = posting.holds.all()
    assert (posting.state, hold.rule, hold.lifted_at) == (PostingState.IN_REVIEW, rule, None)
    assert holding.explained(rule, hold.found) == english.format(found=hold.found)
    with translation.override("zh-hans"):
        said, named = holding.explained(rule, hold.found), str(HoldRule(rule).label)
    assert [word.format(found=hold.found) in said for word in chinese] == [True] * len(chinese), said
    assert [text.isascii() for text in (said, named)] == [False, False]

    client.force_login(officer)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    shown = client.get(reverse("placements:posting", args=[posting.pk])).context["review"]
    assert [each.hold.rule for each in shown.holds] == [rule]
    assert shown.is_trusted


@pytest.mark.parametrize("rule", HoldRule)
def test_what_it_met_is_told(officer, drafted, now, rule):
    posting = move_posting(drafted(rule), PostingState.IN_REVIEW, by=officer, at=now)

    assert list(posting.holds.values_list("rule", "found")) == [(rule, MET[rule][1])]


@pytest.mark.parametrize("rule", HoldRule)
def test_it_is_let_pass_by_the_office_alone_or_by_nobody(officer, leader, college_staff, now, rule):
    hold = held(PostingFactory(state=PostingState.IN_REVIEW), rule, MET[rule][1])
    contact = person(None)

    for other in (leader, college_staff, contact):
        with pytest.raises(PermissionDenied):
            lift_hold(hold, reason="可以", by=other, at=now)
    if rule in (HoldRule.SEX, HoldRule.AGE, HoldRule.ORIGIN):
        with pytest.raises(RuleBroken, match="is not let pass: change the text"):
            lift_hold(hold, reason="可以", by=officer, at=now)
    hold.refresh_from_db()
    assert (hold.lifted_at, hold.lifted_by, hold.reason) == (None, None, "")

    if rule not in holding.MUST_CHANGE:
        lift_hold(hold, reason="核实过", by=officer, at=now)
        hold.refresh_from_db()
        assert (hold.lifted_at, hold.lifted_by, hold.reason) == (now, officer, "核实过")
