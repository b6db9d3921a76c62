"""An open posting in the words of schema.org (JobPosting), for search engines: facts that a visitor reads, no other."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import linebreaks

from accounts.selectors import school
from core.names import in_language
from placements.choices import PayPeriod, PostingKind, WorkMode
from placements.models.postings import Posting

EMPLOYMENT = {PostingKind.INTERNSHIP: "INTERN", PostingKind.JOB: "FULL_TIME", PostingKind.CAMPUS: "FULL_TIME"}
UNITS = {PayPeriod.HOUR: "HOUR", PayPeriod.DAY: "DAY", PayPeriod.MONTH: "MONTH", PayPeriod.YEAR: "YEAR"}


def job_posting_facts(posting: Posting) -> dict[str, Any]:
    """What is not known is left out, as the schema asks."""
    facts = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": str(posting),
        "description": linebreaks(in_language(posting.description, posting.description_en), autoescape=True),
        "identifier": {"@type": "PropertyValue", "name": str(school()), "value": str(posting.pk)},
        "datePosted": _posted(posting).isoformat(),
        "validThrough": timezone.make_aware(datetime.combine(posting.closes_on, time(23, 59, 59))).isoformat(),
        "employmentType": EMPLOYMENT[PostingKind(posting.kind)],
        "hiringOrganization": {"@type": "Organization", "name": str(posting.enterprise)},
        "totalJobOpenings": posting.headcount,
        "directApply": True,
        "url": f"{settings.SITE_URL}{reverse('placements:posting', args=[posting.pk])}",
        "jobStartDate": posting.starts_on.isoformat() if posting.starts_on else None,
        **_place(posting),
        "baseSalary": _salary(posting),
    }
    return {name: value for name, value in facts.items() if value is not None}


def _posted(posting: Posting) -> datetime:
    return timezone.localtime(posting.published_at or posting.created_at)


def _place(posting: Posting) -> dict[str, Any]:
    """Where the work is, its country at the least; of work from anywhere, also from where one may apply."""
    address = {
        "@type": "PostalAddress",
        "addressCountry": "CN",
        "addressRegion": str(posting.province) if posting.province else None,
        "addressLocality": posting.city or None,
        "streetAddress": posting.address or None,
    }
    known = {name: value for name, value in address.items() if value}
    place: dict[str, Any] = {"jobLocation": {"@type": "Place", "address": known}}
    if posting.mode == WorkMode.REMOTE:
        if not (posting.province or posting.city):
            place.clear()
        place["jobLocationType"] = "TELECOMMUTE"
        place["applicantLocationRequirements"] = {"@type": "Country", "name": "CN"}
    return place


def _salary(posting: Posting) -> dict[str, Any] | None:
    """In yuan, for what the pay is given for."""
    low, high = posting.pay_min, posting.pay_max
    if low is None and high is None:
        return None
    amounts = {"value": low} if low == high else {"minValue": low, "maxValue": high}
    known = {name: value for name, value in amounts.items() if value is not None}
    unit = UNITS[PayPeriod(posting.pay_period)]
    return {
        "@type": "MonetaryAmount",
        "currency": "CNY",
        "value": {"@type": "QuantitativeValue", "unitText": unit, **known},
    }
