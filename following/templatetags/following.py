"""What pages of other apps show of following, and what a public posting tells machines."""

from __future__ import annotations

import json
from datetime import date

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from accounts.choices import Role
from accounts.models.people import User
from following.models import FollowedEnterprise, FollowedPosting
from following.structured import job_posting_facts
from placements.models.postings import Posting
from placements.selectors.postings import Reader

register = template.Library()

# A script element ends at the first "</script", wherever it stands; written so, no text can end it.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def may_follow(user: Reader) -> bool:
    """No query beyond the roles, which the page has read."""
    return isinstance(user, User) and user.has_role(Role.STUDENT)


@register.simple_tag
def follows_posting(user: User, posting: Posting) -> bool:
    return FollowedPosting.objects.filter(user=user, posting=posting).exists()


@register.simple_tag
def follows_enterprise(user: User, pk: int) -> bool:
    return FollowedEnterprise.objects.filter(user=user, enterprise=pk).exists()


@register.simple_tag
def job_posting(posting: Posting, on: date) -> SafeString:
    """schema.org's JobPosting of an open posting. It is data, not a script: no browser runs it, no policy asks."""
    if not posting.is_open(on):
        return SafeString("")
    text = json.dumps(job_posting_facts(posting), ensure_ascii=False).translate(ESCAPES)
    safe = mark_safe(text)  # noqa: S308  escaped in the line above
    return format_html('<script type="application/ld+json">{}</script>', safe)


@register.filter
def is_announced(posting: Posting) -> bool:
    """Published, and opening on a later day."""
    return posting.is_announced(timezone.localdate())
