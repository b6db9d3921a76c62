"""Programmes and events of the sample school's year. Made up."""

from __future__ import annotations

from typing import NamedTuple

from events.choices import EventKind
from partnerships.choices.agreements import InvestmentKind
from partnerships.choices.programmes import CollegeTask, ProgrammeKind, ProgrammeLevel
from partnerships.choices.programmes import ProgrammeFeatureKind as F


class ClassWords(NamedTuple):
    """A class: years since it graduated or until it does, and what came of it, as far as that is known."""

    ago: int
    name: str
    places: int
    enrolled: int
    trained: int | None = None
    employed: int | None = None
    hired: int | None = None


class MoneyWords(NamedTuple):
    """An investment; receipts are (amount, days from today, note)."""

    kind: InvestmentKind
    what: str
    promised: int
    promised_days: int
    due_days: int
    receipts: tuple[tuple[int, int, str], ...] = ()


class ProgrammeWords(NamedTuple):
    """`books` are (title, editors, publisher, ISBN, years ago); `courses` (name, term, hours, teachers)."""

    partner: str
    kind: ProgrammeKind
    level: ProgrammeLevel
    name: str
    number: str
    since: int
    place: str
    content: str
    features: tuple[tuple[F, str], ...]
    classes: tuple[ClassWords, ...]
    rate: str
    task: str = ""
    workstations: int | None = None
    area: int | None = None
    courses: tuple[tuple[str, str, int, str], ...] = ()
    books: tuple[tuple[str, str, str, str, int], ...] = ()
    money: tuple[MoneyWords, ...] = ()


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
        ProgrammeLevel.PROVINCIAL,
        "智能装备实训基地",
        "CJRH-2023-017",
        -2,
        "校内实训楼一层",
        "工业机器人安装、调试与运维的生产性实训，对外承接企业员工培训。",
        ((F.MODULE, "机器人示教与离线编程"), (F.MODULE, "产线故障诊断"), (F.SKILL, "工业机器人系统运维")),
        (ClassWords(1, "", 90, 88, 86, 81, 34), ClassWords(2, "", 80, 80, 78, 70, 27)),
        "0.91",
        workstations=48,
        area=620,
        courses=(("工业机器人系统运维", "第4学期", 64, "周启航、罗志强（企业）"),),
        money=(
            MoneyWords(
                InvestmentKind.EQUIPMENT,
                "六轴机器人工作站6套",
                1_800_000,
                -420,
                -60,
                ((1_200_000, -300, "首批4套验收"), (600_000, -90, "第二批2套验收")),
            ),
            MoneyWords(InvestmentKind.SITE, "企业厂区实训车间", 400_000, -420, 120),
        ),
    ),
    ProgrammeWords(
        "渝锋智造",
        ProgrammeKind.ORDER_CLASS,
        ProgrammeLevel.SCHOOL,
        "渝锋智造班",
        "",
        -3,
        "重庆",
        "按企业岗位标准单独编班，第五学期起在企业培养。",
        ((F.TERM, "考核合格者毕业即录用"), (F.TERM, "企业设立专项奖学金"), (F.MODE, "工学交替")),
        (
            ClassWords(-2, "渝锋三班", 40, 36),
            ClassWords(1, "渝锋二班", 30, 30, 28, 26, 21),
            ClassWords(2, "渝锋一班", 30, 27, 25, 24, 16),
        ),
        "0.93",
        courses=(("智能产线装调", "第5学期", 72, "企业导师 何建军"), ("精益生产基础", "第4学期", 36, "谢婷")),
        money=(
            MoneyWords(
                InvestmentKind.CASH,
                "渝锋专项奖学金",
                300_000,
                -500,
                200,
                ((100_000, -400, "第一年奖学金"), (100_000, -40, "第二年奖学金")),
            ),
        ),
    ),
    ProgrammeWords(
        "拾光里动画",
        ProgrammeKind.INDUSTRY_COLLEGE,
        ProgrammeLevel.PROVINCIAL,
        "数字动画产业学院",
        "CYXY-2022-06",
        -3,
        "成都",
        "校企共建理事会，企业项目进课堂，按现代产业学院七项任务建设。",
        (
            (F.MODE, "项目进课堂"),
            (F.SKILL, "角色动画"),
            (F.MODULE, "番剧制作流程"),
            (F.NEW_MAJOR, "动漫制作技术（三维方向）"),
        ),
        (
            ClassWords(1, "", 130, 126, 120, 109, 47),
            ClassWords(2, "", 120, 118, 114, 101, 39),
            ClassWords(3, "", 100, 96, 92, 80, 28),
        ),
        "0.88",
        task=CollegeTask.TRAINING_MODEL,
        courses=(
            ("番剧角色表演", "第3学期", 48, "林拾光（企业）、赵一鸣"),
            ("动画项目管理", "第5学期", 32, "企业导师组"),
        ),
        books=(("二维动画项目实训", "赵一鸣、林拾光", "示例教育出版社", "978-7-04-000001-6", 1),),
        money=(
            MoneyWords(
                InvestmentKind.CASH,
                "产业学院建设资金",
                1_000_000,
                -600,
                90,
                ((400_000, -520, "一期到账"), (250_000, -150, "二期到账")),
            ),
            MoneyWords(
                InvestmentKind.EQUIPMENT, "数位屏工作站40台", 640_000, -600, -30, ((480_000, -200, "30台验收"),)
            ),
        ),
    ),
    ProgrammeWords(
        "嘉陵映画",
        ProgrammeKind.APPRENTICESHIP,
        ProgrammeLevel.PROVINCIAL,
        "影视制作现代学徒制试点",
        "XTZ-2024-11",
        -2,
        "南充",
        "招生即招工，双导师、双身份，第三学年在岗培养。",
        ((F.MODE, "双导师制"), (F.SKILL, "现场录音"), (F.TERM, "第三学年在岗培养")),
        (ClassWords(1, "学徒一班", 35, 34, 32, 29, 19), ClassWords(2, "学徒试点班", 30, 28, 27, 24, 14)),
        "0.9",
        courses=(("现场录音", "第4学期", 48, "企业师傅 邓卓"),),
    ),
    ProgrammeWords(
        "江夏激光",
        ProgrammeKind.FIELD_ENGINEER,
        ProgrammeLevel.PROVINCIAL,
        "激光装备现场工程师培养项目",
        "XCGCS-2025-03",
        0,
        "武汉",
        "面向激光加工装备的安装调试与工艺服务岗位，联合招生、联合培养。",
        ((F.MODE, "中国特色学徒制"), (F.MODULE, "激光焊接工艺")),
        (ClassWords(-3, "", 40, 38),),
        "",
        money=(MoneyWords(InvestmentKind.UNSPECIFIED, "实训投入", 500_000, -70, 300),),
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
