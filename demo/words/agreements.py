"""The agreements of the sample school: with whom, of what kind, from when to when, how far they have come."""

from __future__ import annotations

from typing import NamedTuple

from partnerships.choices.agreements import AgreementStage as S
from partnerships.choices.agreements import CommitmentState


class AgreementWords(NamedTuple):
    """`starts` and `ends` are days from today; `keeps` says what became of its promises."""

    partner: str
    kind: str
    title: str
    stage: S
    starts: int
    ends: int | None
    fields: tuple[str, ...]
    keeps: tuple[CommitmentState, ...] = ()
    renews_itself: bool = False
    renews: str = ""
    beside: tuple[str, ...] = ()  # further parties: enterprises of the school, or units by name
    under: str = ""  # the partner of the framework agreement above it
    amount: int | None = None
    content: str = ""


_OPEN, _KEPT, _NOT_KEPT = CommitmentState.OPEN, CommitmentState.KEPT, CommitmentState.NOT_KEPT

AGREEMENTS = [
    AgreementWords(
        "嘉陵映画",
        "strategic",
        "战略合作框架协议",
        S.IN_FORCE,
        -1180,
        1000,
        ("影视人才培养", "产教融合"),
        beside=("知更视觉", "南充市高坪区人民政府"),
        content="围绕影视与数字视觉产业共建人才培养基地，三年内每年联合举办一次作品展映，共同制定两个专业的培养方案。",
    ),
    AgreementWords(
        "锦官虚境", "courses", "共同开发《虚拟仿真项目实践》课程协议", S.DRAFT, 60, 790, ("课程开发", "教学案例")
    ),
    AgreementWords("栖霞云播", "supply_demand", "供需对接就业育人项目协议", S.DRAFT, 45, 410, ("直播实训", "就业岗位")),
    AgreementWords(
        "江夏激光",
        "field_engineer",
        "现场工程师联合培养协议",
        S.IN_REVIEW,
        40,
        1135,
        ("现场工程师", "双导师"),
        (_OPEN,),
    ),
    AgreementWords("澜山剧组", "employment_base", "就业实习基地共建协议", S.IN_REVIEW, 30, 1125, ("实习", "就业")),
    AgreementWords(
        "苇舟后期",
        "training_base",
        "共建数字调色实训室协议",
        S.AWAITING_SIGNATURES,
        20,
        1480,
        ("设备投入", "师资互派"),
        (_OPEN,),
        amount=1_260_000,
        content="企业投入调色台与监视设备，学校提供场地并负责日常管理，每学年接纳两个班实训。",
    ),
    AgreementWords(
        "霞浦储能",
        "apprenticeship",
        "现代学徒制合作协议",
        S.AWAITING_SIGNATURES,
        25,
        1120,
        ("招生即招工", "双主体育人"),
    ),
    AgreementWords(
        "甬港自动化",
        "order_class",
        "“智慧港口班”订单培养协议",
        S.SIGNED,
        21,
        1116,
        ("订单培养", "企业奖学金"),
        (_OPEN, _OPEN),
        beside=("宁波市北仑区人力资源和社会保障局",),
        amount=300_000,
    ),
    AgreementWords(
        "南村动漫", "order_class", "“动画电影班”冠名班协议", S.SIGNED, 35, 1130, ("冠名班", "毕业实习"), (_OPEN,)
    ),
    AgreementWords(
        "果城机器人",
        "training_base",
        "智能装备实训基地共建协议",
        S.IN_FORCE,
        -200,
        900,
        ("设备共享", "技能竞赛"),
        (_KEPT, _OPEN),
        beside=("渝锋智造",),
        amount=5_000_000,
        content="三方共建智能装备实训基地：学校出场地，两家企业出设备与工程师，共同承办市级技能竞赛。",
    ),
    AgreementWords(
        "嘉陵映画",
        "practice_base",
        "影视制作实践教学基地协议",
        S.IN_FORCE,
        -320,
        775,
        ("跟组实习", "产业导师"),
        (_KEPT, _OPEN),
        under="嘉陵映画",
    ),
    AgreementWords(
        "知更视觉",
        "mentors",
        "产业导师进校园合作协议",
        S.IN_FORCE,
        -150,
        580,
        ("产业导师", "工作坊"),
        (_OPEN, _NOT_KEPT),
        under="嘉陵映画",
    ),
    AgreementWords(
        "汉水轴承", "practice_base", "轴承制造实践教学基地协议", S.IN_FORCE, -820, 640, ("岗位实习", "技能竞赛")
    ),
    AgreementWords("洛江智机", "specific", "智能机床人才培养合作协议", S.IN_FORCE, -760, 700, ("人才培养",)),
    AgreementWords(
        "珠江灯光",
        "teacher_practice",
        "教师企业实践流动站协议",
        S.IN_FORCE,
        -240,
        855,
        ("教师实践", "设备培训"),
        (_KEPT,),
        renews="珠江灯光",
    ),
    AgreementWords(
        "川北云媒",
        "specific",
        "县域融媒体人才培养合作协议",
        S.IN_FORCE,
        -600,
        None,
        ("人才培养", "节目共制"),
        (_KEPT, _OPEN),
        True,
    ),
    AgreementWords(
        "拾光里动画",
        "industry_college",
        "数字动画产业学院共建协议",
        S.IN_FORCE,
        -700,
        30,
        ("项目进课堂", "就业"),
        (_KEPT,),
        True,
    ),
    AgreementWords(
        "两江叙影",
        "practice_base",
        "微短剧创作实践基地协议",
        S.EXPIRING,
        -1076,
        19,
        ("创作实践", "就业"),
        (_KEPT, _OPEN),
    ),
    AgreementWords(
        "涪江新能",
        "employment_base",
        "就业实习基地协议",
        S.EXPIRING,
        -1021,
        74,
        ("岗位实习", "安全培训"),
        (_KEPT, _NOT_KEPT),
    ),
    AgreementWords(
        "渝锋智造",
        "order_class",
        "“渝锋智造班”订单培养协议",
        S.IN_FORCE,
        -940,
        155,
        ("订单培养", "企业奖学金"),
        (_KEPT,),
    ),
    AgreementWords(
        "南村动漫", "textbooks", "《动画电影制作流程》教材合作协议", S.EXPIRED, -830, -100, ("教材开发",), (_KEPT,)
    ),
    AgreementWords(
        "青盏美术", "practice_base", "游戏美术实习基地协议", S.EXPIRED, -1130, -35, ("原画实习",), (_KEPT, _NOT_KEPT)
    ),
    AgreementWords(
        "珠江灯光",
        "teacher_practice",
        "教师企业实践流动站协议（首期）",
        S.RENEWED,
        -1340,
        -245,
        ("教师实践",),
        (_KEPT,),
    ),
    AgreementWords(
        "雾都像素", "technical_service", "独立游戏测试技术服务协议", S.ENDED, -400, 330, ("技术服务",), (_NOT_KEPT,)
    ),
    AgreementWords("徽白文创", "party_building", "党建共建协议", S.ENDED, -500, 230, ("支部共建", "研学课程")),
]

PROMISES = (
    ("internship_places", "每年接收岗位实习学生", 12, "人"),
    ("lectures", "每学年安排产业导师到校授课", 6, "场"),
    ("jobs", "每年优先录用毕业生", 8, "人"),
    ("equipment", "提供教学设备", 4, "台"),
)

EVIDENCE = {
    CommitmentState.KEPT: "实习安排表与考勤记录已归档",
    CommitmentState.NOT_KEPT: "企业产线调整，仅部分兑现，已书面说明",
}
