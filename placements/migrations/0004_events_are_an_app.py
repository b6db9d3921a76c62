from django.db import migrations

MODELS = (
    "EventEnterprisesLink", "EventEnterprisesLinkHistory", "EventHistory", "EventItemHistory", "EventSpeakerHistory",
    "EventItem", "EventSpeaker", "Event",
)  # fmt: skip


class Migration(migrations.Migration):
    """The tables went to the app `events` with their rows; nothing is dropped here."""

    dependencies = [
        ("placements", "0003_triggers_of_events"),
        ("events", "0001_moved_from_placements"),
        ("visits", "0009_events_are_an_app"),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name=name) for name in MODELS])
    ]
