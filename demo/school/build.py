"""The order in which the sample school is built."""

from __future__ import annotations

from datetime import datetime
from random import Random

from django.db import transaction

from demo.school import (
    after_visits,
    agreements,
    answers,
    applications,
    campaigns,
    communities,
    community_work,
    desk,
    enterprises,
    events,
    figures,
    following,
    inbox,
    interviews,
    invitations,
    ledger,
    mentors,
    nanchong,
    papers,
    people,
    postings,
    programmes,
    promises,
    registrations,
    report_drafts,
    reports,
    resumes,
    reviews,
    signing,
    surveys,
    trips,
    visits,
    weekly,
    wishes,
)
from demo.school.texts import build_letterhead
from demo.school.world import World
from drafting.services.templates import load_templates
from notifications.services.quietly import quiet
from partnerships.services.codes import load_codes
from surveys.services.items import load_items

SEED = 20261


@transaction.atomic
def build(*, password: str, now: datetime) -> World:
    """Everything in one transaction, and without an e-mail about what is past."""
    world = World(now=now, random=Random(SEED))  # noqa: S311  (the same school every time, nothing secret)
    load_codes()
    load_templates()
    load_items()
    people.build_school(world)
    people.build_staff(world, password)
    people.build_students(world, password)
    wishes.build_wishes(world)
    report_drafts.build_assistants(world)
    build_letterhead(world)
    with quiet():
        _build_enterprises(world)
        _build_visits(world)
        _build_cooperation(world)
        _build_postings(world)
        desk.build_desk(world, password)
        _build_what_followed(world)
    inbox.settle(world)
    return world


def _build_enterprises(world: World) -> None:
    nanchong.build_nanchong(world)
    enterprises.build_enterprises(world)
    enterprises.build_needs(world)
    registrations.build_registrations(world)
    answers.build_answers(world)
    answers.build_notes(world)


def _build_visits(world: World) -> None:
    campaigns.build_campaigns(world)
    visits.build_visits(world)
    campaigns.build_results(world)
    report_drafts.build_drafts(world)


def _build_cooperation(world: World) -> None:
    agreements.build_agreements(world)
    papers.build_papers(world)
    signing.build_signing(world)
    programmes.build_programmes(world)
    mentors.build_mentors(world)
    mentors.build_plaques(world)
    programmes.build_events(world)
    communities.build_communities(world)
    community_work.build_community_work(world)


def _build_postings(world: World) -> None:
    reviews.build_lists(world)
    built = postings.build_postings(world)
    resumes.build_resumes(world)
    applications.build_applications(world, built)
    postings.end_postings(world, built)
    reviews.build_holds(world, built)
    following.build_following(world)
    interviews.build_interviews(world)
    promises.build_promises(world)


def _build_what_followed(world: World) -> None:
    """What hangs on visits, promises and postings alike."""
    after_visits.build_after_visits(world)
    invitations.build_invitations(world)
    surveys.build_surveys(world)
    answers.build_twins(world)
    trips.build_trips(world)
    ledger.build_ledger(world)
    weekly.build_weekly_figures(world)
    events.build_events(world)
    events.build_guidance(world)
    wishes.build_invitations(world)
    reports.build_reports(world)
    figures.keep_past_figures(world)
    figures.keep_figures(world)
    figures.aim(world)
