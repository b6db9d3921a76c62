"""Events ahead, what students ask and say, and what they want advice on. Made up."""

from __future__ import annotations

from datetime import time
from typing import NamedTuple

from events.choices import EventKind


class EventPlan(NamedTuple):
    """`days` from today; `comes` is how many students sign up, beside the one with an account where `own`."""

    kind: EventKind
    name: str
    name_en: str
    about: str
    about_en: str
    days: int
    hours: tuple[time, time]
    place: str
    partners: tuple[str, ...]
    programme: tuple[tuple[time | None, str], ...]
    capacity: int | None
    comes: int
    own: bool
    announced: bool = True


PLANS = [
    EventPlan(
        EventKind.TALK, "嘉陵映画影视后期专场宣讲会", "Jialing Pictures: careers in post-production",
        "介绍剪辑、调色与合成岗位的工作内容，现场点评作品集，并接受简历。",
        "What editors, colourists and compositors do; portfolios are looked at, résumés are taken.",
        5, (time(14, 30), time(16, 30)), "艺术楼报告厅", ("嘉陵映画",),
        ((time(14, 30), "公司与项目介绍"), (time(15, 10), "作品集点评"), (time(16, 0), "现场答疑")), 80, 24, own=True,
    ),
    EventPlan(
        EventKind.WORKSHOP, "一页纸简历工作坊", "Your résumé on one page",
        "带上自己的简历，两小时内改到一页。", "Bring your résumé and leave with one page.",
        8, (time(19, 0), time(21, 0)), "图书馆研讨室", (), ((None, "案例拆解"), (None, "分组修改"), (None, "逐一点评")),
        6, 9, own=False,
    ),
    EventPlan(
        EventKind.FAIR, "冬季影视传媒类校园双选会", "Winter fair for film and media",
        "用人单位现场设展位，携带简历入场。", "Enterprises at their booths; bring your résumé.",
        18, (time(9, 0), time(12, 0)), "学院体育馆",
        ("嘉陵映画", "川北云媒", "两江叙影", "西溪风物", "太湖湾影视", "知更视觉", "拾光里动画", "墨屿互动"),
        ((None, "现场投递"), (None, "一对一面试")), None, 16, own=False,
    ),
    EventPlan(
        EventKind.GUIDANCE_TALK, "劳动合同里要看的十件事", "Ten things to look for in a contract",
        "三方协议、劳动合同、试用期与违约金。", "Agreements, contracts, probation and penalties.",
        25, (time(15, 0), time(16, 30)), "阶梯教室 201", (), (), 120, 0, own=False, announced=False,
    ),
]  # fmt: skip
HELD = EventPlan(
    EventKind.TALK, "两江叙影纪录片专场宣讲会", "Liangjiang Stories: making documentaries",
    "从选题到成片，纪录片团队怎样用人。", "From a subject to a film: whom a documentary team looks for.",
    -5, (time(14, 30), time(16, 0)), "艺术楼报告厅", ("两江叙影",),
    ((time(14, 30), "影片放映"), (time(15, 20), "岗位介绍"), (time(15, 40), "现场答疑")), 60, 18, own=True,
)  # fmt: skip
QUESTIONS = [
    ("应届生没有完整项目经验，能投后期岗位吗？", "可以，课程作业和短片都算，请附上链接。"),
    ("实习期间是否安排住宿？", "公司提供员工宿舍，两人一间。"),
    ("现场可以看作品集吗？最好用什么格式？", ""),
]
FEEDBACK = [(5, "讲得很实在，知道该准备什么了。"), (5, ""), (4, "希望答疑时间再长一点。"), (4, ""), (5, ""), (3, "")]
WANTED = [
    ("resume", "简历投了二十份没有回音，想请老师看看问题在哪里。"),
    ("interview", "下周有二面，想做一次模拟面试。"),
    ("contract", "三方协议里的违约金怎么理解？"),
    ("direction", "在后期和策划之间犹豫。"),
    ("further_study", ""),
]
