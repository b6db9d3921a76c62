"""What students write about themselves, in both languages."""

SUMMARIES = (
    (
        "三年参与六部校园短片，熟悉从脚本到成片的全流程，做事有耐心，愿意从助理做起。",
        "Took part in six campus short films in three years, from script to final cut; patient, glad to assist.",
    ),
    (
        "在校企实训中心做过两个真实项目，能看懂图纸，也能独立调试设备。",
        "Worked on two real projects in the training centre; reads drawings and sets up equipment unaided.",
    ),
    (
        "担任班级学习委员，组织过技能竞赛，善于把复杂的事情讲清楚。",
        "Study representative of the class, organised a skills contest, good at explaining complicated things.",
    ),
    (
        "喜欢动手，周末在社区做义务维修，希望到一线岗位学习。",
        "Likes to work by hand, repairs things for the neighbourhood on weekends, wishes to learn on the shop floor.",
    ),
    (
        "自学三维软件两年，作品获省级比赛三等奖，正在准备作品集。",
        "Taught myself 3D software for two years, third prize in the province, preparing a portfolio.",
    ),
)
