"""What was said in the reviews of the sample school's agreements."""

from __future__ import annotations

from drafting.choices import ReviewerRole

APPROVALS = {
    ReviewerRole.COLLEGE: ("与专业培养方案一致，同意。", "同意，实习岗位与课程对应。", ""),
    ReviewerRole.OFFICE: ("同意，就业岗位数量已核实。", "", "同意，按示范文本执行。"),
    ReviewerRole.LEGAL: ("条款合法，无修改意见。", "同意，违约责任已补充。", "同意。"),
    ReviewerRole.LEADERSHIP: ("同意签署。", "", "同意，注意落实岗位。"),
}
# Drafts that came back for correction: what was to be corrected.
RETURNED = {"锦官虚境": "课程知识产权归属未写明，请与企业商定后补充。"}
# How many of its steps an agreement in review has behind it.
BEHIND = {"江夏激光": 3, "澜山剧组": 1}
HANDED_ON = "涉及设备保险条款，请你一并把关。"
# Remarks on drafts: by whom, what, whether it was settled.
REMARKS = {
    "江夏激光": [
        ("luojianping", "第二条“双导师”的课时费由哪一方承担，请写清楚。", True),
        ("fanhongbo", "建议增加学生在企业期间的安全责任条款。", False),
    ],
    "锦官虚境": [("luojianping", "教学案例的署名方式请参照上一份协议。", False)],
}
