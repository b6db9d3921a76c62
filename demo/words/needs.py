"""What made-up enterprises ask the school for: line of work, kind, words, how many, pay in yuan."""

from __future__ import annotations

from partnerships.choices.needs import NeedKind, NeedState

NEEDS: list[tuple[str, NeedKind, str, int | None, int | None]] = [
    ("film", NeedKind.RECRUIT, "{class_of}届剪辑、摄像岗位，春季开机前到岗", 12, 5500),
    ("film", NeedKind.INTERNS, "跟组实习生两批，每批三个月，统一购买保险", 16, 2600),
    ("post", NeedKind.CO_DEVELOPMENT, "共同编写《数字母版与色彩管理》活页教材", None, None),
    ("sound", NeedKind.INTERNS, "声音后期实习生，具备Pro Tools基础", 4, 2500),
    ("animation", NeedKind.RECRUIT, "三维动画师与绑定师，{class_of}届毕业生", 18, 6500),
    ("animation", NeedKind.ORDER_TRAINING, "“番剧制作”冠名班，二年级选拔二十五人", 25, None),
    ("vfx", NeedKind.RECRUIT, "合成师、虚拟制片场景师", 8, 7500),
    ("game", NeedKind.INTERNS, "原画与测试实习生，暑期起六个月", 10, 3200),
    ("vr", NeedKind.TECHNICAL_SERVICE, "红色文化展馆互动内容的三维扫描与建模", None, None),
    ("vr", NeedKind.RECRUIT, "Unity开发与交互设计岗位", 6, 8000),
    ("media", NeedKind.RECRUIT, "直播运营、出镜主播", 20, 6000),
    ("media", NeedKind.STAFF_TRAINING, "乡镇融媒体通讯员短视频培训，两期", 60, None),
    ("stage", NeedKind.RECRUIT, "驻场演员与舞台监督，春季演出季前到岗", 15, 6500),
    ("design", NeedKind.INTERNS, "文旅品牌设计实习生，可参与研学项目", 3, 2400),
    ("robot", NeedKind.RECRUIT, "机器人调试工程师，愿意出差", 14, 7000),
    ("robot", NeedKind.ORDER_TRAINING, "“智能装备”订单班，企业承担教学用机器人", 30, None),
    ("equipment", NeedKind.INTERNS, "数控与装配岗位实习，白班，提供宿舍", 24, 3000),
    ("equipment", NeedKind.STAFF_TRAINING, "在岗员工三坐标测量轮训", 40, None),
    ("electronics", NeedKind.RECRUIT, "设备维护技术员，{class_of}届", 22, 6000),
    ("electronics", NeedKind.EQUIPMENT, "借用校内实训中心举办技能比武", None, None),
    ("energy", NeedKind.RECRUIT, "储能系统现场工程师，新产线投产前到岗", 30, 7500),
    ("lighting", NeedKind.INTERNS, "租赁设备检修实习生，熟悉DMX协议", 5, 2800),
    ("film", NeedKind.TECHNICAL_SERVICE, "非遗影像数字化修复与归档", None, None),
    ("game", NeedKind.RECRUIT, "三维场景美术，{class_of}届，需作品集", 9, 7200),
    ("media", NeedKind.INTERNS, "县域直播助农项目实习生，{next_class}届可报名", 12, 2600),
    ("stage", NeedKind.CO_DEVELOPMENT, "共同开发沉浸式演艺课程与排练资源", None, None),
]

RESULTS = {
    NeedState.MET: "岗位已招满，企业书面致谢。",
    NeedState.DROPPED: "企业调整计划，暂不需要。",
}
