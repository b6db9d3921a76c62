"""The code lists."""

from datetime import date

import pytest
from django.utils import translation

from partnerships.models.codes import AgreementKind, Industry, Nature, Province, Region
from partnerships.services.codes import load_codes

pytestmark = pytest.mark.django_db


def test_loading_the_codes_fills_every_table():
    days = 28 + 5 + 33 + 6  # off and worked, of 2025 and of 2026
    assert load_codes() == 34 + 15 + 21 + 18 + 8 + 3 + days + Region.objects.count()

    assert Province.objects.get(code="510000").name_zh == "四川省"
    assert Industry.objects.get(code="I").employment_code == "34"
    assert set(Nature.objects.filter(is_active=False).values_list("code", flat=True)) == {"25", "35"}
    assert set(AgreementKind.objects.filter(makes_base=True).values_list("code", flat=True)) == {
        "practice_base",
        "employment_base",
    }


def test_regions_are_named_in_both_languages_and_know_when_their_codes_held():
    load_codes()

    nanchong = Region.objects.get(code="511300")
    assert (nanchong.name_zh, nanchong.name_en, nanchong.province.code) == ("南充市", "Nanchong", "510000")
    assert nanchong.is_active
    chongqing = Region.objects.get(code="510200")
    assert (chongqing.name_zh, chongqing.valid_to, chongqing.is_active) == ("重庆市", date(1997, 12, 31), False)


def test_loading_the_codes_again_adds_nothing_and_keeps_what_was_changed():
    load_codes()
    Province.objects.filter(code="510000").update(name_en="Szechwan")

    assert load_codes() == 0
    assert Province.objects.get(code="510000").name_en == "Szechwan"


@pytest.mark.parametrize(
    ("name", "city", "place"),
    [
        ("上海市", "上海", "上海市"),
        ("上海市", "上海市", "上海市"),
        ("上海市", "浦东", "上海市 浦东"),
        ("吉林省", "吉林", "吉林省 吉林"),
        ("四川省", "", "四川省"),
    ],
)
def test_a_municipality_is_its_own_city(name, city, place):
    with translation.override("zh-hans"):
        assert Province(name_zh=name, name_en="").with_city(city) == place
