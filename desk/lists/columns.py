"""What a column of a list of postings can mean, and the words by which people head it; the first heads the template."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.names import in_language
from imports.fields import Vocabulary, heading_words

LABELS: dict[str, str | Promise] = {
    "legal_name": _("enterprise"),
    "credit_code": _("unified social credit code"),
    "kind": _("kind"),
    "title": _("title"),
    "title_en": _("title in English"),
    "description": _("the work and what it asks for"),
    "headcount": _("places"),
    "majors": _("majors"),
    "class_of": _("graduating class"),
    "level": _("at least"),
    "skills": _("skills asked for"),
    "province": _("province"),
    "city": _("city"),
    "address": _("address of the work"),
    "pay_min": _("pay from, yuan"),
    "pay_max": _("pay to, yuan"),
    "pay_period": _("pay is for"),
    "starts_on": _("work begins on"),
    "ends_on": _("work ends on"),
    "days_a_week": _("days a week"),
    "closes_on": _("closes on"),
    "answer_by": _("answer promised by"),
}
CHINESE = heading_words(
    """
legal_name: 单位名称 企业名称 公司名称 用人单位 用人单位名称 单位全称 企业全称 招聘单位 企业 单位 公司
credit_code: 统一社会信用代码 信用代码 社会信用代码
kind: 岗位类型 岗位类别 招聘类型 类型 性质 岗位性质 工作类型
title: 岗位名称 职位名称 招聘岗位 岗位 职位 需求岗位
title_en: 岗位英文名称 英文名称 职位英文名称
description: 岗位职责与要求 岗位职责 岗位描述 职位描述 岗位要求 任职要求 工作内容 岗位说明 要求
headcount: 招聘人数 需求人数 人数 岗位数 拟招人数 计划人数 名额
majors: 专业要求 需求专业 专业 所需专业 对口专业 招聘专业
class_of: 毕业届别 届别 毕业年份 面向届别 毕业年级
level: 学历要求 学历 最低学历 学历层次 层次
skills: 技能要求 技能
province: 工作省份 省份 省 所在省份 工作所在省
city: 工作城市 城市 市 所在城市 工作地点 工作地
address: 工作地址 详细地址 地址
pay_min: 薪资下限 最低薪资 薪资 薪酬 月薪 工资 薪资待遇 待遇 实习补贴
pay_max: 薪资上限 最高薪资
pay_period: 计薪方式 薪资周期 薪资单位
starts_on: 开始日期 到岗时间 到岗日期 入职时间 实习开始日期
ends_on: 结束日期 实习结束日期
days_a_week: 每周天数 每周到岗天数
closes_on: 截止日期 报名截止 投递截止 招聘截止日期 申请截止日期 有效期至
answer_by: 承诺答复日期 答复日期 回复日期
""",
    " ",
)
ENGLISH = heading_words(
    """
legal_name: Enterprise, Company, Employer, Company name, Legal name
credit_code: Unified social credit code, Credit code, USCC
kind: Kind, Kind of posting, Type
title: Title, Post, Position, Job title
title_en: Title in English, English title
description: The work and what it asks for, Description, Job description, Requirements
headcount: Places, Number, Headcount, Number of people, Openings
majors: Majors, Major
class_of: Graduating class, Class of
level: Level, Level at least, Degree
skills: Skills
province: Province
city: City, Place of work
address: Address, Address of the work
pay_min: Pay from, Pay, Salary, Monthly pay
pay_max: Pay to
pay_period: Pay is for, Pay period
starts_on: Begins on, Work begins on, Start
ends_on: Ends on, Work ends on, End
days_a_week: Days a week
closes_on: Closes on, Deadline, Apply until
answer_by: Answer promised by, Answer by
""",
    ",",
)
POSTINGS = Vocabulary(
    ((key, word) for key in reversed(LABELS) for word in (*CHINESE[key], *ENGLISH[key])), subject="legal_name"
)


def heading(key: str) -> str:
    """What heads the column of the template, in the reader's language; the import knows both."""
    return in_language(CHINESE[key][0], ENGLISH[key][0])
