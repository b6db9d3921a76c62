"""Ids that stay, files for the platform, and what became of them."""

import io
from threading import Barrier, Thread
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.models.people import User
from core.errors import RuleBroken
from ledger import downloads
from ledger.choices import FileState, UploadState
from ledger.models.platform import PlatformFile, PlatformRecord
from ledger.selectors import checks
from ledger.services import platform as services
from tests.factories.accounts import MajorFactory
from tests.factories.visits import OutcomeFactory
from tests.ledger.conftest import NOW
from tests.ledger.world import body, complete_visit, made_file, sheet
from visits.models.visits import Visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("platform_codes")]


def ids(file: PlatformFile) -> list[str]:
    return [row.record.record_id for row in file.rows.select_related("record")]


def standings(visit: Visit, user: User) -> list[str]:
    return [row.standing.value for row in checks.check([visit.pk], user=user, on=NOW.date()).rows]


def test_a_row_keeps_its_id_when_its_major_is_another_or_is_called_otherwise(officer: User, leader: User):
    visit = complete_visit(leader)
    first = ids(made_file([visit], officer))
    outcome = visit.outcomes.get()
    outcome.major = MajorFactory(name_zh="新专业")
    outcome.save()

    assert ids(made_file([visit], officer)) == first == [f"FQTG{visit.pk:08}001"]


def test_a_row_written_anew_for_the_same_major_keeps_its_id(officer: User, leader: User):
    visit = complete_visit(leader, majors=2)
    first = ids(made_file([visit], officer))
    old, other = visit.outcomes.all()
    old.delete()
    OutcomeFactory(visit=visit, major=old.major)

    rows = made_file([visit], officer).rows.select_related("record")

    assert {row.record.major_id: row.record.record_id for row in rows} == dict(
        zip([old.major_id, other.major_id], first, strict=True)
    )


def test_the_first_major_takes_over_the_row_of_the_visit_alone(officer: User, leader: User):
    visit = complete_visit(leader, majors=0)
    alone = ids(made_file([visit], officer, complete_only=False))
    OutcomeFactory(visit=visit)
    OutcomeFactory(visit=visit)

    now = ids(made_file([visit], officer))

    assert (alone, now) == ([f"FQTG{visit.pk:08}001"], [f"FQTG{visit.pk:08}001", f"FQTG{visit.pk:08}002"])


def test_an_id_that_was_given_is_never_given_again(officer: User, leader: User):
    visit = complete_visit(leader)
    gone = ids(made_file([visit], officer))
    visit.outcomes.all().delete()
    visit.outcomes.create(major=MajorFactory())

    assert ids(made_file([visit], officer)) == [f"FQTG{visit.pk:08}002"] != gone


def test_complete_rows_or_every_row(officer: User, leader: User):
    whole, bare = complete_visit(leader), complete_visit(leader, majors=0)

    assert len(ids(made_file([whole, bare], officer))) == 1
    assert len(ids(made_file([whole, bare], officer, complete_only=False))) == 2


def test_without_a_row_there_is_no_file(officer: User, leader: User):
    bare = complete_visit(leader, majors=0)

    with pytest.raises(RuleBroken, match="There is no row to send"):
        made_file([bare], officer)

    assert not PlatformFile.objects.exists()
    assert not PlatformRecord.objects.exists()


def test_the_workbook_holds_codes_as_text_and_nothing_is_a_formula(officer: User, leader: User):
    visit = complete_visit(leader)
    visit.enterprise.legal_name = '=HYPERLINK("http://x","y")'
    visit.enterprise.save()
    file = made_file([visit], officer)

    rows = sheet(body(downloads.platform_download(file)))

    assert len(rows[0]) == 27
    assert rows[0][0] == "数据唯一性标识 (zjsjwyxbs)"
    assert rows[1][:5] == [
        f"FQTG{visit.pk:08}001", "4151014000", '=HYPERLINK("http://x","y")', visit.enterprise.credit_code,
        visit.outcomes.get().major.code,
    ]  # fmt: skip
    assert (rows[1][7], rows[1][11], rows[1][14], rows[1][26]) == (5, "20261110", "02", "20261124")


def test_more_rows_than_the_platform_takes_become_several_files(
    officer: User, leader: User, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(downloads, "ROWS_PER_FILE", 2)
    file = made_file([complete_visit(leader, majors=5)], officer)

    response = downloads.platform_download(file)

    assert response["Content-Type"] == "application/zip"
    with ZipFile(io.BytesIO(body(response))) as archive:
        parts = {name: len(sheet(archive.read(name))) - 1 for name in archive.namelist()}
    stem = f"ODS_FQTGSJ-20261124-{file.pk}"
    assert parts == {f"{stem}-1.xlsx": 2, f"{stem}-2.xlsx": 2, f"{stem}-3.xlsx": 1}


def test_a_file_stays_as_it_was_made(officer: User, leader: User):
    visit = complete_visit(leader)
    file = made_file([visit], officer)
    visit.outcomes.update(posts=99)

    assert sheet(body(downloads.platform_download(file)))[1][7] == 5


def test_accepted_rows_are_sent_until_something_of_them_changes(officer: User, leader: User):
    visit = complete_visit(leader, majors=2)
    file = made_file([visit], officer)
    assert standings(visit, officer) == ["new", "new"]

    services.mark_sent(file, by=officer, at=NOW)
    assert standings(visit, officer) == ["sent", "sent"]
    visit.outcomes.filter(pk=visit.outcomes.first().pk).update(posts=8)

    assert standings(visit, officer) == ["changed", "sent"]
    file.refresh_from_db()
    assert (file.state, file.marked_by, file.marked_at) == (FileState.SENT, officer, NOW)


def test_sending_again_has_the_same_id_and_settles_the_change(officer: User, leader: User):
    visit = complete_visit(leader)
    first = made_file([visit], officer)
    services.mark_sent(first, by=officer, at=NOW)
    visit.outcomes.update(posts=8)

    second = made_file([visit], officer)
    services.mark_sent(second, by=officer, at=NOW)

    assert ids(first) == ids(second)
    assert standings(visit, officer) == ["sent"]


def test_rows_that_were_refused_are_failed_with_their_reason(officer: User, leader: User):
    visit = complete_visit(leader, majors=2)
    file = made_file([visit], officer)
    refused, taken = ids(file)

    services.mark_sent(file, refused=[f" {refused} ", ""], reason="专业代码不存在", by=officer, at=NOW)

    found = PlatformRecord.objects.in_bulk(field_name="record_id")
    assert (found[refused].state, found[refused].reason) == (UploadState.FAILED, "专业代码不存在")
    assert (found[taken].state, found[taken].reason) == (UploadState.SENT, "")
    assert standings(visit, officer) == ["failed", "sent"]


def test_a_refused_file_fails_every_row_but_what_the_platform_had_stays_known(officer: User, leader: User):
    visit = complete_visit(leader)
    services.mark_sent(made_file([visit], officer), by=officer, at=NOW)
    had = PlatformRecord.objects.get().sent

    services.mark_failed(made_file([visit], officer), reason="模板版本不符", by=officer, at=NOW)

    record = PlatformRecord.objects.get()
    assert (record.state, record.reason, record.sent) == (UploadState.FAILED, "模板版本不符", had)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"refused": ["FQTG99999999999"], "reason": "x"}, "refused"),
        ({"refused": ["first"], "reason": " "}, "reason"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_changes(
    officer: User, leader: User, said: dict[str, Any], field: str
):
    file = made_file([complete_visit(leader)], officer)
    named = [ids(file)[0] if each == "first" else each for each in said["refused"]]

    with pytest.raises(RuleBroken) as refusal:
        services.mark_sent(file, refused=named, reason=said["reason"], by=officer, at=NOW)

    assert refusal.value.field == field
    file.refresh_from_db()
    assert (file.state, PlatformRecord.objects.get().state) == (FileState.MADE, UploadState.NOT_SENT)


def test_what_became_of_a_file_is_said_once(officer: User, leader: User):
    file = made_file([complete_visit(leader)], officer)
    services.mark_sent(file, by=officer, at=NOW)

    with pytest.raises(RuleBroken, match="Wang Min has said already what became of this file: Accepted"):
        services.mark_failed(file, reason="x", by=officer, at=NOW)

    assert PlatformRecord.objects.get().state == UploadState.SENT


def test_college_staff_neither_make_nor_mark_files(officer: User, college_staff: User, leader: User):
    visit = complete_visit(leader)
    file = made_file([visit], officer)

    with pytest.raises(PermissionDenied):
        made_file([visit], college_staff)
    with pytest.raises(PermissionDenied):
        services.mark_sent(file, by=college_staff, at=NOW)

    assert PlatformFile.objects.get().state == FileState.MADE


def test_rows_that_were_sent_and_are_gone_are_told(officer: User, leader: User):
    visit = complete_visit(leader, majors=2)
    services.mark_sent(made_file([visit], officer), by=officer, at=NOW)
    visit.outcomes.first().delete()

    found = checks.check([visit.pk], user=officer, on=NOW.date())

    assert (len(found.rows), found.gone) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_files_made_at_once_give_one_id(officer: User, leader: User):
    visit = complete_visit(leader, majors=2)
    barrier, errors = Barrier(2), []

    def make() -> None:
        try:
            barrier.wait()
            made_file([visit], officer)
        except Exception as error:  # noqa: BLE001 - shown by the assertion
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=make) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    first, second = PlatformFile.objects.order_by("pk")
    assert ids(first) == ids(second)
    assert PlatformRecord.objects.count() == 2
