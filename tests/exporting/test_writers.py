"""The three kinds of files hold the same, whatever stands in a cell."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone, translation
from pyarrow import parquet as arrow
from python_calamine import CalamineWorkbook

from exporting.choices import ExportFormat
from exporting.files import parts_of
from exporting.tables import Column, Kind
from exporting.writing import parquet
from exporting.writing.cells import LONGEST

CSV, XLSX, PARQUET = ExportFormat.CSV, ExportFormat.XLSX, ExportFormat.PARQUET
NOON = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)  # 12:30 in Shanghai
FORMULAS = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("https://x.example")', "＝1+1", "－1"]
COLUMNS = [
    Column("name", "Name", about="As on the licence"),
    Column("people", "People", kind=Kind.WHOLE),
    Column("pay", "Pay", kind=Kind.DECIMAL),
    Column("day", "Day", kind=Kind.DAY),
    Column("at", "At", kind=Kind.MOMENT),
    Column("open", "Open", kind=Kind.YES, is_personal=True),
]


def content(kind, columns, rows):
    return b"".join(parts_of(kind, columns, rows, {"table": "t"}))


def sheet(raw):
    return CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python()


def lines(raw):
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def table(raw):
    return arrow.read_table(io.BytesIO(raw))


def texts(kind, *values):
    """One column of texts, as each kind gives it back."""
    raw = content(kind, [Column("name", "Name")], [[value] for value in values])
    if kind == PARQUET:
        return table(raw).column("name").to_pylist()
    rows = sheet(raw) if kind == XLSX else lines(raw)
    return [row[0] for row in rows[1:]]


ROW = ["光影", 12, Decimal("1234.50"), NOON, NOON, True]


def test_a_workbook_holds_texts_numbers_days_and_the_clock_of_the_school(in_english):
    head, empty, row = sheet(content(XLSX, COLUMNS, [[None] * 6, ROW]))

    assert head == ["Name", "People", "Pay", "Day", "At", "Open"]
    assert row == ["光影", 12.0, 1234.5, date(2026, 11, 22), datetime(2026, 11, 22, 12, 30), "yes"]
    assert empty == [""] * 6


def test_plain_lines_hold_iso_days_and_whole_numbers(in_english):
    head, row, empty = lines(content(CSV, COLUMNS, [ROW, [None] * 6]))

    assert head == ["Name", "People", "Pay", "Day", "At", "Open"]
    assert row == ["光影", "12", "1234.5", "2026-11-22", "2026-11-22 12:30:00", "yes"]
    assert empty == [""] * 6


def test_columns_for_analysts_are_typed_and_say_what_they_are(in_english):
    found = table(content(PARQUET, COLUMNS, [ROW, [None] * 6]))

    assert found.column_names == ["name", "people", "pay", "day", "at", "open"]
    assert [str(field.type) for field in found.schema] == [
        "string", "int64", "decimal128(24, 4)", "date32[day]", "timestamp[us, tz=Asia/Shanghai]", "bool",
    ]  # fmt: skip
    assert found.to_pylist() == [
        {
            "name": "光影",
            "people": 12,
            "pay": Decimal("1234.5000"),
            "day": date(2026, 11, 22),
            "at": NOON,
            "open": True,
        },
        dict.fromkeys(found.column_names),
    ]
    assert found.schema.field("name").metadata == {
        b"label": b"Name", b"kind": b"text", b"personal": b"no", b"definition": b"As on the licence",
    }  # fmt: skip
    assert found.schema.field("open").metadata[b"personal"] == b"yes"
    assert found.schema.metadata == {b"table": b"t"}


def test_the_labels_are_those_of_the_readers_language():
    column = Column("yes", "Open", kind=Kind.YES)
    with translation.override("zh-hans"):
        assert [row[0] for row in lines(content(CSV, [column], [[True], [False]]))[1:]] == ["是", "否"]


def test_row_groups_are_a_few_thousand_rows_and_compressed(monkeypatch):
    monkeypatch.setattr(parquet, "GROUP", 2)
    raw = content(PARQUET, COLUMNS[:1], [["a"], ["b"], ["c"]])

    found = arrow.ParquetFile(io.BytesIO(raw)).metadata

    assert [found.row_group(number).num_rows for number in range(found.num_row_groups)] == [2, 1]
    assert found.row_group(0).column(0).compression == "ZSTD"


@pytest.mark.parametrize("kind", ExportFormat)
def test_a_list_without_rows_is_a_file_with_its_heading(kind):
    raw = content(kind, COLUMNS[:2], [])

    if kind == PARQUET:
        assert (table(raw).num_rows, table(raw).column_names) == (0, ["name", "people"])
    else:
        assert (sheet(raw) if kind == XLSX else lines(raw)) == [["Name", "People"]]


def test_no_kind_of_file_holds_a_formula():
    assert texts(PARQUET, *FORMULAS) == FORMULAS
    assert texts(CSV, *FORMULAS, "1=1") == [*(f"'{text}" for text in FORMULAS), "1=1"]
    with zipfile.ZipFile(io.BytesIO(content(XLSX, [Column("name", "Name")], [[text] for text in FORMULAS]))) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml").decode()
    assert ("<f>" in xml, "<f " in xml, "<hyperlink" in xml, xml.count('t="inlineStr"')) == (False, False, False, 10)


def test_a_heading_is_no_formula_either():
    assert lines(content(CSV, [Column("x", "=1+1")], [])) == [["'=1+1"]]
    assert sheet(content(XLSX, [Column("x", "=1+1")], [])) == [["=1+1"]]


@pytest.mark.parametrize("kind", ExportFormat)
def test_nul_goes_and_emoji_line_breaks_and_quotes_stay(kind):
    assert texts(kind, "a\x00b", "👩‍🎓 光影", 'a "b",\nc') == ["ab", "👩‍🎓 光影", 'a "b",\nc']


def test_a_number_as_large_as_a_credit_code_stays_text_in_a_workbook():
    assert texts(XLSX, "522101034250003560", "007") == ["522101034250003560", "007"]


def test_a_text_longer_than_a_cell_is_cut_in_a_workbook_alone_and_says_so():
    long, emoji = "长" * (LONGEST + 1), "😀" * 20_000

    assert texts(CSV, long) == [long]
    assert texts(PARQUET, long) == [long]
    cut, smiles = texts(XLSX, long, emoji)
    assert cut == "长" * (LONGEST - 1) + "…"
    assert (len(smiles.encode("utf-16-le")) // 2, smiles[-1], smiles[0]) == (LONGEST, "…", "😀")
    assert texts(XLSX, "长" * LONGEST) == ["长" * LONGEST]


def test_a_day_before_excels_calendar_is_text_in_a_workbook():
    column = [Column("day", "Day", kind=Kind.DAY)]

    assert sheet(content(XLSX, column, [[date(1896, 4, 8)]])) == [["Day"], ["1896-04-08"]]
    assert table(content(PARQUET, column, [[date(1896, 4, 8)]])).to_pylist() == [{"day": date(1896, 4, 8)}]


def test_a_day_is_the_schools_own_whatever_the_hour():
    late = timezone.make_aware(datetime(2026, 1, 1, 0, 30))

    assert lines(content(CSV, [Column("day", "Day", kind=Kind.DAY)], [[late]]))[1] == ["2026-01-01"]


def test_a_workbook_says_in_its_last_row_that_there_are_more(monkeypatch, in_english):
    monkeypatch.setattr("exporting.files.MOST_ROWS", 2)

    rows = sheet(content(XLSX, COLUMNS[1:2], [[1], [2], [3], [4]]))

    assert rows == [["People"], [1.0], [2.0], ["Only the first 2 rows are here; narrow the filters."]]
    assert len(lines(content(CSV, COLUMNS[1:2], [[1], [2], [3], [4]]))) == 5
