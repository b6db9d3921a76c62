"""Undoing: files that nobody touched since are as before, the others are named and left alone."""

import pytest
from django.utils import timezone

from accounts.models.people import User
from core.errors import RuleBroken
from imports import services
from imports.choices import ImportState
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import DERIVED_NAMES, Enterprise
from partnerships.models.needs import Need
from partnerships.models.notes import Note
from partnerships.services.needs import record_need
from tests.factories.partnerships import ContactFactory, EnterpriseFactory, NeedFactory
from tests.imports.lists import checked, outcomes, states, undone, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("codes")]
HEAD = (
    "单位名称",
    "地址",
    "统一社会信用代码",
    "职工人数",
    "统计日期",
    "单位性质",
    "曾用名",
    "标识",
    "联系人",
    "联系电话",
    "需求描述",
    "需求人数",
)
CODE = "91350100M000100Y43"


def test_new_files_are_removed_and_the_same_list_opens_them_again(officer: User):
    rows = [("四川智汇科技有限公司", "甲路", CODE, "", "", "", "", "", "李四", "138", "前端", 3)]
    run = written(checked(rows, officer, HEAD), officer)
    file = Enterprise.objects.get()

    run = undone(run, officer)

    file.refresh_from_db()
    assert states(run) == ["undone"]
    assert file.archived_at is not None
    assert (file.version, file.address) == (2, "甲路")
    assert not Contact.objects.exists()
    assert not Need.objects.exists()
    assert [entry.kind for entry in file.timeline.all()] == [TimelineKind.IMPORT_UNDONE, TimelineKind.IMPORTED]
    assert (run.undone_by, run.state) == (officer, ImportState.UNDONE)
    assert outcomes(checked(rows, officer, HEAD)) == ["new"]


def test_changed_files_get_everything_back(officer: User):
    file = EnterpriseFactory(legal_name="四川智汇科技有限公司", address="旧路", staff_count=None)
    nature, province, region = file.nature_id, file.province_id, file.region_id
    person = ContactFactory(enterprise=file, name="李四", phone="139")
    need = NeedFactory(enterprise=file, description="前端", headcount=2)
    row = (
        "四川智汇科技有限公司",
        "新路",
        CODE,
        30,
        "2026.7.6",
        "国企",
        "老名字公司",
        "上市公司",
        "李四",
        "138",
        "前端",
        9,
    )
    run = written(checked([row], officer, HEAD), officer)
    file.refresh_from_db()
    assert (file.address, file.staff_count, file.nature.code, file.credit_code) == ("新路", 30, "31", CODE)
    assert [flag.code for flag in file.flags.all()] == ["listed"]

    run = undone(run, officer)

    for record in (file, person, need):
        record.refresh_from_db()
    assert states(run) == ["undone"]
    assert (file.address, file.staff_count, file.staff_counted_on, file.credit_code) == ("旧路", None, None, "")
    assert (file.nature_id, file.province_id, file.region_id) == (nature, province, region)
    assert (file.credit_code_state, file.version, file.archived_at) == ("unverified", 3, None)
    assert (person.phone, need.headcount) == ("139", 2)
    assert not file.flags.exists()
    assert not file.former_names.exists()


def _changed(file: Enterprise, officer: User) -> None:
    Enterprise.objects.filter(pk=file.pk).update(version=file.version + 1, address="之后改的")


def _contact_changed(file: Enterprise, officer: User) -> None:
    Contact.objects.filter(enterprise=file).update(phone="137")


def _contact_noted(file: Enterprise, officer: User) -> None:
    Note.objects.create(enterprise=file, contact=file.contacts.get(), text="脾气好", author=officer, at=timezone.now())


def _need_changed(file: Enterprise, officer: User) -> None:
    Need.objects.filter(enterprise=file).update(version=2)


def _need_recorded(file: Enterprise, officer: User) -> None:
    fields = {"kind": "recruit", "description": "后来的"}
    record_need(file, fields=fields, by=officer, at=timezone.now())


@pytest.mark.parametrize(
    "touch", [_changed, _contact_changed, _contact_noted, _need_changed, _need_recorded], ids=lambda f: f.__name__
)
def test_a_new_file_that_somebody_touched_since_is_left_alone_and_named(officer: User, touch):
    row = ("四川智汇科技有限公司", "甲路", "", "", "", "", "", "", "李四", "138", "前端", 3)
    run = written(checked([row, ("成都光影有限公司",)], officer, HEAD), officer)
    file = Enterprise.objects.get(legal_name="四川智汇科技有限公司")
    touch(file, officer)
    version = Enterprise.objects.get(pk=file.pk).version

    run = undone(run, officer)

    file.refresh_from_db()
    assert states(run) == ["stayed", "undone"]
    assert (file.archived_at, file.version, file.contacts.count()) == (None, version, 1)
    assert file.needs.filter(description="前端").exists()
    assert not file.timeline.filter(kind=TimelineKind.IMPORT_UNDONE).exists()


def test_a_file_changed_since_keeps_what_it_has(officer: User):
    file = EnterpriseFactory(legal_name="四川智汇科技有限公司", address="旧路")
    run = written(checked([("四川智汇科技有限公司", "新路")], officer, HEAD), officer)
    Enterprise.objects.filter(pk=file.pk).update(version=3, address="第三条路")

    run = undone(run, officer)

    file.refresh_from_db()
    assert states(run) == ["stayed"]
    assert (file.address, file.version) == ("第三条路", 3)


@pytest.mark.usefixtures("in_english")
def test_an_import_is_undone_once(officer: User):
    run = undone(written(checked([("四川智汇科技有限公司",)], officer), officer), officer)

    with pytest.raises(RuleBroken, match="moved on"):
        services.undo(run, by=officer, at=timezone.now())

    assert Enterprise.objects.get().version == 2


def test_a_new_name_is_sorted_and_found_by_its_letters_and_so_is_the_old_one_when_it_is_undone(officer: User):
    file = EnterpriseFactory(legal_name="成都甲影视有限公司", credit_code=CODE)
    names = DERIVED_NAMES + ("legal_name",)
    before = Enterprise.objects.values(*names).get(pk=file.pk)

    run = written(checked([("重庆乙科技有限公司", CODE)], officer, ("单位名称", "统一社会信用代码")), officer)

    file.legal_name = "重庆乙科技有限公司"
    file.derive_names()
    assert Enterprise.objects.values(*names).get(pk=file.pk) == {name: getattr(file, name) for name in names}
    undone(run, officer)
    assert Enterprise.objects.values(*names).get(pk=file.pk) == before
