"""What employers and graduates of the sample school say when they are asked."""

from __future__ import annotations

# How content an employer is, on the whole: from which steps its answers are drawn.
MOODS = (
    ("satisfied", "satisfied", "satisfied", "rather_satisfied"),
    ("satisfied", "rather_satisfied", "rather_satisfied", "neutral"),
    ("rather_satisfied", "neutral", "satisfied", "dissatisfied"),
)
EMPLOYER_COMMENTS = (
    "学生踏实肯干，希望加强跨部门沟通能力训练。",
    "",
    "招聘会组织得很好，建议提前一个月发布学生简历。",
    "",
    "实习生上手快，软件版本与行业有差距，建议更新机房。",
    "",
)
DEMAND_TEXTS = {
    "demand_knowledge": "影视后期流程、色彩管理与声音基础；了解行业标准与版权规范。",
    "demand_abilities": "能独立完成短片剪辑与调色，会使用协同平台交接素材。",
    "demand_qualities": "守时守诺，能承受交片前的压力，乐于与客户沟通。",
    "demand_trend": "AIGC工具正在改变前期制作，短剧和文旅视频的订单增长明显。",
}
DEMAND_COMMENT = "希望明年三月前安排一次双选会。"
# Per line: the place of the major among those of the visit, number, level, pay.
DEMAND_LINES = ((0, 6, "diploma", 5500), (1, 3, "bachelor", 7000))
DEMAND_POST = ("短视频运营", 2, 5000)
GRADUATE_SUGGESTIONS = (
    "多请企业老师来上课。",
    "",
    "希望毕业设计可以做企业的真实项目。",
    "",
    "",
    "就业信息很及时，面试辅导可以再多一些。",
    "",
)
MATCHES = ("closely", "mostly", "mostly", "closely", "little", "mostly", "not_at_all")
PAY = ("to_5000", "to_5000", "to_8000", "to_3000", "to_8000", "na", "to_12000")
