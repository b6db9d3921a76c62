"""The list of enterprises: what each word finds, what each filter keeps, and in which order."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partnerships.choices.links import Intake, LinkPurpose
from partnerships.models.codes import Region
from partnerships.models.enterprises import Enterprise, Tag
from partnerships.models.links import FileAnswer, SignedLink
from partnerships.selectors.enterprise_filters import months_before
from partnerships.selectors.enterprise_list import enterprise_rows
from tests.factories.accounts import CollegeFactory
from tests.factories.partnerships import (
    AgreementFactory,
    ContactFactory,
    EnterpriseFactory,
    FlagFactory,
    IndustryFactory,
    NatureFactory,
    NeedFactory,
    ProvinceFactory,
    signed_agreement,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LIST = reverse("partnerships:enterprise_list")


def plain(name, **fields):
    """A file with nothing but its name and what is given."""
    empty = {"name_en": "", "province": None, "industry": None, "nature": None, "city": ""}
    return EnterpriseFactory(legal_name=name, **{**empty, **fields})


def found(officer, **filters):
    return [row.legal_name for row in enterprise_rows(officer, filters, on=TODAY)]


@pytest.fixture
def two(db):
    """One file that can be found in every way, and one that nothing finds."""
    wanted = plain(
        "四川智汇科技有限公司",
        name_en="Sichuan Zhihui Technology Co., Ltd.",
        short_name="智汇",
        credit_code="91510100MA6DF3B27X",
        city="绵阳",
    )
    ContactFactory(enterprise=wanted, name="欧阳晓红", phone="138 0000-1234", landline="(028) 8555 6677")
    ContactFactory(enterprise=wanted, name="Mary Zhao", phone="+86 139 1111 2222")
    wanted.former_names.create(name="成都光影文化传播公司")
    other = plain("会润集团", name_en="Huirun Group", credit_code="522101034250003560", city="南充")
    ContactFactory(enterprise=other, name="李四", phone="13777777777")
    return wanted


@pytest.mark.parametrize(
    "words",
    [
        "智汇", "科技", "川智", "四川智汇科技有限公司", "绵阳", "汇", "智汇 绵阳", "智汇　科技", "欧阳", "晓红",
        "阳晓红", "mary", "Mary Zhao", "智汇 欧阳", "光影", "传播公司", "文化", "sichuan", "zhihui tech", "SICHUAN",
        "ｓｉｃｈｕａｎ", "sczh", "zhkj", "SCZH", "sc", "91510100MA6DF3B27X", "91510100ma6df3b27x",
        "9151 0100 MA6D F3B2 7X", "a6df3b", "９１５１０１００", "13800001234", "138 0000 1234", "0000-1234", "00001234",
        "1234", "+86 138 0000 1234",
        "8613911112222", "02885556677", "(028) 8555 6677", "智汇  ",
    ],
)  # fmt: skip
def test_every_way_to_type_it_finds_the_file_and_no_other(officer, two, words):
    assert found(officer, find=words) == [two.legal_name]


@pytest.mark.parametrize(
    "words",
    [
        "智技",
        "魑魅",
        "智汇 南充",
        "zhjk",
        "kj zz",
        "ichuan",
        "%",
        "_",
        "%%%",
        "'",
        "\\",
        "1230000",
        "91510100MA6DF3B28X",
        "&|!",
    ],
)
def test_what_is_not_there_finds_nothing(officer, two, words):
    assert found(officer, find=words) == []


def test_a_name_found_twice_over_is_one_row(officer):
    twice = plain("光影科技")
    ContactFactory(enterprise=twice, name="光影")
    ContactFactory(enterprise=twice, name="光影二")
    twice.former_names.create(name="旧光影")

    assert found(officer, find="光影") == ["光影科技"]


def test_names_stand_in_the_order_of_pinyin_and_latin_ones_after(officer):
    for name in (
        "Adobe中国",
        "重庆川仪",
        "中国银行",
        "安徽海螺",
        "张三食品",
        "章鱼网络",
        "张一食品",
        "3M中国",
        "成都一汽",
    ):
        plain(name)

    assert found(officer) == [
        "安徽海螺", "成都一汽", "重庆川仪", "张三食品", "张一食品", "章鱼网络", "中国银行", "3M中国", "Adobe中国",
    ]  # fmt: skip


@pytest.fixture
def many(db, officer, leader):
    """For each filter one file that it keeps, and one without anything; returns the tag and the college."""
    sichuan, jiangsu = ProvinceFactory(), ProvinceFactory(code="320000", name_zh="江苏省", name_en="Jiangsu")
    chengdu = Region.objects.create(code="510100", name_zh="成都市", name_en="Chengdu", province=sichuan)
    county = Region.objects.create(code="510104", name_zh="锦江区", name_en="Jinjiang", province=sichuan)
    Region.objects.create(code="320100", name_zh="南京市", name_en="Nanjing", province=jiangsu)
    plain("一成都", province=sichuan, region=chengdu, staff_count=9, confirmed_at=NOW)
    plain("二锦江", province=sichuan, region=county, staff_count=10, credit_code="91510100MA6DF3B27X")
    plain("三成都字", province=sichuan, city="成都", staff_count=49, last_contact_at=NOW - timedelta(days=40))
    plain("四南京", province=jiangsu, city="南京", staff_count=10_000, last_contact_at=NOW - timedelta(days=400))
    plain("五工业", industry=IndustryFactory(), nature=NatureFactory(), level="core", owner=leader)
    marked = plain(
        "六标记", level="strategic", owner=officer, credit_code="522101034250003560", credit_code_state="valid"
    )
    marked.flags.add(FlagFactory())
    tag, college = Tag.objects.create(name="重点"), CollegeFactory()
    marked.tags.add(tag)
    marked.colleges.add(college)
    agreed = AgreementFactory(enterprise=plain("七协议"))
    agreed.colleges.add(college)
    for name, days in (("八到期", 20), ("九到期", 60), ("十到期", 170)):
        signed_agreement(enterprise=plain(name), ends_on=TODAY + timedelta(days=days))
    signed_agreement(enterprise=plain("续约"), ends_on=TODAY + timedelta(days=5), renews_itself=True)
    NeedFactory(enterprise=plain("需求"))
    NeedFactory(enterprise=plain("无需求"), state="met")
    plain("归档", archived_at=NOW, level="core", province=sichuan, owner=officer)
    return {"tag": str(tag.pk), "college": str(college.pk), "leader": str(leader.pk)}


SICHUAN = {"一成都", "二锦江", "三成都字"}
NOT_CONTACTED = {
    "一成都", "二锦江", "四南京", "五工业", "六标记", "七协议", "八到期", "九到期", "十到期", "续约", "需求", "无需求",
}  # fmt: skip


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        ({"province": "510000"}, SICHUAN),
        ({"province": "510000", "region": "510100"}, SICHUAN),
        ({"province": "320000", "region": "320100"}, {"四南京"}),
        ({"industry": "I"}, {"五工业"}),
        ({"nature": "39"}, {"五工业"}),
        ({"level": "core"}, {"五工业"}),
        ({"level": "strategic"}, {"六标记"}),
        ({"flag": "alumni"}, {"六标记"}),
        ({"tag": "[tag]"}, {"六标记"}),
        ({"owner": "me"}, {"六标记"}),
        ({"owner": "[leader]"}, {"五工业"}),
        ({"owner": "none", "province": "320000"}, {"四南京"}),
        ({"college": "[college]"}, {"六标记", "七协议"}),
        ({"staff": "0"}, {"一成都"}),
        ({"staff": "10"}, {"二锦江", "三成都字"}),
        ({"staff": "1000"}, set()),
        ({"staff": "10000"}, {"四南京"}),
        ({"contact": "3"}, NOT_CONTACTED),
        ({"contact": "24"}, NOT_CONTACTED - {"四南京"}),
        ({"agreement": "in_force"}, {"八到期", "九到期", "十到期", "续约"}),
        ({"agreement": "ending_30"}, {"八到期"}),
        ({"agreement": "ending"}, {"八到期", "九到期"}),
        ({"agreement": "ending_180"}, {"八到期", "九到期", "十到期"}),
        ({"agreement": "none", "level": "core"}, {"五工业"}),
        ({"agreement": "none", "need": "open"}, {"需求"}),
        ({"need": "open"}, {"需求"}),
        ({"code": "valid"}, {"六标记"}),
        ({"code": "unverified"}, {"二锦江"}),
        ({"code": "missing", "province": "510000"}, {"一成都", "三成都字"}),
        ({"file": "stale", "province": "510000"}, {"二锦江", "三成都字"}),
        ({"find": "成都", "staff": "10"}, {"三成都字"}),
    ],
)
def test_each_filter_keeps_exactly_its_files(officer, many, filters, kept):
    asked = {name: many.get(value.strip("[]"), value) for name, value in filters.items()}

    assert set(found(officer, **asked)) == kept


def letter(enterprise, *, days, **fields):
    """A signed link of the year that was sent some days ago."""
    sent = NOW - timedelta(days=days)
    values = {
        "digest": f"{enterprise.pk:064}", "purpose": LinkPurpose.CONFIRM_FILE, "name": "李四", "year": 2026,
        "email": "hr@enterprise.example", "issued_at": sent, "expires_at": sent + timedelta(days=60),
    }  # fmt: skip
    return SignedLink.objects.create(enterprise=enterprise, **{**values, **fields})


def test_no_response_means_asked_this_year_two_weeks_ago_and_silent(officer):
    letter(plain("沉默"), days=15)
    letter(plain("刚发"), days=13)
    letter(plain("去年"), days=15, year=2025)
    letter(plain("撤回"), days=15, revoked_at=NOW)
    used = letter(plain("答复"), days=15, used_at=NOW)
    answered = plain("另一函答复")
    letter(answered, days=15)
    takes = {"interns": Intake.YES, "graduates": Intake.YES, "year": 2026, "name": "李四", "at": NOW}
    FileAnswer.objects.create(link=used, enterprise=used.enterprise, **takes)
    other = letter(answered, days=20, digest="b" * 64, used_at=NOW)
    FileAnswer.objects.create(link=other, enterprise=answered, **takes)

    assert found(officer, answer="none") == ["沉默"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["甲", "乙", "丙"]),
        ("newest", ["丙", "乙", "甲"]),
        ("contact", ["乙", "丙", "甲"]),
        ("stale", ["丙", "甲", "乙"]),
        ("staff", ["乙", "甲", "丙"]),
        ("ending", ["甲", "丙", "乙"]),
    ],
)
def test_each_order(officer, sort, order):
    first = plain("甲", staff_count=5, last_contact_at=NOW, confirmed_at=NOW - timedelta(days=1))
    plain("乙", staff_count=50, confirmed_at=NOW)
    third = plain("丙", last_contact_at=NOW - timedelta(days=9))
    for place, name in enumerate("甲乙丙"):
        Enterprise.objects.filter(legal_name=name).update(created_at=NOW + timedelta(hours=place), name_sort=str(place))
    signed_agreement(enterprise=first, ends_on=TODAY + timedelta(days=9))
    signed_agreement(enterprise=first, ends_on=TODAY + timedelta(days=99))
    signed_agreement(enterprise=third, ends_on=TODAY + timedelta(days=10))

    assert found(officer, sort=sort) == order


@pytest.mark.parametrize(
    "query",
    [
        "province=nonsense", "province=51%00", "region=510100", "owner=99999999", "owner=you", "tag=x", "college=-1",
        "contact=7", "agreement=maybe", "sort=colour", "page=x", "staff=11", "find=%00", "level[]=core",
        "need=1' OR 1=1",
    ],
)  # fmt: skip
def test_nonsense_in_the_address_is_passed_over(client, officer, query):
    plain("甲")
    client.force_login(officer)

    response = client.get(f"{LIST}?{query}")

    assert [row.legal_name for row in response.context["page"]] == ["甲"]
    assert response.context["form"].chips == []


def test_cities_are_those_of_the_chosen_province(client, officer, many):
    client.force_login(officer)

    choices = {
        query: [label for _key, label in client.get(f"{LIST}?{query}").context["form"].fields["region"].choices]
        for query in ("", "province=510000", "province=320000")
    }

    assert {query: [str(label) for label in labels] for query, labels in choices.items()} == {
        "": ["Choose a province first"],
        "province=510000": ["Any city", "Chengdu"],
        "province=320000": ["Any city", "Nanjing"],
    }


def test_chosen_filters_are_chips_that_take_themselves_away(client, officer, many):
    client.force_login(officer)

    response = client.get(f"{LIST}?find=成都&province=510000&sort=newest&page=2")

    chips = [(chip.label, chip.value) for chip in response.context["form"].chips]
    assert chips == [("Search", "成都"), ("Province", "Sichuan")]
    html = response.content.decode()
    assert 'class="chip" href="?find=%E6%88%90%E9%83%BD&amp;sort=newest"' in html
    assert 'class="chip" href="?province=510000&amp;sort=newest"' in html


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("query", ["", "?find=启明", "?province=510000&agreement=in_force&need=open&sort=ending"])
def test_the_list_runs_the_same_queries_for_any_number_of_rows(client, officer, django_assert_num_queries, query, rows):
    for _ in range(rows):
        enterprise = EnterpriseFactory(owner=officer)
        signed_agreement(enterprise=enterprise)
        NeedFactory(enterprise=enterprise)
    client.force_login(officer)

    with django_assert_num_queries(9):  # session, person, roles, choices, count, rows, school, inbox
        response = client.get(f"{LIST}{query}")

    assert response.content.decode().count('<td class="cell-title">') == rows


def test_every_page_of_more_than_a_thousand_rows_holds_the_next_ones(client, officer, django_assert_num_queries):
    Enterprise.objects.bulk_create(Enterprise(legal_name="甲", name_sort=f"{n:04}") for n in range(1005))
    client.force_login(officer)

    with django_assert_num_queries(9):
        last = client.get(f"{LIST}?page=41").context["page"]
    second = client.get(f"{LIST}?page=2").context["page"]

    assert [row.name_sort for row in last] == ["1000", "1001", "1002", "1003", "1004"]
    assert [row.name_sort for row in second] == [f"{n:04}" for n in range(25, 50)]
    assert (last.number, last.paginator.count) == (41, 1005)


def test_months_are_those_of_the_calendar():
    assert months_before(date(2026, 5, 31), 3) == date(2026, 2, 28)
    assert months_before(date(2026, 1, 15), 24) == date(2024, 1, 15)
    assert months_before(timezone.localdate(), 0) == timezone.localdate()
