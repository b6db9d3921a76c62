"""What the rules hold in a text, and what they must let pass."""

import pytest

from placements.addresses import domain_of, elsewhere, own_domains
from placements.choices import HoldRule
from placements.held_patterns import found_by_patterns, plain, says

HELD = {
    HoldRule.SEX: [
        "限男", "限男性", "仅限女生", "限 男", "限\u200b女。", "只招女", "招男生两名", "要求男生", "女生优先",
        "男士优先",
        "优先考虑男性", "性别：男", "性别要求女", "Male only", "Females only", "Gender: female", "must be a man",
        "male candidates preferred",
    ],
    HoldRule.AGE: [
        "35岁以下", "３５岁以下", "35 周岁（含）以下", "三十五岁以下", "年龄18-30", "年龄：35以内",
        "年龄不超过 35 周岁", "20-30岁",
        "20至30周岁", "不超过35岁", "90后优先", "under 35 years old", "below the age of 30", "aged 18 to 30",
        "maximum age 28", "age limit: 30",
    ],
    HoldRule.ORIGIN: [
        "本地户口", "本市户籍优先", "限四川籍", "仅限本地人", "河南人勿扰", "不招外地人", "户籍：四川",
        "成都户口优先", "汉族优先",
        "要求东北人", "local residents only", "local hukou required",
    ],
}  # fmt: skip
PASSED = {
    HoldRule.SEX: [
        "男女不限", "性别不限", "性别：男女不限", "男女均可", "不限男女", "招聘男女演员", "招聘女装设计师",
        "招聘男装陈列",
        "女性用品销售", "熟悉女性主义题材", "male or female candidates welcome", "gender: any",
        "women's wear designer",
    ],
    HoldRule.AGE: [
        "年龄不限", "年满18周岁", "18周岁以上", "年龄在18周岁以上", "18岁（含）以上", "十八岁以上",
        "团队平均年龄28岁", "90后团队",
        "不设35岁以下门槛", "公司成立35年", "实习20天以上", "under 30 minutes", "over 20 years of experience",
        "no age limit",
        "over 18 years old",
    ],
    HoldRule.ORIGIN: [
        "户籍不限", "户口不限", "户籍要求：不限", "解决户口", "可落户成都", "非本地户口亦可", "不要求本地户口",
        "不要影响他人",
        "面向四川人才", "了解本地市场", "限本校学籍学生", "热爱书籍者优先", "有本地人力资源经验优先",
        "no local hukou required",
    ],
}  # fmt: skip


def cases(texts):
    return [pytest.param(rule, text, id=f"{rule}-{text}") for rule, all_of in texts.items() for text in all_of]


@pytest.mark.parametrize(("rule", "text"), cases(HELD))
def test_a_text_that_asks_for_sex_age_or_origin_is_held(rule, text):
    assert found_by_patterns(plain(f"岗位要求：{text}"), rule)


def test_two_turns_that_overlap_are_told_as_one():
    assert found_by_patterns(plain("粗剪。年龄35岁以下。"), HoldRule.AGE) == ["年龄35岁以下"]


@pytest.mark.parametrize(("rule", "text"), cases(PASSED))
def test_a_text_that_only_sounds_like_it_passes(rule, text):
    assert found_by_patterns(plain(f"岗位要求：{text}"), rule) == []


@pytest.mark.parametrize("text", [text for texts in HELD.values() for text in texts if text.isascii()])
def test_an_english_turn_is_found_within_a_sentence(text):
    assert any(found_by_patterns(plain(f"We look for people, {text}, and more."), rule) for rule in HELD)


@pytest.mark.parametrize(
    "text", ["入职收取押金200元", "押 金", "不退押金", "不仅收押金", "无条件退还押金", "不限专业。收押金", "ＡＢ押金"]
)
def test_a_word_of_a_fee_is_met_with_what_stands_around_it(text):
    assert "押金" in says(plain(text), "押金")


def test_what_stands_in_another_clause_is_left_out():
    assert says(plain("提供食宿，入职收取押金200元。\n双休"), "押金") == "入职收取押金200元"


@pytest.mark.parametrize("text", ["不收押金", "不收取任何押金", "无需缴纳押金", "免押金", "严禁收取押金", "没有押金"])
def test_a_denied_word_is_not_held(text):
    assert says(plain(text), "押金") == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a training fee of 200", True),
        ("training fees apply", True),
        ("no training fee", False),
        ("retraining feedback", False),
    ],
)
def test_a_latin_word_counts_as_a_whole_word(text, found):
    assert bool(says(text, "training fee")) is found


@pytest.mark.parametrize("text", ["非中介", "中介勿扰", "谢绝中介公司"])
def test_who_wants_no_agency_is_none(text):
    assert says(plain(text), "中介") == ""


KNOWN = {"domains": frozenset({"qiming.cn", "qiming.com.cn"}), "mails": ("hr.qiming@qq.com",)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("投递 https://job.qiming.cn/apply", []),
        ("见 www.qiming.com.cn。", []),
        ("邮箱 HR@qiming.cn", []),
        ("邮箱 hr.qiming@qq.com", []),
        ("邮箱 other@qq.com", ["other@qq.com"]),
        ("登录http://qiming.cn.evil.top/x", ["qiming.cn.evil.top"]),
        ("https://qiming.cn@evil.top/", ["evil.top"]),
        ("https://notqiming.cn", ["notqiming.cn"]),
        ("访问evil。com领取", ["evil.com"]),
        ("访问ｅｖｉｌ．ｃｏｍ", ["evil.com"]),
        ("a@evil.top b@evil.top a@evil.top", ["a@evil.top", "b@evil.top"]),
        ("熟悉 Node.js、ASP.NET、Socket.IO", []),
        ("工资 3.5k，每周5.5天，版本 2.0", []),
        ("参加面试。combine works", []),
    ],
)
def test_an_address_of_somebody_else_is_found(text, found):
    assert elsewhere(plain(text), **KNOWN) == found


@pytest.mark.parametrize(
    ("host", "domain"),
    [("qiming.cn", "qiming.cn"), ("a.b.qiming.cn", "qiming.cn"), ("job.qiming.com.cn", "qiming.com.cn")],
)
def test_a_domain_is_what_one_owner_registers(host, domain):
    assert domain_of(host) == domain


def test_a_public_mailbox_makes_nobody_s_domain_known():
    domains = own_domains("https://www.qiming.cn/about", ["hr@qq.com", "li@film.com.cn"], "https://work.school.example")

    assert domains == {"qiming.cn", "film.com.cn", "school.example"}
