"""Reports that somebody asked for, with or without a worker that was rung for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models.people import User
from reports.kinds.catalogue import KINDS
from reports.kinds.kind import digest_of
from reports.models.builds import ReportBuild
from reports.services.requests import request_report
from tests.factories.visits import CampaignFactory
from tests.reports.world import NOW
from visits.models.campaigns import Campaign

SUMMARY = "campaign-summary"


def ask(campaign: Campaign, by: User, *, at: datetime = NOW, language: str = "en") -> ReportBuild:
    """The summary of a campaign, as its page asks for it."""
    return request_report(KINDS[SUMMARY], {"campaign": campaign.pk}, by=by, at=at, language=language)


def ask_for(slug: str, by: User, *, at: datetime = NOW, language: str = "en", **parameters: Any) -> ReportBuild:
    return request_report(KINDS[slug], parameters, by=by, at=at, language=language)


def build_of(user: User, campaign: Campaign | None = None, **fields: Any) -> ReportBuild:
    """A summary that waits; nobody is rung for."""
    campaign = campaign or CampaignFactory()
    words = [["campaign", "Campaign", str(campaign)]]
    language = fields.pop("language", "en")
    parameters = {"campaign": str(campaign.pk)}
    asked = {
        "kind": SUMMARY, "parameters": parameters, "language": language, "words": {"en": words, "zh-hans": words},
        "digest": digest_of(SUMMARY, parameters, language), "requested_by": user, "seen_as": user,
        "requested_at": NOW, **fields,
    }  # fmt: skip
    return ReportBuild.objects.create(**asked)
