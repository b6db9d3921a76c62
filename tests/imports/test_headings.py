"""Where the headings stand and what they mean."""

import pytest

from imports import headings
from imports.fields import field_of, field_within
from imports.headings import Place

TITLE = ["2026年合作企业一览表"] * 4


def test_headings_below_a_merged_title_are_found():
    head = [TITLE, ["", "", "", ""], ["序号", "单位名称", "联系人", "联系电话"], [1, "甲公司", "李四", "138"]]

    place = headings.find(head)

    assert (place.first, place.last) == (3, 3)
    assert headings.guess(head, place) == {1: "legal_name", 2: "contact_name", 3: "contact_phone"}


def test_two_rows_of_headings_are_read_together():
    head = [
        TITLE,
        ["企业", "企业", "联系人", "联系人", "需求"],
        ["名称", "电话", "姓名", "电话", "人数"],
        ["甲公司", "028-1", "李四", "138", "5人"],
    ]

    place = headings.find(head)

    assert (place.first, place.last) == (2, 3)
    assert headings.guess(head, place) == {
        0: "legal_name",
        1: "contact_landline",
        2: "contact_name",
        3: "contact_phone",
        4: "need_headcount",
    }


def test_a_sheet_without_known_headings_begins_at_its_first_row():
    assert headings.find([["a", "b"], ["c", "d"]]) == Place(1, 1)


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("单位名称（与公章一致）*", "legal_name"),
        ("统一社会信用代码\n（18位）", "credit_code"),
        ("月薪（元）", "need_pay"),
        ("E-mail", "contact_email"),
        ("  Credit  Code ", "credit_code"),
        ("序号", ""),
    ],
)
def test_headings_word_for_word(heading, key):
    assert field_of(heading) == key


@pytest.mark.parametrize(
    ("heading", "key"),
    [("对口需求专业", "need_majors"), ("企业联系人手机", "contact_phone"), ("是否上市", ""), ("备注", "")],
)
def test_headings_by_a_part(heading, key):
    assert field_within(heading) == key


def test_each_field_is_guessed_once():
    head = [["单位名称", "企业名称", "电话"]]
    assert headings.guess(head, Place(1, 1)) == {0: "legal_name", 2: "contact_phone"}


def test_the_same_headings_have_the_same_signature_however_they_are_typed():
    one = headings.signature([["单位名称", " 联系人 ", ""]], Place(1, 1))
    assert one == headings.signature([["单位名称*", "联系人"]], Place(1, 1))
    assert one != headings.signature([["联系人", "单位名称"]], Place(1, 1))


@pytest.mark.parametrize(
    ("cells", "name", "passed"),
    [
        (["合计", "", 120], "", True),
        (["", "总计：", 120], "总计：", True),
        (["小 计", "", 3], "", True),
        (["注：人数为约数"] * 3, "注：人数为约数", True),
        (["填表人：王敏", "", ""], "", True),
        (["", "单位名称", "联系人"], "单位名称", True),
        (["", "", ""], "", True),
        ([1, "合计划科技有限公司", ""], "合计划科技有限公司", False),
        ([1, "总计算科技有限公司", ""], "总计算科技有限公司", False),
        (["注册会计师事务所"], "注册会计师事务所", False),
        ([1, "Total Energies (China)", ""], "Total Energies (China)", False),
        ([1, "", "李四"], "", False),
    ],
)
def test_totals_remarks_and_repeated_headings_are_passed_over(cells, name, passed):
    assert headings.is_passed_over(cells, name, ["序号", "单位名称", "联系人"]) is passed
