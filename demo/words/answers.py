"""What enterprises answer once a year, and what colleagues write down for one another."""

CORRECTIONS = (
    ("address", "高新区天府大道北段1700号3栋"),
    ("staff_count", "180"),
    ("city", "成都"),
    ("about", "影视后期制作、虚拟拍摄与数字资产服务。"),
)
REASONS = ("今年没有招聘计划。", "项目缩减，暂不接收实习生。")
# Text, who reads it, and whether it says that we spoke.
NOTES = (
    ("电话沟通：十月起可以安排学生到岗，住宿由企业提供。", "staff", True),
    ("人事经理偏好上午联系；合同问题请找法务，不要在群里讨论。", "office", False),
    ("下次见面问问毕业生转正的情况。", "private", False),
    ("校友在该单位任制片主任，可请其回校讲座。", "staff", False),
    ("去年实习补贴发放晚了两个月，续签前要谈清楚。", "office", True),
)
TWIN_ENDING = "股份有限公司"
