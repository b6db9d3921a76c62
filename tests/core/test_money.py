"""Sums of money, as people write and read them."""

from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from core.forms import MoneyField
from core.money import read_yuan

OPEN = "Write one sum in yuan, such as 5,000,000 or 500万; words like “about” leave it open."
NOT_ONE = "This is not one sum: write the larger part first, such as 1亿2000万."


class MoneyForm(forms.Form):
    amount = MoneyField(required=False)


@pytest.mark.parametrize(
    ("written", "yuan"),
    [
        ("500万", "5000000.00"),
        ("500 万元", "5000000.00"),
        ("1.2亿", "120000000.00"),
        ("5,000,000", "5000000.00"),
        ("５００万元", "5000000.00"),
        ("５，０００，０００元", "5000000.00"),
        ("5000000元", "5000000.00"),
        ("¥12.50", "12.50"),
        ("￥1,234.5 元整", "1234.50"),
        ("人民币3.5万元整", "35000.00"),
        ("1亿2000万元", "120000000.00"),
        ("3万5千", "35000.00"),
        ("2万3000元", "23000.00"),
        ("5 million yuan", "5000000.00"),
        ("0.5万", "5000.00"),
        ("0", "0.00"),
        ("007", "7.00"),
        ("999999999999.99", "999999999999.99"),
    ],
)
def test_a_sum_is_read_as_people_write_it(written, yuan):
    assert str(read_yuan(written)) == yuan


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("written", "refusal"),
    [
        ("about 500", OPEN),
        ("约500万", OPEN),
        ("500万左右", OPEN),
        ("500-600万", OPEN),
        ("-500", OPEN),
        ("1,5", OPEN),
        ("50,0000", OPEN),
        ("5万万", OPEN),
        ("500万美元", OPEN),
        ("1e5", OPEN),
        ("NaN", OPEN),
        ("元", OPEN),
        ("人民币伍佰万元", OPEN),
        ("2000万1亿", NOT_ONE),
        ("5万6万", NOT_ONE),
        ("1亿20000万", NOT_ONE),
        ("1000000000000", "A sum is at most 999,999,999,999.99 yuan."),
        ("9" * 50, "A sum is at most 999,999,999,999.99 yuan."),
        ("1.005", "A sum has at most two decimals of a yuan."),
        ("0.0000001万", "A sum has at most two decimals of a yuan."),
    ],
)
def test_what_leaves_the_sum_open_is_refused_beside_the_field(written, refusal):
    form = MoneyForm({"amount": written})

    assert form.errors == {"amount": [refusal]}


def test_a_field_is_empty_or_shows_what_is_stored():
    empty = MoneyForm({"amount": " "})

    assert empty.is_valid()
    assert empty.cleaned_data == {"amount": None}
    assert MoneyForm(initial={"amount": Decimal("5000000.00")})["amount"].value() == "5,000,000"
    assert MoneyForm(initial={"amount": Decimal("12.50")})["amount"].value() == "12.50"
    assert MoneyForm({"amount": "约5"})["amount"].value() == "约5"


@pytest.mark.parametrize(
    ("amount", "english", "chinese"),
    [
        ("5000000.00", "5,000,000 yuan", "500万元"),
        ("120000000.00", "120,000,000 yuan", "1.2亿元"),
        ("125500.00", "125,500 yuan", "12.55万元"),
        ("123456.00", "123,456 yuan", "123,456元"),
        ("123456789.00", "123,456,789 yuan", "123,456,789元"),
        ("12345000000.00", "12,345,000,000 yuan", "123.45亿元"),
        ("800.00", "800 yuan", "800元"),
        ("12.50", "12.50 yuan", "12.50元"),
        ("0.00", "0 yuan", "0元"),
    ],
)
def test_a_sum_is_shown_in_the_way_of_the_language(amount, english, chinese):
    shown = Template("{% load portal %}{{ amount|yuan }}")
    context = Context({"amount": Decimal(amount)})

    with translation.override("en"):
        assert shown.render(context) == english
    with translation.override("zh-hans"):
        assert shown.render(context) == chinese


def test_no_sum_shows_nothing():
    assert Template("{% load portal %}{{ amount|yuan }}").render(Context({"amount": None})) == ""
