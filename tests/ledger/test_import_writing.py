"""Confirmed rows become visits, once and quietly; and go again while nobody touched them."""

import io
import zipfile
from datetime import date
from threading import Barrier, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models.people import User
from accounts.models.school import Major
from core.errors import RuleBroken
from imports.choices import ImportState, RowState
from ledger.models.imports import LedgerImport
from ledger.services import imports as services
from ledger.services import platform
from notifications.models.messages import OutgoingMessage
from partnerships.choices.timeline import TimelineKind
from partnerships.models.enterprises import Enterprise
from partnerships.models.timeline import TimelineEntry
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.visits import FollowUpFactory
from tests.imports.lists import xlsx
from tests.ledger.conftest import NOW
from tests.ledger.ledgers import HEAD, bring, checked, outcomes, problems, states, step, undone, written
from tests.ledger.world import valid_code
from visits.choices import VisitState
from visits.models.visits import Visit

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 6)


@pytest.fixture
def software(db: None) -> Major:
    return MajorFactory(code="510203", name_zh="软件技术", name_en="Software Technology")


def test_a_row_becomes_a_visit_with_its_report_and_nobody_is_told(officer: User, leader: User, software: Major):
    head = (*HEAD, "企业接待人", "接待人职务", "随行人员", "走访方式", "平均薪酬", "合作意向")
    code = valid_code()
    row = (
        "2026.7.6", "甲科技有限公司", code, "陈立（校长）", "软件技术", "5人", 10, "谈到实习",
        "李总", "总经理", "李四", "线上", 5200, "共建基地",
    )  # fmt: skip
    run = written(checked([row], officer, head), officer)

    visit = Visit.objects.get()
    outcome = visit.outcomes.get()
    assert (visit.enterprise.legal_name, visit.enterprise.credit_code) == ("甲科技有限公司", code)
    assert (visit.starts_on, visit.state, visit.medium, visit.minutes) == (DAY, "reported", "online", "谈到实习")
    assert [(p.side, p.part, p.user, p.name, p.title) for p in visit.participants.order_by("pk")] == [
        ("school", "leads", leader, "陈立", "校长"),
        ("school", "takes_part", None, "李四", ""),
        ("enterprise", "chairs", None, "李总", "总经理"),
    ]
    assert (outcome.major, outcome.posts, outcome.internships, outcome.average_pay) == (software, 5, 10, 5200)
    assert [intention.name for intention in visit.intentions.all()] == ["共建基地"]
    assert states(run) == [RowState.WRITTEN]
    assert set(OutgoingMessage.objects.values_list("recipient", flat=True)) == {officer.pk}


def test_rows_of_one_visit_become_one_visit(officer: User, software: Major):
    comics = MajorFactory(name_zh="动漫设计")
    rows = [("2026.7.6", "甲公司", "", "", name, 5) for name in ("软件技术", "动漫设计")]
    run = written(checked(rows, officer), officer)

    assert [outcome.major for outcome in Visit.objects.get().outcomes.all()] == [software, comics]
    assert states(run) == ["written", "written"]


def test_two_visits_to_a_new_enterprise_open_one_file(officer: User):
    written(checked([("2026.7.6", "甲公司"), ("2026.8.6", "甲公司")], officer), officer)

    assert (Enterprise.objects.count(), Visit.objects.count()) == (1, 2)


def test_the_same_ledger_again_is_new_in_nothing(officer: User, leader: User, software: Major):
    rows = [("2026.7.6", "甲公司", "", "陈立", "软件技术", 5, 10, "谈到实习"), ("2026.8.6", "乙公司")]
    written(checked(rows, officer), officer)

    again = checked(rows, officer)

    assert outcomes(again) == ["unchanged", "unchanged"]
    with pytest.raises(RuleBroken, match="There is nothing to write"):
        services.confirm(again, by=officer, at=NOW)
    assert Visit.objects.count() == 2


def test_a_mended_ledger_changes_the_visit_that_an_import_brought(officer: User, software: Major):
    comics = MajorFactory(name_zh="动漫设计")
    written(checked([("2026.7.6", "甲公司", "", "", "软件技术", 5, "", "谈到实习")], officer), officer)

    run = checked([("2026.7.6", "甲公司", "", "", "软件技术8人、动漫设计2人", "", "", "")], officer)
    assert outcomes(run) == ["changed"]
    written(run, officer)

    visit = Visit.objects.get()
    assert {outcome.major: outcome.posts for outcome in visit.outcomes.all()} == {software: 8, comics: 2}
    assert visit.minutes == "谈到实习"
    assert TimelineEntry.objects.filter(kind=TimelineKind.VISIT_CHANGED).count() == 1
    undone(run, officer)
    assert {outcome.major: outcome.posts for outcome in Visit.objects.get().outcomes.all()} == {software: 5}


def test_a_visit_entered_after_the_preview_is_not_entered_again(officer: User):
    file = EnterpriseFactory(legal_name="甲公司")
    run = checked([("2026.7.6", "甲公司")], officer)
    Visit.objects.create(enterprise=file, starts_on=DAY, state=VisitState.HELD)

    run = written(run, officer)

    assert states(run) == [RowState.LEFT]
    assert Visit.objects.count() == 1


def test_what_a_rule_refuses_is_left_with_its_reason(officer: User, monkeypatch: pytest.MonkeyPatch):
    def refuse(*args: object, **kwargs: object) -> None:
        raise RuleBroken("The archive is locked.")

    run = checked([("2026.7.6", "甲公司")], officer)
    monkeypatch.setattr("ledger.past.writing.record", refuse)

    run = written(run, officer)

    assert states(run) == [RowState.LEFT]
    assert run.rows.get().problems[-1]["other"] == "The archive is locked."
    assert not Enterprise.objects.exists()


def test_undoing_takes_back_visits_and_the_files_that_were_opened(officer: User):
    old = EnterpriseFactory(legal_name="老友公司")
    run = written(checked([("2026.7.6", "甲公司"), ("2026.7.7", "老友公司"), ("2026.7.8", "甲公司")], officer), officer)

    run = undone(run, officer)

    assert states(run) == ["undone"] * 3
    assert not Visit.objects.exists()
    assert list(Enterprise.objects.current()) == [old]
    assert set(old.timeline.values_list("kind", "link")) >= {(TimelineKind.IMPORT_UNDONE, "")}
    assert not TimelineEntry.objects.filter(link__contains="/visits/").exists()


def test_a_visit_that_was_touched_since_stays_with_its_file(officer: User):
    run = written(checked([("2026.7.6", "甲公司"), ("2026.7.7", "乙公司")], officer), officer)
    touched = Visit.objects.get(enterprise__legal_name="甲公司")
    FollowUpFactory(visit=touched)

    run = undone(run, officer)

    assert states(run) == [RowState.STAYED, RowState.UNDONE]
    assert [visit.enterprise.legal_name for visit in Visit.objects.all()] == ["甲公司"]
    assert [file.legal_name for file in Enterprise.objects.current()] == ["甲公司"]


def test_a_visit_that_went_to_the_platform_stays(officer: User, platform_codes: None):
    run = written(checked([("2026.7.6", "甲公司")], officer), officer)
    platform.make_file([Visit.objects.get().pk], complete_only=False, by=officer, at=NOW)

    run = undone(run, officer)

    assert states(run) == [RowState.STAYED]
    assert Visit.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_confirm_one_import_and_one_does(officer: User, admin: User):
    run = checked([("2026.7.6", "甲公司")], officer)
    barrier, refused = Barrier(2), []

    def confirm(by: User) -> None:
        barrier.wait()
        try:
            services.confirm(LedgerImport.objects.get(pk=run.pk), by=by, at=NOW)
        except RuleBroken as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=confirm, args=(by,)) for by in (officer, admin)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    step(run)

    assert len(refused) == 1
    assert Visit.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_ledgers_written_at_once_enter_a_visit_once(officer: User):
    runs = [checked([("2026.7.6", "甲公司")], officer) for _ in range(2)]
    for run in runs:
        services.confirm(run, by=officer, at=NOW)
    barrier = Barrier(2)

    def write(run: LedgerImport) -> None:
        barrier.wait()
        step(run)
        connection.close()

    threads = [Thread(target=write, args=(run,)) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(state for run in runs for state in states(run)) == ["left", "written"]
    assert (Enterprise.objects.count(), Visit.objects.count()) == (1, 1)


def bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", "0" * 50_000_000)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"MZ\x90", "ledger.exe", "Files of this kind are not accepted"),
        (b"%PDF-1.7", "ledger.xlsx", "The file is not what its name says"),
        (bomb(), "ledger.xlsx", "far larger than a list can be"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 100, "ledger.xlsx", "protected by a password"),
    ],
)
def test_what_is_no_ledger_is_refused_at_the_door(client_of, officer: User, content: bytes, name: str, said: str):
    User.objects.filter(pk=officer.pk).update(language="en")
    client: Client = client_of(officer)
    data = {"form_token": "7b1c1b5e-3f0e-4a59-9b7e-3f2c8d1a0001", "file": SimpleUploadedFile(name, content)}

    answer = client.post(reverse("ledger:import_new"), data)

    assert answer.status_code == 200
    assert said in " ".join(answer.content.decode().split())
    assert not LedgerImport.objects.exists()


def test_of_a_workbook_with_macros_the_values_are_read(officer: User):
    run = bring(xlsx([HEAD, ("2026.7.6", "甲公司")]), officer, name="台账.xlsm")

    assert (run.state, run.sheets[0]["rows"]) == (ImportState.MAPPING, 2)


def test_problems_are_none_for_a_whole_row(officer: User, leader: User):
    EnterpriseFactory(legal_name="甲公司")

    assert problems(checked([("2026.7.6", "甲公司", "", "陈立")], officer)) == []
