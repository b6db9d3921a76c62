"""Lines of a résumé, made up.

Section, title in both languages, place in both, months ago, months long, text in both.
"""

from __future__ import annotations

from placements.choices import ResumeSection as S

# Of the student who has an account; one line lacks its English, as happens.
OF_THE_ACCOUNT = (
    (S.EDUCATION, "{major}，专科", "{major_en}, vocational diploma", "{school}", "{school_en}", 26, 0,
     "专业排名前 10%。", "Among the first tenth of the class."),
    (S.INTERNSHIP, "后期制作实习生", "Post-production intern", "成都青禾影视", "Qinghe Film, Chengdu", 8, 3,
     "整理素材并完成粗剪。\n参与两部纪录片的调色。", "Sorted footage, made rough cuts.\nGraded two documentaries."),
    (S.PROJECT, "毕业短片《嘉陵江边》", "Short film “By the Jialing River”", "", "", 5, 4,
     "担任剪辑与调色，在校内展映。", "Editor and colourist; shown on campus."),
    (S.AWARD, "省大学生短视频大赛二等奖", "Second prize, provincial short-film contest", "", "", 6, 0, "", ""),
    (S.CERTIFICATE, "数字影像处理职业技能等级证书（中级）", "", "", "", 10, 0, "", ""),
    (S.ACTIVITY, "影视协会副会长", "Vice president of the film society", "{school}", "{school_en}", 20, 12,
     "组织每月一次的放映与讨论。", "Organised a screening with a talk each month."),
)  # fmt: skip
ANSWERS = {
    "text": "我看过贵单位的作品，希望在实际项目中学习，也能很快上手。",
    "number": "3",
    "yes_no": "是",
}
