"""The national table of cooperation (ODS_CXHZSJ) as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from exporting.tables import Column, Group, Kind, Table
from partnerships.selectors.national import national_rows

# The names of the ministry's table, in its order; they are not translated.
COLUMNS = (
    ("school", "学校代码", Kind.TEXT),
    ("major", "专业号", Kind.TEXT),
    ("code", "合作企业统一社会信用代码", Kind.TEXT),
    ("enterprise", "合作企业名称", Kind.TEXT),
    ("since", "合作开始年月", Kind.TEXT),
    ("order_trained", "订单培养人数", Kind.WHOLE),
    ("courses", "共同开发课程门数", Kind.WHOLE),
    ("textbooks", "共同开发教材数", Kind.WHOLE),
    ("teachers", "支持学校兼职教师数", Kind.WHOLE),
    ("interns", "接受顶岗实习学生数", Kind.WHOLE),
    ("hired", "接受毕业生就业数", Kind.WHOLE),
    ("income", "学校为企业技术服务年收入", Kind.DECIMAL),
    ("month", "数据采集时间", Kind.TEXT),
)


def _column(place: int, key: str, label: str, kind: Kind) -> Column:
    return Column(key, label, lambda row: row[place], kind)


def national_table(user: User, *, on: date) -> Table:
    def read(rows: Any, columns: Sequence[Column]) -> Iterator[list[Any]]:
        return national_rows(rows, user, on=on)

    columns = tuple(_column(place, *column) for place, column in enumerate(COLUMNS))
    label = _("National table of cooperation")
    return Table("partnerships:national_table", label, "ODS_CXHZSJ", (Group(label, columns),), read=read)
