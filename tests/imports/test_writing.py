"""Confirmed rows become files; twice the same list changes nothing; two people confirm once."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models.people import User
from accounts.models.school import Major
from core.errors import RuleBroken
from imports import services
from imports.choices import ImportState
from imports.models import ImportRow
from partnerships.choices.enterprises import CreditCodeState
from partnerships.choices.timeline import TimelineKind
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.needs import Need
from partnerships.models.timeline import TimelineEntry
from tests.factories.partnerships import ContactFactory, EnterpriseFactory
from tests.imports.lists import checked, outcomes, states, step, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("codes")]

ROW = {
    "单位名称": "四川智汇云创科技有限公司",
    "英文名称": "Sichuan Zhihui",
    "简称": "智汇云创",
    "曾用名": "成都智汇科技有限公司、智汇软件",
    "统一社会信用代码": "91350100M000100Y43",
    "单位性质": "民营企业",
    "所属行业": "软件和信息技术服务业",
    "省份": "四川",
    "城市": "成都市",
    "地址": "高新区天府大道1号",
    "网址": "www.zhihui.example",
    "职工人数": "约３５０人",
    "统计日期": "2026.7.6",
    "合作等级": "核心",
    "标识": "高新技术企业、规上",
    "负责人": "W0001",
    "企业简介": "做云。",
    "联系人": "李四",
    "职务": "人事经理",
    "部门": "人力资源部",
    "联系电话": "13900000001",
    "座机": "028-8000",
    "邮箱": "li@zhihui.example",
    "微信": "lisi",
    "需求类型": "实习",
    "需求描述": "前端实习",
    "需求专业": "软件技术、计算机",
    "需求人数": "5人",
    "月薪": "3.5千",
    "到岗时间": "20270301",
}
HEAD, FULL = tuple(ROW), tuple(ROW.values())


def test_every_column_reaches_the_file(officer: User, software: Major):
    User.objects.filter(pk=officer.pk).update(number="W0001")
    run = checked([FULL], officer, HEAD)
    assert outcomes(run) == ["new"]
    assert not Enterprise.objects.exists()

    run = written(run, officer)

    file = Enterprise.objects.get()
    assert states(run) == ["written"]
    assert (file.legal_name, file.name_en, file.short_name) == (FULL[0], "Sichuan Zhihui", "智汇云创")
    assert [former.name for former in file.former_names.all()] == ["成都智汇科技有限公司", "智汇软件"]
    assert (file.credit_code, file.credit_code_state) == ("91350100M000100Y43", CreditCodeState.VALID)
    assert (file.nature.code, file.industry.code, file.province.code) == ("39", "I", "510000")
    assert (file.city, file.region.code, file.address) == ("成都市", "510100", "高新区天府大道1号")
    assert (file.website, file.about, file.level) == ("https://www.zhihui.example", "做云。", "core")
    assert (file.staff_count, file.staff_counted_on) == (350, date(2026, 7, 6))
    assert {flag.code for flag in file.flags.all()} == {"high_tech", "above_size"}
    assert (file.owner, file.version, file.name_key, file.initials) == (officer, 1, "四川智汇云创科技", "sczhyckjyxgs")
    person = file.contacts.get()
    assert (person.name, person.title, person.department, person.is_primary) == ("李四", "人事经理", "人力资源部", True)
    assert (person.phone, person.landline, person.email, person.wechat) == (
        "13900000001", "028-8000", "li@zhihui.example", "lisi",
    )  # fmt: skip
    need = file.needs.get()
    assert (need.kind, need.description, need.headcount, need.monthly_pay) == ("interns", "前端实习（计算机）", 5, 3500)
    assert (need.wanted_by, need.owner, list(need.majors.all())) == (date(2027, 3, 1), officer, [software])
    entry = file.timeline.get()
    assert (entry.kind, entry.by, entry.text) == (TimelineKind.IMPORTED, officer, "企业名单.xlsx")
    history = file.history.get()
    assert (history.pgh_label, history.pgh_context.metadata["user"]) == ("insert", officer.pk)


@pytest.mark.usefixtures("in_english")
def test_the_same_list_again_changes_nothing(officer: User, software: Major):
    User.objects.filter(pk=officer.pk).update(number="W0001")
    rows = [FULL, ("成都光影文化有限公司",), ("重庆山城制造有限公司", "", "", "", "12510105425000145M")]
    written(checked(rows, officer, HEAD), officer)

    run = checked(rows, officer, HEAD)

    assert outcomes(run) == ["unchanged"] * 3
    with pytest.raises(RuleBroken, match="nothing to write"):
        services.confirm(run, by=officer, at=timezone.now())
    assert (Enterprise.objects.count(), Contact.objects.count(), Need.objects.count()) == (3, 1, 1)


def test_blank_cells_erase_nothing_and_changes_are_shown_before_and_after(officer: User):
    file = EnterpriseFactory(legal_name="四川智汇科技有限公司", short_name="智汇", address="旧路1号", staff_count=10)
    person = ContactFactory(enterprise=file, name="李四", phone="139", title="人事经理", is_primary=True)
    head = ("单位名称", "简称", "地址", "职工人数", "联系人", "联系电话", "职务")
    run = checked([("四川智汇科技有限公司", "", "新路2号", 20, "李四", "138", "")], officer, head)
    changes = [(change["field"], change["before"], change["after"]) for change in run.rows.get().changes]
    assert changes == [("address", "旧路1号", "新路2号"), ("staff_count", 10, 20), ("phone", "139", "138")]

    written(run, officer)

    file.refresh_from_db()
    person.refresh_from_db()
    assert (file.short_name, file.address, file.staff_count, file.version) == ("智汇", "新路2号", 20, 2)
    assert (person.phone, person.title) == ("138", "人事经理")
    assert [change["field"] for change in file.timeline.get().changes] == ["address", "staff_count", "phone"]
    assert file.history.filter(pgh_label="update").count() == 1


def test_a_file_that_changed_since_the_preview_is_left_alone(officer: User):
    file = EnterpriseFactory(legal_name="四川智汇科技有限公司", address="旧路1号")
    run = checked([("四川智汇科技有限公司", "新路2号"), ("新公司甲", "甲路")], officer, ("单位名称", "地址"))
    Enterprise.objects.filter(pk=file.pk).update(version=2, address="路3号")

    run = written(run, officer)

    file.refresh_from_db()
    assert states(run) == ["left", "written"]
    assert (file.address, file.version) == ("路3号", 2)
    assert not file.timeline.exists()


def test_a_file_that_a_colleague_opened_since_the_preview_is_not_opened_again(officer: User):
    rows = [("四川智汇科技有限公司", "91350100M000100Y43"), ("成都光影有限公司", "")]
    run = checked(rows, officer, ("单位名称", "信用代码"))
    EnterpriseFactory(legal_name="另一个名字", credit_code="91350100M000100Y43")
    EnterpriseFactory(legal_name="成都光影有限公司")

    run = written(run, officer)

    assert states(run) == ["left", "left"]
    assert Enterprise.objects.count() == 2


@pytest.mark.usefixtures("in_english")
def test_two_people_who_confirm_the_same_import_write_once(officer: User, admin: User):
    run = checked([("四川智汇科技有限公司",)], officer)
    services.confirm(run, by=officer, at=timezone.now())

    with pytest.raises(RuleBroken, match="moved on"):
        services.confirm(run, by=admin, at=timezone.now())
    step(run)

    run = step(run)
    assert (run.state, run.confirmed_by) == (ImportState.WRITTEN, officer)
    assert Enterprise.objects.count() == 1
    assert TimelineEntry.objects.count() == 1


def test_college_staff_neither_bring_nor_confirm_and_nothing_changes(officer: User, college_staff: User):
    run = checked([("四川智汇科技有限公司",)], officer)

    with pytest.raises(PermissionDenied):
        services.confirm(run, by=college_staff, at=timezone.now())

    step(run)
    run.refresh_from_db()
    assert run.state == ImportState.CHECKED
    assert not Enterprise.objects.exists()


def test_rows_with_errors_are_not_written(officer: User):
    run = checked([("甲公司", "没有的性质"), ("乙公司", "国企")], officer, ("单位名称", "单位性质"))
    assert outcomes(run) == ["error", "new"]

    run = written(run, officer)

    assert states(run) == ["waiting", "written"]
    assert [file.legal_name for file in Enterprise.objects.all()] == ["乙公司"]
    assert ImportRow.objects.filter(run=run, enterprise__isnull=True).count() == 1
