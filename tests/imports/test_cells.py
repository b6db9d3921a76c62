"""What people type into cells."""

from datetime import date

import pytest

from imports import cells


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (5, 5),
        (5.0, 5),
        ("5人", 5),
        ("约30", 30),
        ("约３０人", 30),
        ("3.5万", 35_000),
        ("3.5万人", 35_000),
        ("1,200", 1200),
        ("１，２００人", 1200),
        ("2千", 2000),
        ("4.5k", 4500),
        ("500余人", 500),
        ("100人以上", 100),
        ("30人左右", 30),
        ("50+", 50),
        ("8000元/月", 8000),
        ("about 30 people", 30),
        ("5 名", 5),
        ("1200000", 1_200_000),
    ],
)
def test_numbers_with_their_units(cell, number):
    assert cells.number_of(cell) == cells.Understood(number)


@pytest.mark.parametrize(
    ("cell", "number"), [("5-10人", 5), ("5000~8000元", 5000), ("3-5万", 30_000), ("4k至6k", 4000)]
)
def test_of_a_range_the_smaller_end_is_taken_and_said(cell, number):
    assert cells.number_of(cell) == cells.Understood(number, note="range")


@pytest.mark.parametrize("cell", ["很多", "=1+1", "1.2.3", "-5", "五人", "999999999999", "5人6人"])
def test_what_is_no_number(cell):
    assert cells.number_of(cell) == cells.Understood(error="not_number")


def test_a_number_left_open_is_left_out_and_said():
    assert cells.number_of("面议") == cells.Understood(note="no_number")


@pytest.mark.parametrize(
    "cell",
    [
        "2026.7.6",
        "2026-7.6",
        "2026-07-06",
        "2026/7/6",
        "20260706",
        20260706,
        "2026年7月6日",
        "２０２６．７．６",
        46209,
        "2026-07-06 00:00:00",
    ],
)
def test_days_in_every_spelling(cell):
    assert cells.day_of(cell) == cells.Understood(date(2026, 7, 6))


@pytest.mark.parametrize("cell", ["2026年7月", "2026.7", "2026-07"])
def test_a_month_is_its_first_day_and_says_so(cell):
    assert cells.day_of(cell) == cells.Understood(date(2026, 7, 1), note="month")


@pytest.mark.parametrize("cell", ["2026.2.30", "2026.13.1", "7月6日", "尽快", "1888.1.1", "20261340"])
def test_what_is_no_day(cell):
    assert cells.day_of(cell) == cells.Understood(error="not_date")


@pytest.mark.parametrize(
    ("cell", "things"),
    [
        ("软件技术、计算机，动漫;影视；会计/审计", ["软件技术", "计算机", "动漫", "影视", "会计", "审计"]),
        ("软件技术（前端、后端）、会计", ["软件技术(前端 后端)", "会计"]),
        ("会计、会计", ["会计"]),
        ("无", []),
        ("甲\n乙", ["甲", "乙"]),
    ],
)
def test_several_things_in_one_cell(cell, things):
    assert cells.listed(cell) == things


@pytest.mark.parametrize(
    ("cell", "text"), [("  ＡＢＣ　公司 ", "ABC 公司"), ("/", ""), ("无", ""), ("—", ""), ("N/A", ""), (5, "5")]
)
def test_texts_without_width_and_without_marks_for_nothing(cell, text):
    assert cells.text_of(cell) == text


@pytest.mark.parametrize(
    ("cell", "lost"),
    [(5.221010342500036e17, True), ("5.22101E+17", True), (510100000000000, False), ("522101034250003560", False)],
)
def test_a_code_that_became_a_number(cell, lost):
    assert cells.digits_were_lost(cell) is lost
