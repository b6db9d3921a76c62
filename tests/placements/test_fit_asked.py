"""What a posting asks for that only the student can say: it tells and never blocks, and what is unknown says so."""

from datetime import date

import pytest
from django.utils import translation

from accounts.choices import Language
from accounts.models.people import LanguageSkill
from placements.choices import PayPeriod, WorkMode
from placements.fitting.ticks import Answer
from placements.matching import fit, obstacles
from placements.models.postings import PostingLanguage
from tests.factories.accounts import MajorFactory, student
from tests.factories.partnerships import ProvinceFactory
from tests.factories.placements import PostingFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
MARCH, JUNE = date(2027, 3, 1), date(2027, 6, 30)
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


def profile(**fields):
    return student(**{f"profile_{name}": value for name, value in fields.items()}).student_profile


def tick(rule, posting, one):
    return next((found for found in fit(posting, one, on=TODAY) if found.rule == rule), None)


def asking_for(language, level):
    posting = PostingFactory()
    PostingLanguage.objects.create(posting=posting, language=language, level=level)
    return posting


@pytest.mark.parametrize(
    ("level", "answer", "text"),
    [
        ("b2", YES, "Asks for English, at least B1; yours is B2."),
        ("b1", YES, "Asks for English, at least B1; yours is B1."),
        (
            "a2",
            NO,
            "Asks for English, at least B1; yours is A2. If it is better by now, change your profile.",
        ),
        (None, UNKNOWN, "Asks for English, at least B1; your profile does not say how well you speak it."),
    ],
)
def test_a_language_is_compared_by_its_level(level, answer, text):
    one = profile()
    LanguageSkill.objects.create(profile=one, language=Language.JAPANESE, level="c2")
    if level:
        LanguageSkill.objects.create(profile=one, language=Language.ENGLISH, level=level)

    found = tick("language", asking_for(Language.ENGLISH, "b1"), one)

    assert (found.answer, found.text, found.short) == (answer, text, "English B1")


def test_each_language_has_its_own_tick_and_none_is_asked_without_one():
    posting = asking_for(Language.ENGLISH, "b1")
    PostingLanguage.objects.create(posting=posting, language=Language.GERMAN, level="a1")

    shorts = [found.short for found in fit(posting, profile(), on=TODAY) if found.rule == "language"]

    assert shorts == ["English B1", "German A1"]
    assert tick("language", PostingFactory(), profile()) is None


@pytest.mark.parametrize(
    ("fields", "answer", "short"),
    [
        ({"province": "510000"}, YES, "510000"),
        ({"province": "310000"}, NO, "310000"),
        ({"province": None, "city": "成都"}, UNKNOWN, "province not stated"),
        ({"province": None, "mode": WorkMode.REMOTE}, YES, "remote"),
        ({"province": "310000", "mode": WorkMode.REMOTE}, YES, "remote"),
        ({"province": "310000", "mode": WorkMode.HYBRID}, NO, "310000"),
    ],
)
def test_the_place_is_compared_with_the_provinces_that_were_named(fields, answer, short):
    code = fields.pop("province")
    province = ProvinceFactory(code=code, name_en=code) if code else None

    found = tick("place", PostingFactory(province=province, **fields), profile(provinces=["510000"]))

    assert (found.answer, found.short) == (answer, short)


def test_who_names_no_province_works_anywhere():
    assert tick("place", PostingFactory(province=ProvinceFactory()), profile()) is None


@pytest.mark.parametrize(
    ("work", "free", "answer"),
    [
        ((MARCH, JUNE), (MARCH, JUNE), YES),
        ((MARCH, JUNE), (date(2027, 3, 2), JUNE), NO),
        ((MARCH, JUNE), (MARCH, date(2027, 6, 29)), NO),
        ((MARCH, None), (MARCH, None), YES),
        ((MARCH, None), (None, date(2027, 2, 28)), NO),
        ((None, JUNE), (date(2027, 7, 1), None), NO),
        ((None, JUNE), (None, JUNE), YES),
        ((MARCH, JUNE), (MARCH, None), UNKNOWN),
        ((MARCH, JUNE), (None, JUNE), UNKNOWN),
        ((MARCH, JUNE), (None, None), UNKNOWN),
        ((None, None), (MARCH, None), UNKNOWN),
    ],
)
def test_the_work_must_lie_in_the_time_that_is_free(work, free, answer):
    posting = PostingFactory(starts_on=work[0], ends_on=work[1])

    assert tick("dates", posting, profile(available_from=free[0], available_to=free[1])).answer is answer


def test_dates_say_both_sides():
    posting = PostingFactory(starts_on=MARCH, ends_on=JUNE)

    found = tick("dates", posting, profile(available_from=date(2027, 4, 1)))

    assert found.text == (
        "The work is from 1 Mar 2027 to 30 Jun 2027; you are free from 1 Apr 2027 on. "
        "If that has changed, change your profile."
    )
    assert found.short == "from 1 Mar 2027 to 30 Jun 2027"


@pytest.mark.parametrize(
    ("wanted", "free", "answer", "short"),
    [
        (4, 4, YES, "4 days a week"),
        (4, 5, YES, "4 days a week"),
        (4, 3, NO, "4 days a week"),
        (1, None, UNKNOWN, "1 day a week"),
        (None, 3, UNKNOWN, "days not stated"),
    ],
)
def test_days_a_week_are_a_floor(wanted, free, answer, short):
    found = tick("days", PostingFactory(days_a_week=wanted), profile(days_a_week=free))

    assert (found.answer, found.short) == (answer, short)


@pytest.mark.parametrize(
    ("own", "answer", "short"),
    [
        (["maya", "剪辑"], YES, "Maya"),
        (["ＭＡＹＡ"], YES, "Maya"),
        (["剪辑"], NO, "Maya; After Effects"),
        ([], UNKNOWN, "Maya; After Effects"),
    ],
)
def test_one_of_the_skills_is_enough_and_is_named(own, answer, short):
    found = tick("skills", PostingFactory(skills=["Maya", "After Effects"]), profile(skills=own))

    assert (found.answer, found.short) == (answer, short)


def test_neither_side_says_anything_of_it():
    rules = {found.rule for found in fit(PostingFactory(), profile(), on=TODAY)}

    assert rules == {"open", "class_of", "level", "major"}


def test_what_is_asked_tells_and_never_blocks():
    posting = asking_for(Language.ENGLISH, "c1")
    posting.starts_on, posting.days_a_week, posting.skills = MARCH, 5, ["Maya"]
    posting.province = ProvinceFactory(code="310000")
    one = profile(available_from=JUNE, days_a_week=2, skills=["剪辑"], provinces=["510000"])

    found = fit(posting, one, on=TODAY)

    assert obstacles(found) == []
    told = [tick for tick in found if not tick.is_required]
    assert not any(tick.passed for tick in told)
    assert [tick.rule for tick in told] == ["language", "place", "dates", "days", "skills"]


@pytest.mark.parametrize(
    ("code", "answer", "case"),
    [("560201", YES, "class"), ("510101", NO, ""), ("X1", UNKNOWN, ""), ("５６0201", UNKNOWN, "")],
)
def test_a_broad_class_is_the_beginning_of_the_code(code, answer, case):
    posting = PostingFactory(major_classes=["56"])

    found = tick("major", posting, student(major=MajorFactory(code=code)).student_profile)

    assert (found.answer, found.case, found.is_required) == (answer, case, True)
    assert bool(obstacles([found])) is (answer is not YES)


def test_a_broad_class_is_called_by_its_name():
    mine = student(major=MajorFactory(code="560201", name_zh="影视动画", name_en="Animation")).student_profile
    posting = PostingFactory(major_classes=["56"])

    found = tick("major", posting, mine)
    with translation.override("zh-hans"):
        chinese = tick("major", posting, mine)

    assert (found.text, found.short) == (
        "Your major, Animation, belongs to the broad class Journalism and communication, which is asked for.",
        "Journalism and communication (broad class)",
    )
    assert "新闻传播大类" in chinese.text


def test_a_major_that_is_named_counts_beside_a_broad_class():
    mine = MajorFactory(code="510101", name_en="Animation")
    posting = PostingFactory(major_classes=["56"])
    posting.majors.set([mine])

    found = tick("major", posting, student(major=mine).student_profile)
    other = tick("major", posting, student(major=MajorFactory(code="410101", name_en="Farming")).student_profile)

    assert (found.answer, found.case) == (YES, "named")
    assert other.text == (
        "Only for Animation; Journalism and communication (broad class); your major is Farming. "
        "If your major fits after all, ask the employment office."
    )


@pytest.mark.parametrize(
    ("period", "pay", "answer", "text"),
    [
        (PayPeriod.DAY, 300, YES, "Paid a day, about 6,525 yuan a month; you wish for 5,000."),
        (PayPeriod.HOUR, 29, YES, "Paid an hour, about 5,046 yuan a month; you wish for 5,000."),
        (PayPeriod.YEAR, 60_000, YES, "Paid a year, about 5,000 yuan a month; you wish for 5,000."),
        (
            PayPeriod.DAY,
            200,
            NO,
            "Paid a day, at most about 4,350 yuan a month; you wish for 5,000. Wishes are changed in your profile.",
        ),
    ],
)
def test_pay_is_compared_by_the_month(period, pay, answer, text):
    found = tick("pay", PostingFactory(pay_max=pay, pay_period=period), profile(pay_from=5000))

    assert (found.answer, found.text) == (answer, text)


def test_pay_that_can_be_negotiated_says_so():
    found = tick("pay", PostingFactory(pay_max=4000, pay_negotiable=True), profile(pay_from=5000))

    assert (found.answer, found.text) == (
        NO,
        "At most 4,000 yuan a month, but it can be negotiated; you wish for 5,000.",
    )


def test_wishes_that_nothing_is_known_of_are_unknown():
    one = profile(cities=["成都"], pay_from=5000, industries=["I"])
    posting = PostingFactory(enterprise__industry=None)

    found = [tick(rule, posting, one) for rule in ("city", "pay", "industry")]

    assert [each.answer for each in found] == [UNKNOWN, UNKNOWN, UNKNOWN]
    assert [each.short for each in found] == ["place not stated", "pay not stated", "industry not on file"]


def test_remote_work_meets_any_wished_city():
    assert tick("city", PostingFactory(mode=WorkMode.REMOTE, city="上海"), profile(cities=["成都"])).answer is YES
