"""Reasons to begin with; the office keeps the list from then on."""

from typing import Any

from django.db import migrations
from django.db.migrations.state import StateApps

REASONS = [
    ("filled", "岗位已招满", "All places are taken",
     "该岗位的名额已全部招满。这与您的能力无关，感谢您的投递，欢迎关注同类岗位。",
     "All places of this posting have been taken. That says nothing about what you can do; thank you for applying, "
     "and please look at similar postings."),
    ("field", "专业方向不同", "Another field of study",
     "本次招聘更侧重其他专业方向。您的专业同样有合适的岗位，平台会继续为您推荐。",
     "This time a different field of study was sought. There are postings for yours as well, and the portal goes on "
     "suggesting them."),
    ("skills", "技能要求不完全匹配", "Other skills were needed",
     "企业此次需要的技能与您目前填写的略有差距。建议对照岗位要求补充作品或课程，完善简历后再投。",
     "The skills needed this time differ somewhat from those you state today. Compare them with the posting, add a "
     "piece of work or a course, and apply again elsewhere with a fuller résumé."),
    ("experience", "相关经历尚少", "More experience was asked for",
     "企业希望应聘者已有更多相关经历。可以先从实习岗位入手，每一段经历都会为下一次投递加分。",
     "More experience was asked for than you have so far. An internship is a good first step; each one helps with the "
     "next application."),
    ("time", "到岗时间不合适", "The dates do not fit",
     "您可到岗的时间与岗位安排不一致。如时间有变化，请在个人资料中更新，方便今后匹配。",
     "The days on which you are free do not fit the work. If they change, put the new ones into your profile so that "
     "other postings can be matched."),
    ("documents", "材料不完整", "Documents were missing",
     "投递材料不够完整，企业难以全面了解您。建议在就业办或学院老师的帮助下补充材料，再投其他岗位。",
     "What was sent did not let the enterprise get to know you well enough. The employment office and your college "
     "gladly help to complete it for the next application."),
    ("interview", "面试后选择了他人", "Others were chosen after the interview",
     "感谢您参加面试。企业综合比较后选择了其他同学，您的表现值得肯定，请不要气馁。",
     "Thank you for coming to the interview. After comparing everybody, others were chosen; you did well, so please do "
     "not lose heart."),
    ("dropped", "岗位取消", "The post was dropped",
     "因企业计划调整，该岗位已取消招聘。这与您的申请无关，感谢您的理解。",
     "The plans of the enterprise have changed and nobody is hired for this post. It has nothing to do with your "
     "application; thank you for understanding."),
    ("other", "其他原因", "Another reason",
     "很遗憾，这次未能录用您。感谢您对企业的关注，祝您早日找到合适的岗位。",
     "We are sorry that it did not work out this time. Thank you for your interest, and good luck with finding the "
     "right post soon."),
]  # fmt: skip


def fill(apps: StateApps, _schema: Any) -> None:
    model = apps.get_model("placements", "RejectionReason")
    for code, name_zh, name_en, text_zh, text_en in REASONS:
        words = {"name_zh": name_zh, "name_en": name_en, "text_zh": text_zh, "text_en": text_en}
        model.objects.get_or_create(code=code, defaults=words)


def empty(apps: StateApps, _schema: Any) -> None:
    """Those that an application names stay, as does what the office added."""
    used = apps.get_model("placements", "Application").objects.filter(rejection__isnull=False).values("rejection")
    rows = apps.get_model("placements", "RejectionReason").objects.filter(code__in=[row[0] for row in REASONS])
    rows.exclude(pk__in=used).delete()


class Migration(migrations.Migration):
    dependencies = [("placements", "0009_resumes_of_profiles")]
    operations = [migrations.RunPython(fill, empty)]
