"""The work of the school's community: organs, meetings, what is shared and the three lists. Made up."""

from __future__ import annotations

from communities.choices import ListKind, OrganKind, SeatRole
from partnerships.choices.programmes import MeetingKind, ResourceKind

# kind, name, ((name, position, role), ...)
ORGANS = (
    (OrganKind.COUNCIL, "理事会", (
        ("何卫东", "副校长", SeatRole.PRESIDENT),
        ("康正清", "总经理", SeatRole.VICE_PRESIDENT),
        ("李萍", "副院长", SeatRole.MEMBER),
    )),
    (OrganKind.SECRETARIAT, "秘书处", (
        ("罗海燕", "校企合作处处长", SeatRole.SECRETARY_GENERAL),
        ("谭文博", "校企合作处科长", SeatRole.DEPUTY_SECRETARY),
    )),
    (OrganKind.EXPERTS, "专家委员会", (("屈善孝", "行业教学指导委员会副主任委员", SeatRole.HEAD),)),
    (OrganKind.WORK_GROUP, "教学资源工作组", (("蒋思远", "数字媒体学院副院长", SeatRole.HEAD),)),
)  # fmt: skip
FORMER_SECRETARY = ("杜建国", "原校企合作处处长")
# days from today, kind, name, place, ((subject, for, against, abstained, adopted), ...)
MEETINGS = (
    (-330, MeetingKind.COUNCIL, "理事会第一次会议", "线上", (
        ("共同体年度工作计划", 36, 0, 2, True), ("增选常务理事单位", 33, 3, 2, True),
    )),
    (-150, MeetingKind.PLENARY, "第一届年会", "学院文艺中心", (
        ("章程（修订）", 68, 1, 2, True), ("设立会费", 24, 41, 6, False),
    )),
    (-40, MeetingKind.MATCHING, "人才供需对接会", "学院图书馆", (("三张清单按季更新", 29, 0, 0, True),)),
)  # fmt: skip
CHARTERS = (
    "成立大会表决通过",
    "明确秘书处职责；资源共享由秘书处答复",
)
# kind, name, description, place, conditions; the unit is the member in this place of the list
RESOURCES = (
    (
        ResourceKind.LABORATORY,
        "虚拟演播室",
        "两百平方米，配绿幕与摄影机三台。",
        "南充校区实训楼三层",
        "工作日可用，提前两周申请",
    ),
    (ResourceKind.EQUIPMENT, "光学动作捕捉系统", "十六镜头，可同时捕捉两名演员。", "福州", "须由设备方人员在场操作"),
    (ResourceKind.COURSE, "数字音频制作在线课程", "三十二学时，附教学案例与题库。", "", "成员单位免费使用"),
    (ResourceKind.PEOPLE, "企业工程师驻校授课", "每学期可派两名工程师，每次一周。", "", "承担往返交通"),
    (ResourceKind.DATA, "行业岗位能力数据平台", "按季度更新的岗位与技能需求。", "线上", "仅用于教学研究"),
)
# purpose, days ago, granted, answer
WISHES = (
    ("毕业设计拍摄，约二十人，三天", 12, None, ""),
    ("数字媒体专业教师培训", 35, True, "请于每月第一周联系秘书处办理。"),
    ("技能竞赛集训", 60, False, "该时段设备检修，建议改至下月。"),
)
LISTS = (
    (ListKind.PRODUCTS, "沉浸式展陈内容制作", "面向博物馆与文旅场景。", None),
    (ListKind.PRODUCTS, "虚拟制片整体方案", "含场地、设备与流程。", None),
    (ListKind.TECHNOLOGY, "实时渲染性能优化", "希望与院校联合攻关。", None),
    (ListKind.TECHNOLOGY, "方言语音识别", "川渝方言语料与模型。", None),
    (ListKind.TALENT, "三维动画师", "会使用主流三维软件，应届可培养。", 18),
    (ListKind.TALENT, "虚拟制片技术员", "熟悉摄影机跟踪。", 6),
    (ListKind.TALENT, "音频后期制作", "", 4),
)
