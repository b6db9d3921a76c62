"""The actions of the sample school's year, with what they ask for."""

from __future__ import annotations

from typing import NamedTuple

from accounts.choices import Role
from visits.choices import CampaignPointKind, Measure


class TargetWords(NamedTuple):
    """Of everyone, a role, a college by its code, or members of staff who have a name together."""

    measure: Measure
    number: int
    role: Role | str = ""
    college: str = ""
    leaders: tuple[str, ...] = ()
    name: str = ""


class CampaignWords(NamedTuple):
    """`{year}` is the graduating class, `{issued}` the year of the document; `reports` is what goes up each month."""

    name: str
    theme: str
    document_number: str
    document: str
    reports: str
    points: tuple[tuple[CampaignPointKind, str], ...]
    targets: tuple[TargetWords, ...]


CAMPAIGNS = [
    CampaignWords(
        "{year}届高校毕业生“访企拓岗促就业”专项行动",
        "用人单位大走访 全员联动促就业",
        "南影院〔{issued}〕18号",
        "关于开展{year}届毕业生访企拓岗促就业专项行动的通知",
        "走访数据月报",
        (
            (CampaignPointKind.PURPOSE, "党委书记、院长共同走访用人单位不少于100家"),
            (CampaignPointKind.PURPOSE, "新开拓用人单位，扩大就业与实习岗位供给"),
            (CampaignPointKind.LEAD_OFFICE, "招生就业处"),
            (CampaignPointKind.NEXT_STEP, "每周汇总走访台账，按月通报二级学院进度"),
            (CampaignPointKind.MECHANISM, "一企一档，跟踪企业需求变化"),
        ),
        (
            TargetWords(Measure.ENTERPRISES, 100, leaders=("tangguowei", "xushaohua"), name="书记、院长合计"),
            TargetWords(Measure.ENTERPRISES, 10, Role.LEADER),
            TargetWords(Measure.NEW_ENTERPRISES, 40),
            TargetWords(Measure.VISITS, 60),
            TargetWords(Measure.PERSON_TIMES, 150),
            TargetWords(Measure.OPENINGS, 800),
            TargetWords(Measure.AGREEMENTS, 12),
        ),
    ),
    CampaignWords(
        "{year}届毕业生二级学院“一院百岗”行动",
        "学院领导班子精准拓岗",
        "南影院就业〔{issued}〕7号",
        "关于开展二级学院“一院百岗”行动的通知",
        "学院走访进度通报",
        (
            (CampaignPointKind.PURPOSE, "面向薄弱专业精准开拓岗位"),
            (CampaignPointKind.LEAD_OFFICE, "各二级学院"),
            (CampaignPointKind.NEXT_STEP, "将企业反馈用于修订人才培养方案"),
        ),
        (
            *(TargetWords(Measure.VISITS, 8, college=code) for code in ("YS", "SM", "CM", "ZN")),
            TargetWords(Measure.PERSON_TIMES, 40, college="SM"),
            TargetWords(Measure.RECRUITMENTS, 6),
            TargetWords(Measure.ENTERPRISES, 30),
            TargetWords(Measure.OPENINGS, 400),
        ),
    ),
]
# What an enterprise agrees to at some visits.
RECRUITMENT = "来校举办{year}届毕业生专场招聘会"
