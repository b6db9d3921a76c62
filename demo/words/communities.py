"""The members of the sample school's community. Made up."""

from __future__ import annotations

from typing import NamedTuple

from partnerships.choices.programmes import MemberRole, MemberType

SCHOOL, FIRM, BODY, LAB, OFFICE = (
    MemberType.SCHOOL, MemberType.ENTERPRISE, MemberType.ASSOCIATION, MemberType.RESEARCH, MemberType.GOVERNMENT,
)  # fmt: skip
COUNCIL, STANDING, MEMBER, VICE = MemberRole.COUNCIL, MemberRole.STANDING, MemberRole.MEMBER, MemberRole.VICE_CHAIR

NAME = "全国智慧视听行业产教融合共同体（示例）"
INDUSTRY = "智慧视听"
DOCUMENT = "教职成厅函〔2023〕20号"
SECRETARIAT = "校企合作办公室"


class Unit(NamedTuple):
    """`province` by the first two digits of its code; `joined` in days from today, nothing where nobody knows."""

    name: str
    type: MemberType
    role: MemberRole
    province: str
    speaker: str
    joined: int | None


UNITS = [
    Unit("四川省智慧视听行业协会", BODY, VICE, "51", "邓文博", -760),
    Unit("重庆山城传媒职业学院", SCHOOL, VICE, "50", "田雨桐", -760),
    Unit("云岭艺术职业学院", SCHOOL, STANDING, "53", "和晓军", -760),
    Unit("黔灵工商职业学院", SCHOOL, COUNCIL, "52", "龙海燕", -760),
    Unit("秦川影视职业学院", SCHOOL, STANDING, "61", "马建国", -760),
    Unit("江南数字艺术职业技术学院", SCHOOL, COUNCIL, "32", "陆晓梅", -760),
    Unit("西湖动漫职业学院", SCHOOL, COUNCIL, "33", "沈佳琪", -700),
    Unit("闽江传媒学院", SCHOOL, MEMBER, "35", "林志强", -700),
    Unit("岭南数码职业技术学院", SCHOOL, STANDING, "44", "梁嘉文", -700),
    Unit("湘江广播影视学院", SCHOOL, MEMBER, "43", "彭小丽", -520),
    Unit("长江融媒体职业学院", SCHOOL, MEMBER, "42", "余思远", -520),
    Unit("海河视听技术学校", SCHOOL, MEMBER, "12", "韩冬", -400),
    Unit("西南超高清视频研究院", LAB, STANDING, "51", "罗永昌", -760),
    Unit("江南声学技术研究所", LAB, COUNCIL, "32", "顾明远", -520),
    Unit("岭南虚拟制作研究中心", LAB, MEMBER, "44", "黄伟杰", -200),
    Unit("青羊区文化创意产业园管理委员会", OFFICE, COUNCIL, "51", "杨春燕", -760),
    Unit("果城市视听产业促进办公室", OFFICE, MEMBER, "51", "谭志远", None),
    Unit("重庆市动画创作者协会", BODY, MEMBER, "50", "周晓", -400),
    Unit("云岭纪录片学会", BODY, MEMBER, "53", "段丽华", None),
    Unit("渝州光线影业有限公司（示例）", FIRM, COUNCIL, "50", "唐浩然", -520),
    Unit("西湖幻境数字科技有限公司（示例）", FIRM, STANDING, "33", "章子涵", -400),
    Unit("闽海云播网络科技有限公司（示例）", FIRM, MEMBER, "35", "陈晓彤", -120),
]
LEFT = ("海河视听技术学校", -60, "学校合并")
# (unit, in days from today, its role since then)
PROMOTED = [
    ("岭南数码职业技术学院", -300, VICE),
    ("西湖动漫职业学院", -300, STANDING),
    ("湘江广播影视学院", -90, COUNCIL),
]
PARTNERS = 7
