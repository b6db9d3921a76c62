"""What shows promises that no record of the portal shows, and why an agreement is renewed."""

RENEWED = "涪江新能"
WHY_RENEWED = "三年来接收实习稳定，学生评价好；续签时把安全培训写进协议，并约定每年的实习人数。"
WORDS_OF = {
    "internship_places": "学院实习安排汇总表",
    "lectures": "讲座签到表",
    "jobs": "毕业生就业去向登记表",
    "equipment": "设备移交清单",
}
