"""The questions that surveys usually ask; `services.items` writes them to the database, the office changes them there.

Those of employers are the items of a real form 用人单位满意度调查.
"""

from __future__ import annotations

# code · part · how it is answered · Chinese | English
EMPLOYER = """
service_dispatch service scale 就业派遣 | Handling of employment registration
service_files service scale 档案户口 | Personal files and household registration
service_website service scale 就业网站 | Employment website
service_exchange service scale 校企合作沟通 | Exchange about cooperation
service_recruiting service scale 招聘组织与推荐 | Recruitment events and recommendations
service_staff service scale 工作人员服务 | Service of the staff
graduate_morals graduates scale 思想政治素质 | Political and moral quality
graduate_honesty graduates scale 诚信意识 | Honesty
graduate_theory graduates scale 基础理论 | Basic theory
graduate_knowledge graduates scale 专业知识 | Professional knowledge
graduate_practice graduates scale 实践动手能力 | Practical ability
graduate_mind graduates scale 心理素质 | Resilience
graduate_team graduates scale 团队协作 | Teamwork
graduate_innovation graduates scale 创新能力 | Innovation
graduate_organising graduates scale 组织管理能力 | Organisation and management
"""
DEMAND = """
demand_knowledge demand text 需要毕业生具备哪些知识？ | Which knowledge should graduates have?
demand_abilities demand text 需要毕业生具备哪些能力？ | Which abilities should graduates have?
demand_qualities demand text 需要毕业生具备哪些素质？ | Which qualities should graduates have?
demand_trend demand text 贵单位所在行业的发展趋势如何？ | Where is your industry going?
"""
GRADUATE = """
work_match work match 目前的工作与所学专业是否对口？ | Does your work match your major?
work_pay work pay 目前的月薪（税前） | Your pay a month before tax
school_teaching school scale 对学校教学工作的满意度 | The school's teaching
school_practice school scale 对实习实训的满意度 | Practical training and internships
school_service school scale 对学校就业服务的满意度 | The school's employment service
school_suggestions school text 对学校教学和就业工作有什么建议？ | What do you suggest to the school?
"""
USUAL = {"employer": EMPLOYER, "demand": DEMAND, "graduate": GRADUATE}


def rows() -> list[dict[str, object]]:
    """The columns of each, with their places in tens so that something fits between."""
    found: list[dict[str, object]] = []
    for kind, table in USUAL.items():
        for place, line in enumerate(table.strip().splitlines(), start=1):
            code, part, answer, words = line.split(" ", 3)
            chinese, english = words.split(" | ")
            found.append(
                {
                    "code": code, "kind": kind, "part": part, "answer": answer, "place": place * 10,
                    "name_zh": chinese, "name_en": english,
                }
            )  # fmt: skip
    return found
