"""Names as they are matched and searched."""

import pytest

from partnerships.choices.enterprises import StaffBand
from partnerships.naming import initials, name_key, romanised
from tests.factories.partnerships import EnterpriseFactory


@pytest.mark.parametrize(
    "name",
    [
        "四川智汇科技有限公司",
        "四川智汇科技股份有限公司",
        "四川智汇科技（集团）有限公司".replace("（集团）", ""),
        " 四川智汇 科技有限责任公司 ",
        "四川智汇科技",
    ],
)
def test_spellings_of_one_name_have_one_key(name):
    assert name_key(name) == "四川智汇科技"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Lighthouse Film Co., Ltd.", "lighthousefilm"),
        ("ＡＢＣ－１２３　公司", "abc123"),
        ("四川（智汇）科技有限公司", "四川智汇科技"),
        ("公司", "公司"),
        ("", ""),
    ],
)
def test_a_key_leaves_out_what_names_nobody(name, key):
    assert name_key(name) == key


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("四川智汇科技有限公司", "sczhkjyxgs"),
        ("重庆长安汽车", "cqcaqc"),
        ("灯塔ＡＢＣ 12影视", "dtabc12ys"),
        ("Lighthouse Film", "lighthousefilm"),
    ],
)
def test_initials_are_those_a_person_would_type(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("name", "latin"), [("成都市", "Chengdu"), ("重庆市", "Chongqing"), ("西安市", "Xi'an"), ("沙市", "Shashi")]
)
def test_places_are_written_in_latin_letters(name, latin):
    assert romanised(name) == latin


@pytest.mark.django_db
def test_a_file_keeps_key_and_initials_in_step_with_its_name():
    enterprise = EnterpriseFactory(legal_name="四川智汇科技有限公司")
    enterprise.legal_name = "成都灯塔影视有限公司"
    enterprise.save()

    enterprise.refresh_from_db()
    assert (enterprise.name_key, enterprise.initials) == ("成都灯塔影视", "cddtysyxgs")


@pytest.mark.parametrize(
    ("staff", "band"),
    [(None, None), (0, StaffBand.UNDER_10), (9, StaffBand.UNDER_10), (10, StaffBand.FROM_10), (999, StaffBand.FROM_500)]
    + [(1000, StaffBand.FROM_1000), (9999, StaffBand.FROM_1000), (250000, StaffBand.FROM_10000)],
)
def test_the_band_follows_from_the_number_of_staff(staff, band):
    assert EnterpriseFactory.build(staff_count=staff, province=None, industry=None, nature=None).staff_band == band
