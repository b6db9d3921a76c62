"""An officer founds a community, brings the list of its members, changes a role and counts on another day."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models.people import User
from partnerships.models.communities import Membership, MembershipTerm
from partnerships.services.codes import load_codes
from tests.browser.conftest import PageFor
from tests.browser.reader import Reader, two_readers
from tests.browser.steps import Person
from tests.factories.communities import workbook_of
from tests.factories.partnerships import EnterpriseFactory

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = [
    (1, "甲职业技术学院", "学校", "理事长单位", "四川", "陈立", "副校长", "13800000000", "", "2024-10-19"),
    (2, "成都光影文化有限公司", "企业", "理事单位", "", "王芳", "", "", "", "2025-03-01"),
    (3, "乙行业协会", "协会", "成员单位", "福建", "", "", "", "", ""),
    (4, "丙大学", "学校", "总理事", "福建", "", "", "", "", ""),
]


@two_readers
def test_a_community_is_founded_its_list_brought_and_counted(
    page_for: PageFor, officer: User, assert_sound: Callable[[Page], None], reader: Reader, tmp_path: Path
):
    load_codes()
    EnterpriseFactory(legal_name="成都光影文化有限公司", name_en="")
    path = tmp_path / "成员名单.xlsx"
    path.write_bytes(workbook_of(ROWS).read())
    page = page_for(officer, language=reader.language, width=reader.width, theme=reader.light)
    me = Person(page, reader, assert_sound)

    page.goto(reverse("communities:community_new"))
    me.arrives_at("Enter a community")
    me.field("name").fill("甲共同体")
    page.locator("#id_level").select_option("national")
    me.button("Save").click()
    me.sees("甲共同体")
    page.goto(page.url + "members/")
    me.link("Import a member list").click()
    me.arrives_at("Import a member list")
    page.set_input_files("input[type=file]", str(path))
    me.button("Upload and look at it").click()
    me.sees("成员名单.xlsx")
    expect(page.locator("#row-6 .is-error")).to_have_count(1)
    me.button("Write these rows").click()
    me.sees("甲共同体")

    expect(page.get_by_role("link", name=re.compile(r"^3\s"))).to_have_count(1)
    page.get_by_role("link", name="乙行业协会", exact=True).click()
    me.sees("乙行业协会")
    me.link("Change the role").click()
    me.arrives_at("Change the role")
    page.locator("#id_role").select_option("vice_chair")
    me.button("Save the new role").click()
    me.sees("乙行业协会")

    members = reverse("communities:members", args=[Membership.objects.values_list("community", flat=True)[0]])
    page.goto(f"{members}?on=2025-02-28")
    me.sees("甲共同体")
    expect(page.get_by_role("link", name=re.compile(r"^2\s"))).to_have_count(2)

    assert list(Membership.objects.order_by("pk").values_list("organisation", "role")) == [
        ("甲职业技术学院", "chair"),
        ("成都光影文化有限公司", "council"),
        ("乙行业协会", "vice_chair"),
    ]
    assert MembershipTerm.objects.filter(membership__organisation="乙行业协会").count() == 2
