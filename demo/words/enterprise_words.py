"""What is said of one made-up enterprise, and of each line of work."""

from __future__ import annotations

from typing import NamedTuple


class EnterpriseWords(NamedTuple):
    """`province` is the first two digits of GB/T 2260."""

    zh: str
    en: str
    short: str
    province: str
    city: str
    line: str
    staff: int
    does_zh: str
    does_en: str


class LineWords(NamedTuple):
    """A line of work: its section of GB/T 4754 and the majors it hires from."""

    industry: str
    majors: tuple[str, ...]
    departments: tuple[str, ...]


LINES = {
    "film": LineWords("R", ("560204", "560212", "560207", "550205"), ("制片部", "导演部", "人力资源部")),
    "post": LineWords("R", ("560212", "560204", "550103"), ("后期制作中心", "声音部", "人力行政部")),
    "sound": LineWords("R", ("560201", "560212", "550205"), ("录音部", "后期制作部", "人力行政部")),
    "animation": LineWords("R", ("560206", "550103"), ("动画一部", "美术中心", "人力资源部")),
    "vfx": LineWords("R", ("560206", "550103", "510208"), ("特效部", "虚拟制片中心", "人事部")),
    "game": LineWords("I", ("510208", "560206", "550103"), ("美术中心", "研发中心", "人才发展部")),
    "vr": LineWords("I", ("510208", "550103", "560206"), ("内容研发部", "交付中心", "人力资源部")),
    "media": LineWords("R", ("560213", "560201", "560204"), ("直播运营部", "内容中心", "人力行政部")),
    "stage": LineWords("R", ("550205", "560201", "560207"), ("演艺部", "舞台技术部", "综合管理部")),
    "design": LineWords("M", ("550103", "560213"), ("设计部", "项目部", "行政部")),
    "robot": LineWords("C", ("460305", "460301", "460201"), ("机器人事业部", "现场服务部", "人力资源部")),
    "equipment": LineWords("C", ("460201", "460301", "460305"), ("装配车间", "设备维护部", "人力资源部")),
    "electronics": LineWords("C", ("460301", "460305", "460201"), ("生产技术部", "品质部", "人力资源部")),
    "energy": LineWords("C", ("460301", "460201", "460305"), ("设备工程部", "电芯制造部", "人才发展部")),
    "lighting": LineWords("C", ("460301", "560212"), ("产品部", "售后技术部", "人力行政部")),
}

CONTACT_TITLES = (
    "人力资源经理",
    "总经理助理",
    "校园招聘主管",
    "副总经理",
    "部门总监",
    "技术负责人",
    "总经理",
    "人事主管",
)

STREETS = ("科创路", "锦程大道", "文创街", "滨江东路", "云帆路", "望江路", "星火路", "青云大道", "映月路", "创新二路")
