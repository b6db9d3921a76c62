"""Programmes and events of the sample school's year. Made up."""

from __future__ import annotations

from typing import NamedTuple

from partnerships.choices.programmes import ProgrammeFeatureKind as F
from partnerships.choices.programmes import ProgrammeKind
from placements.choices import EventKind


class ProgrammeWords(NamedTuple):
    partner: str
    kind: ProgrammeKind
    name: str
    since: int
    place: str
    features: tuple[tuple[F, str], ...]
    trained: int
    rate: str
    hired: int


class EventWords(NamedTuple):
    """`days` from today; negative is past."""

    kind: EventKind
    name: str
    days: int
    place: str
    partners: tuple[str, ...]
    contents: tuple[str, ...]
    audience: tuple[str, ...]


PROGRAMMES = [
    ProgrammeWords(
        "果城机器人",
        ProgrammeKind.TRAINING_BASE,
        "智能装备实训基地",
        -2,
        "校内实训楼一层",
        ((F.MODULE, "机器人示教与离线编程"), (F.MODULE, "产线故障诊断"), (F.SKILL, "工业机器人系统运维")),
        86,
        "0.91",
        34,
    ),
    ProgrammeWords(
        "渝锋智造",
        ProgrammeKind.ORDER_CLASS,
        "渝锋智造班",
        -1,
        "重庆",
        ((F.TERM, "考核合格者毕业即录用"), (F.TERM, "企业设立专项奖学金"), (F.MODE, "工学交替")),
        28,
        "0.93",
        21,
    ),
    ProgrammeWords(
        "拾光里动画",
        ProgrammeKind.INDUSTRY_COLLEGE,
        "数字动画产业学院",
        -3,
        "成都",
        ((F.MODE, "项目进课堂"), (F.SKILL, "角色动画"), (F.MODULE, "番剧制作流程")),
        120,
        "0.88",
        47,
    ),
    ProgrammeWords(
        "嘉陵映画",
        ProgrammeKind.APPRENTICESHIP,
        "影视制作现代学徒制试点",
        -2,
        "南充",
        ((F.MODE, "双导师制"), (F.SKILL, "现场录音"), (F.TERM, "第三学年在岗培养")),
        32,
        "0.9",
        19,
    ),
]

EVENTS = [
    EventWords(
        EventKind.TALK,
        "知更视觉虚拟制片专场宣讲会",
        -12,
        "艺术楼报告厅",
        ("知更视觉",),
        ("公司与项目介绍", "岗位与晋升路径", "作品集点评", "现场答疑"),
        ("数字媒体学院毕业班学生", "专业教师"),
    ),
    EventWords(
        EventKind.FAIR,
        "秋季影视传媒类校园双选会",
        -26,
        "学院体育馆",
        ("嘉陵映画", "川北云媒", "两江叙影", "西溪风物", "太湖湾影视"),
        ("现场投递", "一对一面试", "就业政策咨询"),
        ("全体毕业班学生",),
    ),
    EventWords(
        EventKind.FAIR,
        "智能制造类企业专场招聘会",
        -33,
        "实训楼大厅",
        ("蜀匠装备", "渝锋智造", "果城机器人", "松湖智造"),
        ("设备演示", "岗位面试", "学徒制说明"),
        ("智能制造学院毕业班学生",),
    ),
    EventWords(
        EventKind.RECOMMENDATION_MEETING,
        "动画与游戏方向实习就业推荐会",
        -47,
        "数字媒体学院阶梯教室",
        ("拾光里动画", "墨屿互动"),
        ("行业现状", "能力要求", "岗位推介", "现场沟通"),
        ("教师", "各专业学生代表"),
    ),
    EventWords(
        EventKind.THEMATIC_EDUCATION,
        "“扎根一线、技能成才”就业主题教育",
        -61,
        "各班级教室",
        (),
        ("优秀毕业生分享", "签约与权益常识"),
        ("全体毕业班学生", "辅导员"),
    ),
    EventWords(
        EventKind.TALK,
        "横店剧组岗位线上说明会",
        -75,
        "线上直播间",
        ("澜山剧组",),
        ("剧组分工", "跟组安全", "实习报名"),
        ("影视艺术学院二、三年级学生",),
    ),
]
