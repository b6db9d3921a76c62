"""Reports of campaigns from before there were kinds: taken over with their files, and given back.

The functions of the migration run on tables of their own; to lay out the whole history of the tables takes minutes.
"""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models
from django.test.utils import isolate_apps

from reports.kinds.kind import digest_of
from tests.factories.visits import CampaignFactory
from tests.reports.world import NOW
from visits.models.campaigns import Campaign

pytestmark = pytest.mark.django_db
MIGRATION = import_module("reports.migrations.0006_fill_report_kinds")


@pytest.fixture
def tables() -> SimpleNamespace:
    """As they are between the old columns and the new."""
    with isolate_apps("reports"):

        class Columns(models.Model):
            campaign = models.ForeignKey(Campaign, models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
            kind = models.CharField(max_length=40, default="campaign-summary")
            parameters: Any = models.JSONField(default=dict)
            state = models.CharField(max_length=10, default="queued")
            requested_by_id = models.IntegerField(default=1, db_column="by")
            seen_as_id = models.IntegerField(null=True)

            class Meta:
                app_label = "reports"
                abstract = True

        class Build(Columns):
            words: Any = models.JSONField(default=dict)
            digest = models.CharField(max_length=64, default="")
            language = models.CharField(max_length=10, default="en")
            requested_at = models.DateTimeField(default=NOW)
            finished_at = models.DateTimeField(null=True)
            percent_done = models.IntegerField(default=0)
            workbook = models.FileField(blank=True)
            pdf = models.FileField(blank=True)

            class Meta(Columns.Meta):
                db_table = "builds_between"

        class File(models.Model):
            build = models.ForeignKey(Build, models.CASCADE, related_name="files")
            name = models.CharField(max_length=200)
            format = models.CharField(max_length=4)
            file = models.FileField(max_length=200)
            size = models.BigIntegerField()
            sha256 = models.CharField(max_length=64)

            class Meta:
                app_label = "reports"
                db_table = "files_between"
                ordering = ["pk"]

        class History(Columns):
            requested_by = models.IntegerField(default=1)
            seen_as = models.IntegerField(null=True)
            seen_as_id = None
            requested_by_id = None

            class Meta(Columns.Meta):
                db_table = "history_between"

        with connection.schema_editor(atomic=False) as editor:
            for model in (Build, File, History):
                editor.create_model(model)
    return SimpleNamespace(Build=Build, File=File, History=History)


def run(direction: str, tables: SimpleNamespace) -> None:
    known = {
        "ReportBuild": tables.Build, "ReportFile": tables.File, "ReportBuildHistory": tables.History,
        "Campaign": Campaign,
    }  # fmt: skip
    getattr(MIGRATION, direction)(SimpleNamespace(get_model=lambda _app, name: known[name]), None)


def test_reports_and_their_files_are_taken_over(tables: SimpleNamespace):
    campaign = CampaignFactory(name="访企拓岗")
    name = default_storage.save("reports/2026/a.xlsx", ContentFile(b"12345"))
    done = tables.Build.objects.create(campaign=campaign, state="done", workbook=name, pdf="reports/2026/gone.pdf")
    first, second = (tables.Build.objects.create(campaign=campaign) for _number in range(2))
    tables.History.objects.create(campaign=campaign)

    run("forwards", tables)

    for build in (done, first, second):
        build.refresh_from_db()
    parameters = {"campaign": str(campaign.pk)}
    assert (done.kind, done.parameters, done.seen_as_id) == ("campaign-summary", parameters, 1)
    assert done.digest == digest_of("campaign-summary", parameters, "en")
    assert done.words == {
        "zh-hans": [["campaign", "专项行动", "访企拓岗"]],
        "en": [["campaign", "Campaign", "访企拓岗"]],
    }
    assert (done.state, done.percent_done, first.state, second.state) == ("done", 100, "queued", "cancelled")
    assert list(tables.File.objects.values_list("build", "name", "format", "file", "size")) == [
        (done.pk, "访企拓岗 2026-12-10.xlsx", "xlsx", name, 5),
        (done.pk, "访企拓岗 2026-12-10.pdf", "pdf", "reports/2026/gone.pdf", 0),
    ]
    kept = tables.History.objects.get()
    assert (kept.seen_as, kept.parameters) == (1, parameters)


def test_they_are_given_back_and_reports_of_other_kinds_go(tables: SimpleNamespace):
    campaign = CampaignFactory()
    asked = {"kind": "campaign-summary", "parameters": {"campaign": str(campaign.pk)}}
    build = tables.Build.objects.create(**asked, state="cancelled")
    for ending in ("xlsx", "pdf", "docx"):
        tables.File.objects.create(build=build, name=ending, format=ending, file=f"reports/1.{ending}", size=1)
    tables.Build.objects.create(kind="yearly-report", parameters={"period": "school"})
    tables.History.objects.create(**asked, state="cancelled")
    tables.History.objects.create(kind="yearly-report")

    run("backwards", tables)

    given = tables.Build.objects.get()
    assert (given.campaign, given.workbook.name, given.pdf.name) == (campaign, "reports/1.xlsx", "reports/1.pdf")
    assert (given.state, tables.History.objects.get().state) == ("failed", "failed")
    assert tables.History.objects.get().campaign_id == campaign.pk
