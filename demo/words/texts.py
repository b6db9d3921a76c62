"""What was negotiated in the texts of the sample school."""

from __future__ import annotations

from typing import NamedTuple


class Negotiated(NamedTuple):
    """What a clause ends with after a round of talks, in both languages, and the note of that revision."""

    heading: str
    zh: str
    en: str
    note: str


LETTERHEAD = {
    "address_zh": "四川省南充市顺庆区影视大道1号",
    "address_en": "1 Yingshi Avenue, Shunqing District, Nanchong, Sichuan",
    "phone": "0817-5550100",
    "website": "www.school.example",
}
CONTENTS = [
    "每年接收实习学生不少于二十人，共同开发实训项目两个，组织行业讲座四次",
    "共同制订人才培养方案，共建一间实训室，每学期互派教师和技术人员",
    "开设面向一线岗位的课程，联合举办技能竞赛，优先录用考核合格的毕业生",
]
ROUNDS = [
    Negotiated(
        "经费",
        "\n企业投入的经费分两期支付：协议生效后一个月内支付一半，次年六月底前付清。",
        "\nThe enterprise pays in two parts: one half within a month of the agreement's taking effect, "
        "the rest by the end of June of the following year.",
        "写明经费分两期支付",
    ),
    Negotiated(
        "联系人与通知",
        "\n各方联系人每季度至少沟通一次，并留存书面记录。",
        "\nThe contacts of the parties speak at least once a quarter and keep a written record.",
        "企业法务意见：增加季度沟通",
    ),
]
EXTRA = Negotiated(
    "学期例会",
    "每学期开学后四周内，各方召开一次例会，检查上一学期工作，确定本学期安排。",
    "Within four weeks of the beginning of each term the parties meet to review the last term and to plan the next.",
    "",
)
