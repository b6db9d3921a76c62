"""The trip that the sample school plans, and the visits to it: an incoming one, and one online."""

from __future__ import annotations

from datetime import time
from typing import NamedTuple

NAME = "成渝制造业与动画企业走访"
GOAL = "落实{class_of}届毕业生岗位，续签到期协议，核实实习条件"
CARS = "学校考斯特一辆，川R 牌照，司机何师傅；首日七点半东门发车。"
ROOMS = "首晚住成都高新区，次晚住重庆两江新区，各四间标准间。"
NOTES = "随车带样册二十份、协议文本两份、慰问实习生的物资。"
DRIVER = ("何师傅", "司机")


class StopWords(NamedTuple):
    """`day` of the trip from 0; minutes from the stop before."""

    day: int
    partner: str
    starts: time
    ends: time | None
    minutes: int | None = None


STOPS = (
    StopWords(0, "果城机器人", time(9, 30), time(11, 0)),
    StopWords(0, "锦官虚境", time(15, 0), time(16, 30), 160),
    StopWords(1, "知更视觉", time(9, 0), time(10, 30)),
    StopWords(1, "天府微芯", time(11, 0), time(12, 0), 45),
    StopWords(1, "科城视界", time(16, 30), None, 210),
    StopWords(2, "渝锋智造", time(9, 30), time(11, 0)),
    StopWords(2, "两江叙影", time(13, 30), time(15, 0), 50),
)

INCOMING = "涪江新能"
INCOMING_GOAL = "企业来校考察实训条件，商谈订单班"
INCOMING_AGENDA = (
    "九点半到校，东门迎接",
    "参观实训中心",
    "座谈：订单班课程与岗位",
    "与在读学生见面",
)
INCOMING_QUESTIONS = "明年新增岗位什么时候定？\n对电工证的要求能否写进协议？\n愿意派哪些工程师来授课？"
INCOMING_NOTES = "东门预留两个车位；会议室备茶水、投影和双方席卡。"

ONLINE = "运河机器人"
ONLINE_GOAL = "线上回访：实习生表现与明年岗位"
ONLINE_URL = "https://meeting.school.example/j/3308277115"
ONLINE_PLACE = "会议号 330 827 7115"
ONLINE_QUESTIONS = "实习生有几位可以留用？\n明年五月需要多少调试岗位？"
