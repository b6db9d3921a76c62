"""Communities and the lists of members that offices have."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import factory
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from factory.django import DjangoModelFactory

from partnerships.choices.programmes import CommunityLevel, MemberRole, MemberType
from partnerships.models.communities import Community, Membership

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
HEAD = ("序号", "单位名称", "单位性质", "角色", "省份", "代表", "职务", "电话", "邮箱", "加入时间")


class CommunityFactory(DjangoModelFactory):
    class Meta:
        model = Community

    name = factory.Sequence(lambda n: f"全国智慧视听产教融合共同体{n}")
    level = CommunityLevel.NATIONAL
    industry = "视听"


class MembershipFactory(DjangoModelFactory):
    """A unit as a list has it; its terms are its caller's."""

    class Meta:
        model = Membership

    community = factory.SubFactory(CommunityFactory)
    organisation = factory.Sequence(lambda n: f"第{n}职业技术学院")
    type = MemberType.SCHOOL
    role = MemberRole.MEMBER


def workbook_of(rows: Iterable[Sequence[Any]], head: Sequence[str] = HEAD, name: str = "成员名单.xlsx") -> Any:
    """A workbook with a title above its headings, as offices write them."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for place, row in enumerate([["共同体成员单位名单"], list(head), *rows]):
        sheet.write_row(place, 0, row)
    book.close()
    return SimpleUploadedFile(name, content.getvalue())
