"""The actions of the sample school's year, with what they ask for."""

from __future__ import annotations

from typing import NamedTuple

from accounts.choices import Role
from visits.choices import CampaignPointKind, Measure


class CampaignWords(NamedTuple):
    """`{year}` is the graduating class, `{issued}` the year of the document."""

    name: str
    document: str
    points: tuple[tuple[CampaignPointKind, str], ...]
    targets: tuple[tuple[Measure, Role | str, int], ...]


CAMPAIGNS = [
    CampaignWords(
        "{year}届高校毕业生“访企拓岗促就业”专项行动",
        "南影院〔{issued}〕18号 关于开展{year}届毕业生访企拓岗促就业专项行动的通知",
        (
            (CampaignPointKind.PURPOSE, "党委书记、院长共同走访用人单位不少于100家"),
            (CampaignPointKind.PURPOSE, "新开拓用人单位，扩大就业与实习岗位供给"),
            (CampaignPointKind.LEAD_OFFICE, "招生就业处"),
            (CampaignPointKind.NEXT_STEP, "每周汇总走访台账，按月通报二级学院进度"),
            (CampaignPointKind.MECHANISM, "一企一档，跟踪企业需求变化"),
        ),
        (
            (Measure.ENTERPRISES, Role.LEADER, 100),
            (Measure.NEW_ENTERPRISES, "", 40),
            (Measure.VISITS, "", 60),
            (Measure.OPENINGS, "", 800),
        ),
    ),
    CampaignWords(
        "{year}届毕业生二级学院“一院百岗”行动",
        "南影院就业〔{issued}〕7号",
        (
            (CampaignPointKind.PURPOSE, "面向薄弱专业精准开拓岗位"),
            (CampaignPointKind.LEAD_OFFICE, "各二级学院"),
            (CampaignPointKind.NEXT_STEP, "将企业反馈用于修订人才培养方案"),
        ),
        (
            (Measure.VISITS, Role.COLLEGE, 40),
            (Measure.ENTERPRISES, "", 30),
            (Measure.OPENINGS, "", 400),
        ),
    ),
]
