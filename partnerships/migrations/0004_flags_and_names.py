"""Four marks become entries of the list of flags; names get their keys and initials."""

from django.db import migrations

from partnerships.naming import initials, name_key

MARKS = {
    "is_above_designated_size": ("above_size", "规上企业", "Above designated size"),
    "is_listed": ("listed", "上市公司", "Listed company"),
    "is_specialised": ("specialised", "专精特新企业", "Specialised and innovative SME"),
    "is_alumni": ("alumni", "校友企业", "Alumni enterprise"),
}


def fill(apps, schema_editor):
    enterprise, flag = apps.get_model("partnerships", "Enterprise"), apps.get_model("partnerships", "Flag")
    through = enterprise.flags.through
    for field, (code, zh, en) in MARKS.items():
        marked = enterprise.objects.filter(**{field: True}).values_list("pk", flat=True)
        if marked:
            entry, _new = flag.objects.get_or_create(code=code, defaults={"name_zh": zh, "name_en": en})
            through.objects.bulk_create(through(enterprise_id=pk, flag_id=entry.pk) for pk in marked)
    rows = []
    for row in enterprise.objects.only("legal_name").iterator(chunk_size=2000):
        row.name_key, row.initials = name_key(row.legal_name), initials(row.legal_name)
        rows.append(row)
    enterprise.objects.bulk_update(rows, ["name_key", "initials"], batch_size=2000)


def back(apps, schema_editor):
    enterprise = apps.get_model("partnerships", "Enterprise")
    for field, (code, _zh, _en) in MARKS.items():
        enterprise.objects.filter(flags__code=code).update(**{field: True})


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0003_one_file")]
    operations = [migrations.RunPython(fill, back, elidable=True)]
