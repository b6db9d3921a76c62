"""Correcting reports: rows keep their number, a change after the check keeps its reason and what it moved."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errors import RuleBroken, StaleEdit
from notifications.models.messages import OutgoingMessage
from partnerships.choices.timeline import TimelineKind
from tests.factories.accounts import MajorFactory
from tests.factories.visits import CampaignFactory, CampaignTargetFactory, OutcomeFactory
from tests.visits.report_world import checked, whole_report
from visits.models.reports import Amendment
from visits.models.results import Evidence
from visits.selectors.amendments import moved_in_campaign, moved_measures
from visits.services import amending, checking
from visits.services.amending import Correction
from visits.services.report_rows import OutcomeRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(leader):
    return whole_report(leader)


def correct(visit, *, by, at, reason="", answer="", version=None, **parts):
    said = Correction(**{"columns": {}, **parts})
    return amending.correct_report(
        visit, said, version=version or visit.version, by=by, at=at, reason=reason, answer=answer
    )


def rows(visit):
    return [(row.pk, row.major, row.posts) for row in visit.outcomes.all()]


def test_rows_that_stay_keep_their_number_whatever_is_exchanged(report, officer, now):
    first, major, third = report.outcomes.get(), MajorFactory(), MajorFactory()
    second = OutcomeFactory(visit=report, major=major)

    correct(
        report,
        outcomes=[OutcomeRow(first.pk, major, posts=7), OutcomeRow(second.pk, third, posts=8)],
        by=officer,
        at=now,
    )

    assert sorted(rows(report), key=lambda row: row[0]) == [(first.pk, third, 8), (second.pk, major, 7)]


def test_two_rows_may_change_places_and_one_go_while_another_comes(report, officer, now):
    first, other, new = report.outcomes.get(), MajorFactory(), MajorFactory()
    second = OutcomeFactory(visit=report, major=other)
    mine = first.major
    swapped = [OutcomeRow(first.pk, other, posts=1), OutcomeRow(second.pk, mine, posts=2)]

    correct(report, outcomes=swapped, by=officer, at=now)
    assert rows(report) == [(first.pk, mine, 2), (second.pk, other, 1)]
    report.refresh_from_db()
    correct(
        report, outcomes=[OutcomeRow(second.pk, other, posts=1), OutcomeRow(None, new, posts=3)], by=officer, at=now
    )

    assert [(pk == second.pk, major, posts) for pk, major, posts in rows(report)] == [(True, other, 1), (False, new, 3)]
    assert first.pk not in [pk for pk, _major, _posts in rows(report)]


def test_the_writer_corrects_while_it_is_returned_and_that_answers_the_remark(report, officer, leader, now):
    with pytest.raises(PermissionDenied, match="while it is returned"):
        correct(report, columns={"minutes": "改"}, by=leader, at=now)
    returned = checking.return_report(report, remark="补", by=officer, at=now)
    OutgoingMessage.objects.all().delete()

    correct(report, columns={"minutes": "谈到订单班"}, answer="已补", by=leader, at=now)

    report.refresh_from_db()
    returned.refresh_from_db()
    assert (report.minutes, returned.answered_by, returned.answer) == ("谈到订单班", leader, "已补")
    assert OutgoingMessage.objects.get(channel="email").recipient == officer
    assert not Amendment.objects.exists()
    with pytest.raises(PermissionDenied):
        correct(report, columns={"minutes": "再改"}, by=leader, at=now)


def test_a_word_without_a_change_is_an_answer_too_and_nothing_at_all_is_none(report, officer, leader, now):
    returned = checking.return_report(report, remark="人数对吗？", by=officer, at=now)

    with pytest.raises(RuleBroken, match="Nothing is changed."):
        correct(report, by=leader, at=now)
    correct(report, answer="人数无误", by=leader, at=now)

    returned.refresh_from_db()
    assert returned.answer == "人数无误"


def test_the_writer_moves_neither_the_day_nor_the_campaigns(report, officer, leader, now):
    checking.return_report(report, remark="补", by=officer, at=now)
    day = report.starts_on

    correct(
        report,
        columns={"minutes": "改", "starts_on": None, "direction": "incoming"},
        campaigns=[CampaignFactory()],
        by=leader,
        at=now,
    )

    report.refresh_from_db()
    assert (report.starts_on, report.direction, report.campaigns.count()) == (day, "outgoing", 0)


@pytest.mark.parametrize("reason", ["", "  "])
def test_after_the_check_a_reason_is_needed(report, officer, now, reason):
    checked(report)

    with pytest.raises(RuleBroken, match="Say why it is changed after the check") as refused:
        correct(report, columns={"minutes": "改"}, reason=reason, by=officer, at=now)

    assert refused.value.field == "reason"
    report.refresh_from_db()
    assert (report.minutes, Amendment.objects.count()) == ("谈到实习与就业", 0)


def test_after_the_check_only_the_office_corrects(report, leader, now):
    checked(report)

    with pytest.raises(PermissionDenied, match="corrected by the employment office"):
        correct(report, columns={"minutes": "改"}, reason="错", by=leader, at=now)

    assert not Amendment.objects.exists()


def test_the_change_is_kept_as_it_was_and_is_with_what_it_moved(report, officer, now):
    campaign = CampaignFactory()
    report.campaigns.add(campaign)
    checked(report)
    row = report.outcomes.get()

    new = OutcomeRow(row.pk, row.major, posts=8, internships=4, post_pay=5000, internship_pay=3000)
    correct(report, outcomes=[new], reason="企业来函", by=officer, at=now)

    kept = Amendment.objects.get()
    moved = {"posts": [5, 8], "internships": [10, 4], "openings": [15, 12]}
    assert (kept.reason, kept.by, kept.moved) == ("企业来函", officer, {"school": moved, f"c{campaign.pk}": moved})
    assert [change["field"] for change in kept.changes] == ["outcomes"]
    entry = report.enterprise.timeline.get()
    assert (entry.kind, entry.text) == (TimelineKind.VISIT_AMENDED, "企业来函")
    posts = moved_measures(None)["posts"]
    assert (posts.times, posts.up, posts.down, posts.since) == (1, 3, 0, now)
    assert [(line.label, line.up, line.down) for line in moved_in_campaign(campaign)] == [
        ("Posts and internships offered", 0, 3)
    ]


def test_leaving_a_campaign_moves_its_distinct_enterprises_only_where_no_other_visit_holds_them(
    report, officer, leader, now
):
    alone, shared = CampaignFactory(), CampaignFactory()
    report.campaigns.set([alone, shared])
    whole_report(leader, enterprise=report.enterprise, places=(1, 1)).campaigns.add(shared)
    checked(report)

    correct(report, campaigns=[], reason="不属于本次行动", by=officer, at=now)

    moved = Amendment.objects.get().moved
    assert set(moved) == {f"c{alone.pk}", f"c{shared.pk}"}
    assert (moved[f"c{alone.pk}"]["enterprises"], moved[f"c{alone.pk}"]["visits"]) == ([1, 0], [1, 0])
    assert "enterprises" not in moved[f"c{shared.pk}"]


def test_a_day_ahead_and_an_old_form_are_refused(report, officer, now, today):
    with pytest.raises(RuleBroken, match="cannot be still ahead"):
        correct(report, columns={"starts_on": today.replace(day=25)}, by=officer, at=now)
    with pytest.raises(StaleEdit):
        correct(report, columns={"minutes": "改"}, version=99, by=officer, at=now)

    report.refresh_from_db()
    assert (report.minutes, report.starts_on.day) == ("谈到实习与就业", 10)


def test_calling_off_a_checked_visit_takes_it_out_of_every_figure_with_its_reason(report, officer, leader, now):
    checked(report)
    with pytest.raises(RuleBroken, match="Say why the visit is called off"):
        amending.call_off_reported(report, reason="", by=officer, at=now)
    with pytest.raises(PermissionDenied):
        amending.call_off_reported(report, reason="重复", by=leader, at=now)

    amending.call_off_reported(report, reason="重复录入", by=officer, at=now)

    report.refresh_from_db()
    moved = Amendment.objects.get().moved["school"]
    assert report.state == "cancelled"
    assert (moved["visits"], moved["enterprises"], moved["openings"]) == ([1, 0], [1, 0], [15, 0])


def test_evidence_of_a_checked_visit_goes_with_a_reason_only(report, officer, leader, now):
    item = report.evidence.get()
    checked(report)
    with pytest.raises(RuleBroken, match="Say why it is removed"):
        amending.remove_evidence(item, by=officer, at=now)
    with pytest.raises(PermissionDenied):
        amending.remove_evidence(item, reason="错", by=leader, at=now)
    assert Evidence.objects.count() == 1

    amending.remove_evidence(item, reason="照片不是本次走访", by=officer, at=now)

    assert (Evidence.objects.count(), Amendment.objects.get().reason) == (0, "照片不是本次走访")


def test_who_added_it_takes_evidence_back_before_the_check(report, leader, now):
    item = report.evidence.get()
    Evidence.objects.update(added_by=leader)

    amending.remove_evidence(item, by=leader, at=now)

    assert (Evidence.objects.count(), Amendment.objects.count()) == (0, 0)


def filled_in(visit, **said):
    row = visit.outcomes.get()
    base = {
        "version": visit.version, "minutes": visit.minutes, "direction": "outgoing", "medium": "on_site",
        "starts_on": "2026-11-10", "present": [person.pk for person in visit.participants.all()],
        "outcomes-TOTAL_FORMS": 1, "outcomes-INITIAL_FORMS": 1, "outcomes-0-number": row.pk,
        "outcomes-0-major": row.major_id, "outcomes-0-posts": row.posts, "outcomes-0-internships": row.internships,
        "outcomes-0-post_pay": 5000, "outcomes-0-internship_pay": 3000,
        "intentions-TOTAL_FORMS": 0, "intentions-INITIAL_FORMS": 0,
    }  # fmt: skip
    return {**base, **said}


def test_the_page_asks_for_the_reason_and_the_figure_then_tells_of_it(client_of, officer, report):
    checked(report)
    client, address = client_of(officer), reverse("visits:correct", args=[report.pk])
    row = report.outcomes.get()

    refused = client.post(address, filled_in(report, **{"outcomes-0-posts": 9}))
    assert list(refused.context["form"].errors) == ["reason"]
    done = client.post(address, filled_in(report, **{"outcomes-0-posts": 9, "reason": "企业来函"}))

    assert done.url == reverse("visits:visit", args=[report.pk])
    assert rows(report) == [(row.pk, row.major, 9)]
    page = client.get("/dashboard/posts-offered/").content.decode()
    assert "changed once, +4/−0" in page
    assert f"{done.url}#amendment-{Amendment.objects.get().pk}" in page
    assert "changed once" not in client.get("/dashboard/visits/").content.decode()
    assert "企业来函" in client.get(done.url).content.decode()


def test_a_row_is_taken_away_by_its_tick(client_of, officer, report):
    done = client_of(officer).post(
        reverse("visits:correct", args=[report.pk]),
        filled_in(report, **{"outcomes-0-gone": "on", "nothing_offered": "企业撤回"}),
    )

    assert done.status_code == 302
    report.refresh_from_db()
    assert (report.outcomes.count(), report.nothing_offered) == (0, "企业撤回")


def test_the_campaign_s_progress_tells_of_it(client_of, officer, report, now):
    campaign = CampaignFactory()
    CampaignTargetFactory(campaign=campaign)
    report.campaigns.add(campaign)
    checked(report)
    amending.call_off_reported(report, reason="重复录入", by=officer, at=now)

    page = client_of(officer).get(reverse("visits:campaign", args=[campaign.pk])).content.decode()

    assert "Distinct enterprises:" in page
    assert page.count("changed once, +0/−1,") == 3  # visits, enterprises, newly opened
    assert "重复录入" in page
