from django.db import migrations
from pgtrigger.migrations import RemoveTrigger

TRIGGERS = {
    "event": ("insert_insert", "update_update", "delete_delete"),
    "eventitem": ("insert_insert", "update_update", "delete_delete"),
    "eventspeaker": ("insert_insert", "update_update", "delete_delete"),
    "evententerpriseslink": ("insert_insert", "delete_delete"),
}


class Migration(migrations.Migration):
    """The tables of events go to an app of their own (events 0001), where their triggers are made anew."""

    dependencies = [("placements", "0002_application_newest")]
    operations = [RemoveTrigger(model_name=model, name=name) for model, names in TRIGGERS.items() for name in names]
