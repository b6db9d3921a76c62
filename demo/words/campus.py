"""The sample school: its colleges, majors, offices, places and the people with an account."""

from __future__ import annotations

from typing import NamedTuple

from accounts.choices import Role

SCHOOL_ZH = "南充电影工业职业学院"
SCHOOL_EN = "Nanchong Film and Television Industry Vocational College"


class CollegeWords(NamedTuple):
    code: str
    zh: str
    en: str


class MajorWords(NamedTuple):
    code: str
    college: str
    zh: str
    en: str
    skills: tuple[str, ...]


class StaffWords(NamedTuple):
    account: str
    number: str
    zh: str
    en: str
    title: str
    title_en: str
    role: Role
    college: str = ""


COLLEGES = [
    CollegeWords("YS", "影视艺术学院", "School of Film and Television Arts"),
    CollegeWords("SM", "数字媒体学院", "School of Digital Media"),
    CollegeWords("CM", "传媒与管理学院", "School of Communication and Management"),
    CollegeWords("ZN", "智能制造学院", "School of Intelligent Manufacturing"),
]

MAJORS = [
    MajorWords(
        "550205", "YS", "戏剧影视表演", "Drama and Screen Acting", ("台词", "形体", "镜头前表演", "普通话一级乙等")
    ),
    MajorWords("560204", "YS", "影视编导", "Screenwriting and Directing", ("分镜脚本", "剪映", "Premiere", "现场统筹")),
    MajorWords(
        "560212", "YS", "摄影摄像技术", "Photography and Videography", ("灯光布置", "稳定器", "达芬奇调色", "航拍")
    ),
    MajorWords(
        "560206", "SM", "影视动画", "Animation for Film and Television", ("Maya", "Blender", "原画", "角色绑定")
    ),
    MajorWords(
        "550103",
        "SM",
        "数字媒体艺术设计",
        "Digital Media Art Design",
        ("Photoshop", "After Effects", "C4D", "版式设计"),
    ),
    MajorWords(
        "510208", "SM", "虚拟现实技术应用", "Virtual Reality Applications", ("Unity", "虚幻引擎", "三维建模", "C#")
    ),
    MajorWords(
        "560201", "CM", "播音与主持", "Broadcasting and Hosting", ("普通话一级甲等", "出镜报道", "即兴口语", "直播")
    ),
    MajorWords(
        "560213",
        "CM",
        "融媒体技术与运营",
        "Converged Media Technology and Operation",
        ("新媒体文案", "数据分析", "短视频剪辑", "直播间搭建"),
    ),
    MajorWords("560207", "CM", "影视制片管理", "Production Management", ("预算编制", "拍摄计划", "合同整理", "Excel")),
    MajorWords(
        "460305", "ZN", "工业机器人技术", "Industrial Robot Technology", ("机器人示教", "PLC", "SolidWorks", "电工证")
    ),
    MajorWords("460301", "ZN", "机电一体化技术", "Mechatronics", ("电气接线", "PLC", "设备点检", "AutoCAD")),
    MajorWords(
        "460201",
        "ZN",
        "智能制造装备技术",
        "Intelligent Manufacturing Equipment",
        ("数控操作", "装配调试", "工业传感器", "三坐标测量"),
    ),
]

OFFICES = [
    ("招生就业处", "Admissions and Employment Office"),
    ("教务处", "Academic Affairs Office"),
    ("学生工作处", "Student Affairs Office"),
]

FACILITIES = [
    ("虚拟制片摄影棚", "Virtual Production Stage"),
    ("数字音频制作中心", "Digital Audio Centre"),
    ("影视后期实训中心", "Post-Production Training Centre"),
    ("动作捕捉实验室", "Motion Capture Laboratory"),
    ("工业机器人实训中心", "Industrial Robot Training Centre"),
    ("融媒体演播厅", "Converged Media Studio"),
]

ACCOUNTS = [
    StaffWords(
        "officer", "T20110", "王敏", "Wang Min", "招生就业处科长", "Section Chief, Employment Office", Role.OFFICER
    ),
    StaffWords(
        "college",
        "T20235",
        "赵文倩",
        "Zhao Wenqian",
        "数字媒体学院副院长",
        "Vice Dean, School of Digital Media",
        Role.COLLEGE,
        "SM",
    ),
    StaffWords("leader", "T20008", "陈立川", "Chen Lichuan", "副院长", "Vice President", Role.LEADER),
    StaffWords(
        "admin", "T20001", "周启明", "Zhou Qiming", "信息中心工程师", "Engineer, Information Centre", Role.ADMIN
    ),
]

COLLEAGUES = [
    StaffWords("sunlifang", "T20112", "孙丽芳", "Sun Lifang", "招生就业处干事", "Employment Officer", Role.OFFICER),
    StaffWords(
        "luojianping", "T20103", "罗建平", "Luo Jianping", "招生就业处处长", "Director, Employment Office", Role.OFFICER
    ),
    StaffWords("tangguowei", "T20002", "唐国维", "Tang Guowei", "党委书记", "Party Secretary", Role.LEADER),
    StaffWords("xushaohua", "T20003", "许少华", "Xu Shaohua", "院长", "President", Role.LEADER),
    StaffWords(
        "liaoyun",
        "T20221",
        "廖芸",
        "Liao Yun",
        "影视艺术学院院长",
        "Dean, School of Film and Television Arts",
        Role.COLLEGE,
        "YS",
    ),
    StaffWords(
        "pengzhiyuan",
        "T20247",
        "彭致远",
        "Peng Zhiyuan",
        "传媒与管理学院副院长",
        "Vice Dean, Communication and Management",
        Role.COLLEGE,
        "CM",
    ),
    StaffWords(
        "fanhongbo",
        "T20256",
        "范宏波",
        "Fan Hongbo",
        "智能制造学院院长",
        "Dean, School of Intelligent Manufacturing",
        Role.COLLEGE,
        "ZN",
    ),
    StaffWords(
        "jiangxue",
        "T20238",
        "蒋雪",
        "Jiang Xue",
        "数字媒体学院就业干事",
        "Employment Assistant, School of Digital Media",
        Role.COLLEGE,
        "SM",
    ),
]

STUDENT_ZH, STUDENT_EN = "刘雨桐", "Liu Yutong"
