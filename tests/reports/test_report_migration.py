"""Reports of campaigns from before there were kinds: taken over with their files, and back."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accounts.choices import Role
from tests.factories.accounts import person
from tests.factories.visits import CampaignFactory
from tests.reports.world import NOW

pytestmark = pytest.mark.django_db(transaction=True)
FIRST, LAST = ("reports", "0005_report_kinds"), ("reports", "0007_report_builds_without_campaign")


def migrated(target: list[tuple[str, str]]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    return MigrationExecutor(connection).loader.project_state(target).apps


def test_reports_and_their_files_are_taken_over_and_given_back():
    officer, campaign = person(Role.OFFICER), CampaignFactory()
    loader = MigrationExecutor(connection).loader
    before = [parent.key for parent in loader.graph.node_map[FIRST].parents if parent.key[0] == "reports"]
    newest = [key for key in loader.graph.leaf_nodes() if key[0] == "reports"]
    try:
        old = migrated(before)
        builds = old.get_model("reports", "ReportBuild")
        asked = {"campaign_id": campaign.pk, "language": "en", "requested_by_id": officer.pk, "requested_at": NOW}
        default_storage.save("reports/2026/a.xlsx", ContentFile(b"12345"))
        done = builds.objects.create(**asked, state="done", workbook="reports/2026/a.xlsx", pdf="reports/2026/gone.pdf")
        waiting = [builds.objects.create(**asked) for _number in range(2)]

        new = migrated([LAST])
        taken = {build.pk: build for build in new.get_model("reports", "ReportBuild").objects.all()}
        files = list(new.get_model("reports", "ReportFile").objects.values_list("build", "format", "file", "size"))
        assert taken[done.pk].parameters == {"campaign": str(campaign.pk)}
        assert taken[done.pk].words["en"] == [["campaign", "Campaign", campaign.name]]
        assert sorted(taken[build.pk].state for build in waiting) == ["cancelled", "queued"]
        assert files == [
            (done.pk, "xlsx", "reports/2026/a.xlsx", 5), (done.pk, "pdf", "reports/2026/gone.pdf", 0),
        ]  # fmt: skip
        yearly = {name: getattr(taken[done.pk], name) for name in ("language", "requested_by_id", "requested_at")}
        taken[done.pk].__class__.objects.create(kind="yearly-report", seen_as_id=officer.pk, digest="x", **yearly)

        back = migrated(before).get_model("reports", "ReportBuild")
        assert back.objects.count() == 3
        given = back.objects.get(pk=done.pk)
        assert (given.campaign_id, given.workbook.name, given.pdf.name) == (
            campaign.pk, "reports/2026/a.xlsx", "reports/2026/gone.pdf",
        )  # fmt: skip
    finally:
        migrated(newest)
