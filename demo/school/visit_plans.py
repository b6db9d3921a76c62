"""When the visits of the sample school are, how far each has come, and who goes where."""

from __future__ import annotations

from typing import NamedTuple

from visits.choices import Direction, Medium, VisitState


class Plan(NamedTuple):
    """`days` are working days from today."""

    days: int
    partner: str
    leader: str
    state: VisitState
    direction: Direction = Direction.OUTGOING
    medium: Medium = Medium.ON_SITE
    campaigns: tuple[int, ...] = (0,)


_IN, _ONLINE = Direction.INCOMING, Medium.ONLINE
_PLANNED, _CONFIRMED, _HELD = VisitState.PLANNED, VisitState.CONFIRMED, VisitState.HELD
_REPORTED, _CHECKED, _CANCELLED = VisitState.REPORTED, VisitState.CHECKED, VisitState.CANCELLED

PLANS = [
    Plan(0, "嘉陵映画", "leader", _CONFIRMED),
    Plan(1, "果城机器人", "leader", _CONFIRMED, campaigns=(0, 1)),
    Plan(2, "拾光里动画", "college", _CONFIRMED, campaigns=(1,)),
    Plan(3, "锦官虚境", "leader", _PLANNED),
    Plan(4, "知更视觉", "college", _PLANNED, medium=_ONLINE, campaigns=(1,)),
    Plan(6, "川北云媒", "pengzhiyuan", _CONFIRMED, _IN, campaigns=(1,)),
    Plan(9, "渝锋智造", "xushaohua", _PLANNED),
    Plan(13, "折纸星球", "leader", _PLANNED),
    Plan(19, "松湖智造", "fanhongbo", _PLANNED, campaigns=(1,)),
    Plan(-1, "观棠影像", "leader", _HELD),
    Plan(-2, "墨屿互动", "college", _HELD, campaigns=(1,)),
    Plan(-6, "三江源演艺", "liaoyun", _HELD, campaigns=(1,)),
    Plan(-9, "蜀匠装备", "tangguowei", _HELD),
    Plan(-3, "幻塔智娱", "leader", _REPORTED),
    Plan(-4, "西溪风物", "pengzhiyuan", _REPORTED, medium=_ONLINE, campaigns=(1,)),
    Plan(-7, "天府微芯", "leader", _REPORTED),
    Plan(-8, "两江叙影", "xushaohua", _REPORTED),
    Plan(-11, "山语声场", "liaoyun", _REPORTED, _IN, campaigns=(1,)),
    Plan(-13, "青盏美术", "college", _REPORTED, campaigns=(0, 1)),
    Plan(-16, "涪江新能", "leader", _REPORTED),
    Plan(-19, "淀湖精密", "fanhongbo", _REPORTED, campaigns=(1,)),
    Plan(-21, "珠江灯光", "tangguowei", _REPORTED),
    Plan(-24, "橘洲青年", "pengzhiyuan", _REPORTED, campaigns=(1,)),
    Plan(-27, "鸠江伺服", "xushaohua", _REPORTED),
    Plan(-29, "运河机器人", "leader", _REPORTED, campaigns=(0, 1)),
    Plan(-32, "太湖湾影视", "leader", _CHECKED),
    Plan(-34, "苇舟后期", "college", _CHECKED, medium=_ONLINE, campaigns=(1,)),
    Plan(-37, "科城视界", "liaoyun", _CHECKED, _IN),
    Plan(-39, "江夏激光", "xushaohua", _CHECKED),
    Plan(-42, "霞浦储能", "tangguowei", _CHECKED),
    Plan(-44, "南村动漫", "leader", _CHECKED),
    Plan(-47, "十二时文旅", "liaoyun", _CHECKED, campaigns=(0, 1)),
    Plan(-50, "甬港自动化", "fanhongbo", _CHECKED, medium=_ONLINE),
    Plan(-52, "澜山剧组", "leader", _CHECKED),
    Plan(-54, "栖霞云播", "pengzhiyuan", _CHECKED, _IN),
    Plan(-15, "雾都像素", "college", _CANCELLED),
    Plan(-30, "长椿街播客", "pengzhiyuan", _CANCELLED),
    Plan(5, "鹭岛数娱", "college", _CANCELLED, campaigns=(1,)),
]
