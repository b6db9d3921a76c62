"""Is it one of these? Which files a typed name or code may mean."""

from datetime import UTC, datetime

import pytest

from partnerships.choices.enterprises import MatchKind
from partnerships.selectors.matching import find_matches
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
CODE = "91350100M000100Y43"


def found(name, code="", **options):
    matches = find_matches(name=name, credit_code=code, **options)
    return [(match.enterprise.legal_name, match.kind.value, match.likeness) for match in matches]


@pytest.mark.parametrize(
    ("on_file", "typed"),
    [
        ("四川智汇科技有限公司", "四川智汇科技股份有限公司"),
        ("四川智汇科技有限公司", " 四川 智汇（科技）有限公司"),
        ("Lighthouse Film Co., Ltd.", "LIGHTHOUSE FILM"),
        ("华为技术有限公司", "华为技术"),
    ],
)
def test_the_same_name_in_another_spelling_is_found(on_file, typed):
    EnterpriseFactory(legal_name=on_file)

    assert found(typed) == [(on_file, "name", 100)]


@pytest.mark.parametrize(
    ("on_file", "typed", "likeness"),
    [
        ("成都灯塔影视文化有限公司", "成都灯塔影视传媒有限公司", 50),
        ("四川川投田湾河开发有限责任公司", "四川省川投田湾河开发有限责任公司", 62),
        ("成都灯塔影视文化有限公司", "灯塔影视文化", 75),
        ("灯塔影视文化有限公司", "成都灯塔影视文化有限公司", 75),
        ("成都灯塔影视文化有限公司", "成都灯塔", 50),
        ("华为有限公司", "华为技术有限公司", 50),
    ],
)
def test_a_similar_name_or_a_part_of_one_is_found(on_file, typed, likeness):
    EnterpriseFactory(legal_name=on_file)

    assert found(typed) == [(on_file, "similar", likeness)]


@pytest.mark.parametrize(
    ("on_file", "typed"),
    [
        ("四川大地有限公司", "四川大江有限公司"),
        ("四川大地科技有限公司", "四川大江科技有限公司"),
        ("中国建筑第三工程局有限公司", "中国建筑第四工程局有限公司"),
        ("四川启明1影视科技有限公司", "四川启明2影视科技有限公司"),
        ("四川智汇科技有限公司", "四川"),
        ("甲有限公司", "乙有限公司"),
        ("四川智汇科技有限公司", ""),
        ("四川智汇科技有限公司", "——"),
    ],
)
def test_what_only_shares_its_place_or_differs_in_a_number_is_not_found(on_file, typed):
    EnterpriseFactory(legal_name=on_file)

    assert found(typed) == []


@pytest.mark.parametrize("former", ["成都光影工作室有限公司", "成都 光影工作室（有限公司）"])
def test_a_former_name_is_found(former):
    EnterpriseFactory(legal_name="南充丝路纺织有限公司").former_names.create(name=former)

    assert found("成都光影工作室") == [("南充丝路纺织有限公司", "former_name", 100)]


def test_the_letters_of_a_former_name_alone_do_not_make_it_the_name():
    EnterpriseFactory(legal_name="南充丝路纺织有限公司").former_names.create(name="成都光影科技工作室")

    assert found("成都光影工作室") == []


@pytest.mark.parametrize("typed", ["智汇", "智汇公司", "zhihui tech"])
def test_a_short_and_an_english_name_are_found(typed):
    EnterpriseFactory(legal_name="四川启川信息技术有限公司", short_name="智汇", name_en="Zhihui Tech")

    assert found(typed) == [("四川启川信息技术有限公司", "name", 100)]


def test_the_surest_comes_first_and_each_file_once():
    EnterpriseFactory(legal_name="成都灯塔影视传媒有限公司")
    EnterpriseFactory(legal_name="绵阳旧档有限公司").former_names.create(name="成都灯塔影视文化")
    EnterpriseFactory(legal_name="成都灯塔影视文化股份有限公司")
    EnterpriseFactory(legal_name="成都灯塔影视文化有限公司", credit_code=CODE)

    assert found("成都灯塔影视文化", code="9135 0100 m000 100y43") == [
        ("成都灯塔影视文化有限公司", "code", 100),
        ("成都灯塔影视文化股份有限公司", "name", 100),
        ("绵阳旧档有限公司", "former_name", 100),
        ("成都灯塔影视传媒有限公司", "similar", 50),
    ]
    assert len(find_matches(name="成都灯塔影视文化", limit=2)) == 2


def test_a_code_alone_is_enough():
    EnterpriseFactory(legal_name="成都灯塔影视文化有限公司", credit_code=CODE)

    assert found("", code=CODE.lower()) == [("成都灯塔影视文化有限公司", "code", 100)]


def test_archived_files_and_the_file_itself_are_left_out():
    EnterpriseFactory(legal_name="四川智汇科技有限公司", archived_at=NOW)
    own = EnterpriseFactory(legal_name="四川智汇科技有限公司")

    assert found("四川智汇科技", other_than=own) == []


def test_kinds_stand_from_the_surest_on():
    assert list(MatchKind) == [MatchKind.CODE, MatchKind.NAME, MatchKind.FORMER_NAME, MatchKind.SIMILAR]


@pytest.mark.parametrize("files", [1, 3])
def test_matching_costs_the_same_for_any_number_of_files(django_assert_num_queries, files):
    for _number in range(files):
        EnterpriseFactory(legal_name="成都灯塔影视文化有限公司", credit_code="")

    with django_assert_num_queries(11):  # code, name, former, other, threshold, similar, rows; two savepoints
        assert len(find_matches(name="成都灯塔影视文化", credit_code=CODE)) == files
