"""Finds what changed since a moment without reading a whole history: its rows lie in the order of their moments,
so that an index of ranges is enough, costs next to nothing to keep, and never stands in the way of who writes.
tests/api/test_changes.py: every table that the API asks is among these."""

from django.db import migrations

HISTORIES = (
    "accounts_college",
    "accounts_major",
    "events_evententerpriseslink",
    "events_event",
    "events_eventmajorslink",
    "events_eventspeaker",
    "partnerships_agreementcollegeslink",
    "partnerships_agreementfield",
    "partnerships_agreement",
    "partnerships_agreementkind",
    "partnerships_agreementmajorslink",
    "partnerships_agreementparty",
    "partnerships_commitment",
    "partnerships_community",
    "partnerships_contact",
    "partnerships_enterprisecollegeslink",
    "partnerships_enterpriseflagslink",
    "partnerships_enterprise",
    "partnerships_flag",
    "partnerships_formername",
    "partnerships_industry",
    "partnerships_membership",
    "partnerships_mentorappearance",
    "partnerships_mentorappointment",
    "partnerships_mentor",
    "partnerships_mentormajorslink",
    "partnerships_nature",
    "partnerships_need",
    "partnerships_needmajorslink",
    "partnerships_programmecohort",
    "partnerships_programme",
    "partnerships_programmemajorslink",
    "partnerships_programmeoutcome",
    "partnerships_province",
    "partnerships_region",
    "partnerships_signature",
    "partnerships_site",
    "placements_application",
    "placements_applicationmove",
    "placements_posting",
    "placements_postinglanguage",
    "placements_postingmajorslink",
    "visits_campaign",
    "visits_campaignpoint",
    "visits_campaignreportday",
    "visits_campaigntarget",
    "visits_followup",
    "visits_intention",
    "visits_outcome",
    "visits_participant",
    "visits_trip",
    "visits_tripmember",
    "visits_visitagreementslink",
    "visits_visitcampaignslink",
    "visits_visitcollegeslink",
    "visits_visitcommitmentslink",
    "visits_visit",
    "visits_visitneedslink",
    "visits_visitpostingslink",
    "visits_visittopic",
)


def index(table: str) -> migrations.RunSQL:
    name = f"{table}_since"
    return migrations.RunSQL(
        f"CREATE INDEX IF NOT EXISTS {name} ON {table}history USING brin (pgh_created_at) WITH (autosummarize = on)",
        f"DROP INDEX IF EXISTS {name}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("api", "0001_initial"),
        ("accounts", "0005_time_zone_of_people"),
        ("partnerships", "0025_needs_open_since"),
        ("placements", "0011_search_by_weeks"),
        ("events", "0005_guests_of_events"),
        ("visits", "0010_postings_that_find"),
    ]

    operations = [index(table) for table in HISTORIES]
