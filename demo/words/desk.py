"""Postings that made-up enterprises write themselves, and a list as a colleague would send it."""

OFFERED = {
    "kind": "internship",
    "title": "短视频剪辑实习生",
    "title_en": "Short-video editing intern",
    "description": "参与文旅短视频的剪辑、字幕与调色；会用达芬奇或 Premiere，每周到岗不少于四天。",
    "headcount": 4,
    "city": "成都",
    "pay_min": 2800,
    "pay_max": 3500,
}
QUESTIONS = [
    ("每周能到岗几天？", "On how many days a week can you come?", "number"),
    ("你剪辑过的一个作品的链接", "A link to something that you edited", "text"),
]
WORDS = "下学期的实习岗位请在这里填写，收到后我们两个工作日内答复。"
HEADINGS = ["单位名称", "岗位名称", "岗位职责", "招聘人数", "薪资", "岗位英文名称", "截止日期"]
ROWS = [
    ["现场录音助理", "跟组录音，整理声音素材", "2", "4000-5500", "Location sound assistant"],
    ["三维动画师", "角色绑定与动画制作", "3人", "6-8k", "3D animator"],
]
UNKNOWN = ["某某文化公司", "文案策划", "撰写活动文案", "若干", "面议", ""]
