"""Words about registrations: second places of work, tags, remarks of checks."""

from partnerships.choices.enterprises import CheckResult

SITES = (("生产基地", 260), ("分公司", 40), ("制作中心", 85), ("实训车间", 30))
TAGS = ("春季双选会", "秋季双选会", "重点走访", "产业园区企业")
CHECK_REMARKS = {
    CheckResult.ABNORMAL: "公示系统提示曾列入经营异常名录，已移出，留意年报。",
    CheckResult.DIFFERS: "营业执照名称已变更，请联系人补交新执照。",
}
