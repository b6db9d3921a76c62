"""Files that must not be opened, or only with care; each is refused with a word on what to do."""

import io
import struct
import zipfile

import pytest
import xlsxwriter
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models.people import User
from core.errors import RuleBroken
from imports import services, workbooks
from imports.choices import ImportState
from imports.models import Import
from imports.workbooks import Unreadable
from tests.imports.lists import PLAIN_HEAD, bring, check, checked, csv, outcomes, step, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("codes")]
TOKEN = "7b1c1b5e-3f0e-4a59-9b7e-3f2c8d1a0002"
GOOD = [
    PLAIN_HEAD,
    ("四川智汇科技有限公司", "91350100M000100Y43", "民营企业", "I", "四川", "成都", "约30人", "李四", "138"),
]


def why(content: bytes, name: str = "a.xlsx") -> str:
    with pytest.raises(Unreadable) as refused:
        workbooks.inspect(io.BytesIO(content), name)
    return refused.value.why


def archive(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return content.getvalue()


def with_parts(content: bytes, parts: dict[str, bytes]) -> bytes:
    """A workbook with further parts."""
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as book:
        for name, part in parts.items():
            book.writestr(name, part)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"%PDF-1.7", "a.pdf", "kind"),
        (b"MZ", "a.exe", "kind"),
        (b"a,b", "list", "kind"),
        (b"%PDF-1.7", "a.xlsx", "wrong"),
        (b"PK\x03\x04 and then nothing", "a.xlsx", "wrong"),
        (archive({"word/document.xml": b"<a/>"}), "a.xlsx", "wrong"),
        (b"PK\x03\x04", "a.csv", "wrong"),
        (b"a,b", "a.xls", "wrong"),
        (workbooks.OLE, "a.csv", "wrong"),
        (workbooks.OLE + b"EncryptedPackage", "a.xlsx", "password"),
    ],
)
def test_what_is_no_workbook(content, name, reason):
    assert why(content, name) == reason


def test_a_real_zip_bomb_is_refused_before_it_is_opened():
    bomb = with_parts(xlsx(GOOD), {"xl/worksheets/sheet9.xml": b"0" * 200_000_000})
    assert len(bomb) < 300_000

    assert why(bomb) == "bomb"


def test_more_than_the_setting_allows_unpacked_is_refused(settings: LazySettings):
    content = xlsx(GOOD)
    settings.IMPORT_UNPACKED = 1000
    assert why(content) == "bomb"


def test_an_index_that_would_fill_the_memory_is_not_read(monkeypatch: pytest.MonkeyPatch):
    content = with_parts(xlsx(GOOD), {f"xl/extra{number}.xml": b"" for number in range(50)})
    monkeypatch.setattr(workbooks, "MOST_PARTS", 10)
    monkeypatch.setattr(zipfile, "ZipFile", None)  # nothing opens the archive

    assert why(content) == "bomb"


def test_too_many_parts_and_two_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workbooks, "MOST_PARTS", 12)
    assert why(with_parts(xlsx(GOOD), {f"xl/extra{n}.xml": b"" for n in range(10)})) == "bomb"
    with pytest.warns(UserWarning, match="Duplicate name"):
        doubled = with_parts(xlsx(GOOD), {"xl/workbook.xml": b"<other/>"})
    assert why(doubled) == "bomb"


def test_an_archive_that_lies_about_its_sizes_is_not_opened(officer: User):
    """The index says that the sheet is small; what is really packed there is not unpacked."""
    bomb = bytearray(with_parts(xlsx(GOOD), {"xl/worksheets/sheet9.xml": b"0" * 50_000_000}))
    real, claimed = struct.pack("<L", 50_000_000), struct.pack("<L", 1000)
    while (place := bomb.find(real)) >= 0:
        bomb[place : place + 4] = claimed

    run = bring(bytes(bomb), officer)

    assert (run.state, run.failed_in) == (ImportState.FAILED, ImportState.READING)
    assert run.error == str(workbooks.REFUSALS["damaged"])


def test_a_small_workbook_that_names_a_cell_far_away_ends_the_reader_only(officer: User):
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "单位名称")
    sheet.write(1_048_575, 16_383, "远")
    book.close()

    run = bring(content.getvalue(), officer)

    assert (run.state, run.error) == (ImportState.FAILED, str(workbooks.REFUSALS["too_much"]))


def test_a_workbook_with_macros_is_read_and_its_macros_are_left_behind(officer: User):
    content = with_parts(xlsx(GOOD), {"xl/vbaProject.bin": b"Sub Auto_Open()", "xl/media/a.png": b"x"})

    run = check(bring(content, officer, "名单.xlsm"), officer)

    kept = io.BytesIO()
    workbooks._unpack(io.BytesIO(content), kept)
    names = zipfile.ZipFile(kept).namelist()
    assert outcomes(run) == ["new"]
    assert [name for name in names if not name.endswith((".xml", ".rels"))] == []


def test_of_formulas_the_kept_value_is_read_and_texts_that_look_like_one_stay_texts(officer: User):
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"strings_to_formulas": False})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["单位名称", "职工人数", "地址"])
    sheet.write_row(1, 0, ["甲公司", "", "=HYPERLINK(1)"])
    sheet.write_formula(1, 1, "=40+2", None, 42)
    book.close()

    row = check(bring(content.getvalue(), officer), officer).rows.get()

    assert (row.values["staff_count"], row.values["address"]) == (42, "=HYPERLINK(1)")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_every_encoding_that_offices_have(officer: User, encoding: str):
    run = check(bring(csv(GOOD, encoding), officer, "名单.csv"), officer)

    row = run.rows.get()
    assert (row.name, row.outcome, row.values["staff_count"]) == ("四川智汇科技有限公司", "new", 30)


def test_csv_with_semicolons_and_unprintable_letters(officer: User):
    content = "单位名称;地址\r\n甲公司\x00;乙\x07路\r\n".encode()

    row = check(bring(content, officer, "a.csv"), officer).rows.get()

    assert (row.name, row.values["address"]) == ("甲公司", "乙路")


def test_bytes_that_are_no_text_are_refused(officer: User):
    run = bring(b"\x80\x81\xff\xff\xfe\x00" * 50, officer, "a.csv")
    assert (run.state, run.error) == (ImportState.FAILED, str(workbooks.REFUSALS["encoding"]))


def test_an_empty_workbook_says_so(officer: User):
    run = bring(xlsx([]), officer)
    assert (run.state, run.error) == (ImportState.FAILED, str(workbooks.REFUSALS["empty"]))


def test_more_rows_than_allowed_are_refused_with_the_number(officer: User, settings: LazySettings):
    settings.IMPORT_ROWS = 3
    assert outcomes(checked([(f"公司{n}",) for n in "甲乙丙"], officer)) == ["new"] * 3

    run = check(bring(xlsx([PLAIN_HEAD, *((f"公司{n}",) for n in "甲乙丙丁")]), officer), officer)

    assert (run.state, run.failed_in) == (ImportState.FAILED, ImportState.CHECKING)
    assert "3" in run.error
    assert run.rows.count() == 0


def test_far_more_rows_than_allowed_are_refused_at_the_columns(officer: User, settings: LazySettings):
    run = bring(xlsx([PLAIN_HEAD, *((f"公司{n}",) for n in range(50))]), officer)
    settings.IMPORT_ROWS = 3

    with pytest.raises(RuleBroken, match="3"):
        check(run, officer)

    run.refresh_from_db()
    assert run.state == ImportState.MAPPING


def test_an_upload_beyond_the_limit_is_refused_while_it_arrives(
    client: Client, officer: User, settings: LazySettings, tmp_path
):
    settings.UPLOAD_LIMIT = 3 * 1024 * 1024
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    User.objects.filter(pk=officer.pk).update(language="en")
    client.force_login(officer)
    large = SimpleUploadedFile("a.xlsx", b"PK\x03\x04" + b"0" * 8 * 1024 * 1024)

    answer = client.post(reverse("imports:import_new"), {"form_token": TOKEN, "file": large})

    assert "The file is larger than 3.0\xa0MB. Split the list." in answer.content.decode()
    assert not Import.objects.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_refused_is_not_kept(client: Client, officer: User, settings: LazySettings):
    User.objects.filter(pk=officer.pk).update(language="en")
    client.force_login(officer)
    file = SimpleUploadedFile("a.xlsx", b"%PDF-1.7")

    answer = client.post(reverse("imports:import_new"), {"form_token": TOKEN, "file": file})

    assert "The file is not what its name says." in answer.content.decode()
    assert not Import.objects.exists()


def test_a_stored_file_that_is_gone_stops_the_import_and_another_try_is_possible(officer: User):
    upload = SimpleUploadedFile("a.xlsx", xlsx(GOOD))
    run = services.bring_workbook(upload, by=officer, at=timezone.now())
    kept = run.file.read()
    run.file.close()
    run.file.storage.delete(run.file.name)
    assert step(run).error == str(workbooks.REFUSALS["lost"])

    run.file.storage.save(run.file.name, ContentFile(kept))
    services.try_again(run, by=officer, at=timezone.now())

    assert step(run).state == ImportState.MAPPING
