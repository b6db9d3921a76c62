"""What a column of a ledger of past visits can mean, and the words by which offices head it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.names import in_language
from imports.fields import Vocabulary, heading_words

KIND = "ledger"
GROUPS: dict[str | Promise, dict[str, str | Promise]] = {
    _("The visit"): {
        "day": _("date"),
        "campaigns": _("campaigns"),
        "direction": _("direction"),
        "medium": _("medium"),
        "place": _("place"),
        "colleges": _("colleges"),
        "minutes": _("what was said"),
        "feedback": _("feedback on teaching"),
        "intentions": _("intentions"),
        "result_form": _("form of result"),
    },
    _("The enterprise"): {
        "legal_name": _("full registered name"),
        "credit_code": _("unified social credit code"),
        "province": _("province"),
        "city": _("city"),
    },
    _("Who took part"): {
        "leader": _("led by"),
        "leader_title": _("leader's position"),
        "companions": _("participants from the school"),
        "host": _("received by"),
        "host_title": _("host's position"),
    },
    _("What was offered"): {
        "majors": _("majors"),
        "posts": pgettext_lazy("offered at a visit", "posts"),
        "average_pay": _("average pay"),
        "graduates": _("graduates it means to take"),
        "post_pay": _("starting pay"),
        "internships": _("internships"),
        "internship_pay": _("internship pay"),
    },
}
LABELS: dict[str, str | Promise] = {key: label for labels in GROUPS.values() for key, label in labels.items()}
CHINESE = heading_words(
    """
day: 走访日期 走访时间 拜访时间 拜访日期 日期 时间 访问时间 访问日期 走访年月日 来访时间 来访日期
campaigns: 专项行动 所属行动 活动名称 行动 活动
direction: 走访方向 方向 走访类型 走访形式
medium: 走访方式 方式 走访途径 形式
place: 走访地点 地点 地址
colleges: 学院 二级学院 走访学院 所属学院 院系 参与学院
minutes: 走访内容 走访纪要 会谈内容 走访情况 主要内容 内容 纪要 走访内容及成效 座谈内容 走访内容/纪要 会谈纪要
feedback: 意见建议 企业意见建议 需求反馈 反馈意见 企业反馈 对人才培养的意见 需求反馈/意见建议 对教学的反馈 意见和建议
intentions: 合作意向 达成意向 其他达成意向的合作 意向 意向合作 走访成效 达成合作
result_form: 访谈成果主要形式 访谈成果 成果形式 成果主要形式
legal_name: 单位名称 企业名称 走访企业名称 走访单位 走访企业 用人单位 用人单位名称 单位 企业
    公司名称 走访单位名称 单位全称
credit_code: 统一社会信用代码 走访企业统一社会信用代码 信用代码 社会信用代码 组织机构代码
province: 省份 省 所在省市 所在省份 所在省 所在地
city: 城市 市 所在城市 所在市
leader: 带队领导 牵头拜访人 带队人 带队校领导 走访领导 校领导 领导 带队 走访人 带队人员
leader_title: 带队领导职务 领导职务 带队人职务 职务
companions: 参加人员 随行人员 参与人员 走访人员 陪同人员 我校参加人员 其他人员 参加人员（学校）
host: 企业接待人 企业接待人姓名 接待人 企业负责人 接待人员 企业接待人员 对接人
host_title: 企业接待人职务 接待人职务
majors: 需求专业 需求专业名称 专业 专业名称 涉及专业 专业需求 对口专业
posts: 提供就业岗位数 可提供岗位数 岗位数 就业岗位数 提供岗位数 就业岗位 岗位数量 岗位需求数 提供就业岗位 开拓岗位数
average_pay: 平均薪酬 平均薪资 薪酬 薪资 平均工资
graduates: 接受学生就业人数 拟接收毕业生数 接收毕业生数 拟接收毕业生人数 就业人数
post_pay: 起薪 就业起薪线 接受学生就业起薪线 起薪线
internships: 提供实习岗位数 实习岗位数 接受实习生人数 实习岗位 实习生人数 拟接纳实习生数 实习人数 提供实习岗位
internship_pay: 实习报酬 接受实习报酬 实习薪酬 实习工资 实习补贴
""",
    " ",
)
ENGLISH = heading_words(
    """
day: Date, Date of the visit, Visited on, Day
campaigns: Campaigns, Campaign
direction: Direction
medium: Medium
place: Place
colleges: College, Colleges
minutes: What was said, Minutes
feedback: Feedback on teaching, Feedback
intentions: Intentions, Intended cooperation
result_form: Form of result, Main form of result
legal_name: Enterprise, Visited enterprise, Full registered name, Company, Employer
credit_code: Unified social credit code, Credit code, USCC
province: Province
city: City
leader: Led by, Leader
leader_title: Leader's position
companions: Participants, Participants from the school
host: Received by, Host
host_title: Host's position
majors: Major, Majors, Majors wanted
posts: Posts
average_pay: Average pay
graduates: Graduates it means to take, Graduates
post_pay: Starting pay
internships: Internships
internship_pay: Internship pay
""",
    ",",
)
VISITS = Vocabulary(
    ((key, word) for key in reversed(LABELS) for word in (*CHINESE[key], *ENGLISH[key])), subject="legal_name"
)


def heading(key: str) -> str:
    """What heads the column of the template, in the reader's language; the import knows both."""
    return in_language(CHINESE[key][0], ENGLISH[key][0])
