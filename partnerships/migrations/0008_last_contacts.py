"""Names get their place in the order of pinyin; files learn from their timeline when somebody was last in touch."""

from django.db import migrations
from django.db.models import Max, OuterRef, Subquery

from partnerships.naming import name_sort

IN_TOUCH = ["visit_reported", "event_held", "need_recorded", "file_answered", "note"]


def fill(apps, schema_editor):
    enterprise = apps.get_model("partnerships", "Enterprise")
    rows = []
    for row in enterprise.objects.only("legal_name").iterator(chunk_size=2000):
        row.name_sort = name_sort(row.legal_name)
        rows.append(row)
    enterprise.objects.bulk_update(rows, ["name_sort"], batch_size=2000)
    entries = apps.get_model("partnerships", "TimelineEntry").objects.filter(
        enterprise=OuterRef("pk"), kind__in=IN_TOUCH, private_to__isnull=True
    )
    latest = entries.order_by().values("enterprise").annotate(latest=Max("at")).values("latest")
    quiet = enterprise.objects.filter(last_contact_at__isnull=True, timeline__kind__in=IN_TOUCH).values("pk")
    enterprise.objects.filter(pk__in=quiet).update(last_contact_at=Subquery(latest))


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0007_list_of_enterprises")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
