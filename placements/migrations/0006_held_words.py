"""The words at which a posting is held when a school begins; the office keeps the list from then on."""

from django.db import migrations

WORDS = {
    "fee": "押金 保证金 报名费 培训费 岗前培训费 服装费 工装费 体检费 入职费 介绍费 中介费 资料费 建档费 办证费 培训贷 "
    "先交钱 交钱 集资 扣押身份证 扣押证件"
    " security_deposit training_fee application_fee registration_fee uniform_fee placement_fee",
    "agency": "中介 职介 劳务派遣 劳务外包 劳务公司 派遣工 派遣制 代招 介绍工作 刷单 传销"
    " dispatch_agency staffing_agency labour_dispatch labor_dispatch employment_agency recruitment_agency",
    "sex": "已婚已育 未婚未育 婚育状况 婚育情况 marital_status",
    "age": "年龄要求 年龄限制 young_people_only",
    "origin": "生源地要求 限本地生源 民族要求 place_of_birth",
}


def add(apps, schema_editor):
    held = apps.get_model("placements", "HeldWord")
    listed = {(word.replace("_", " "), rule) for rule, words in WORDS.items() for word in words.split()}
    known = set(held.objects.values_list("word", flat=True))
    held.objects.bulk_create(held(word=word, rule=rule) for word, rule in sorted(listed) if word not in known)


class Migration(migrations.Migration):
    dependencies = [("placements", "0005_postings_that_find")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
