"""What a column of a list of members can mean, and the words by which offices head it; the first heads the export."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.names import in_language
from imports.fields import Vocabulary, heading_words

LABELS: dict[str, str | Promise] = {
    "organisation": _("organisation"),
    "credit_code": _("unified social credit code"),
    "type": _("kind of unit"),
    "role": pgettext_lazy("of a member", "role"),
    "province": _("province"),
    "joined_on": _("joined on"),
    "left_on": _("left on"),
    "representative": _("representative"),
    "title": _("position"),
    "phone": _("phone"),
    "email": _("e-mail"),
}
CHINESE = heading_words(
    """
organisation: 单位名称 成员单位 成员单位名称 单位全称 企业名称 企业全称 公司名称 学校名称 院校名称 机构名称 单位 名称
credit_code: 统一社会信用代码 信用代码 社会信用代码 组织机构代码 机构代码
type: 单位性质 单位类型 单位类别 成员类型 成员类别 类型 类别 性质
role: 角色 职务/角色 成员角色 单位角色 单位职务 担任职务 拟任职务 理事会职务 共同体职务 任职 成员身份 单位身份
province: 省份 省 所在省份 所在省 所属省份 省市 所在地 地区
joined_on: 加入时间 加入日期 入会时间 入会日期
left_on: 退出时间 退出日期 退会时间 退会日期
representative: 代表 单位代表 代表姓名 代表人 理事代表 姓名 联系人 联系人姓名
title: 职务 代表职务 联系人职务 职位 职务/职称
phone: 电话 联系电话 代表电话 手机 手机号 手机号码 移动电话 联系方式
email: 邮箱 电子邮箱 电子邮件 代表邮箱
""",
    " ",
)
ENGLISH = heading_words(
    """
organisation: Organisation, Organization, Unit, Member, Member unit, Name of unit, Name
credit_code: Unified social credit code, Credit code, USCC
type: Kind of unit, Kind, Type, Type of unit
role: Role, Member role, Role of the unit
province: Province
joined_on: Joined on, Joined, Member since, Since
left_on: Left on, Left
representative: Representative, Represented by, Contact, Contact person
title: Position, Position of the representative, Title, Job title
phone: Phone, Telephone, Mobile, Mobile phone
email: E-mail, Email, E-mail address, Mail
""",
    ",",
)
MEMBERS = Vocabulary(
    ((key, word) for key in reversed(LABELS) for word in (*CHINESE[key], *ENGLISH[key])), subject="organisation"
)


def heading(key: str) -> str:
    """What heads the column of the export, in the reader's language; the import knows both."""
    return in_language(CHINESE[key][0], ENGLISH[key][0])
