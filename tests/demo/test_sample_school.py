"""What the sample school holds; built once, only read here."""

from collections import Counter

import pytest
from django.apps import apps
from django.utils import timezone

from accounts.models.people import StudentProfile, User
from accounts.models.school import College, Major, School
from agreements.selectors.sleeping import sleeping_list
from demo.figures import story_figures
from demo.school.world import World
from demo.stories import read
from events.models import Event
from notifications.choices import Channel
from notifications.models.messages import OutgoingMessage
from partnerships.choices.agreements import AgreementStage, CommitmentState
from partnerships.choices.enterprises import CreditCodeState
from partnerships.choices.needs import NeedState
from partnerships.models.agreements import Agreement
from partnerships.models.commitments import Commitment
from partnerships.models.contacts import Contact
from partnerships.models.enterprises import Enterprise
from partnerships.models.mentors import MentorAppearance
from partnerships.models.needs import Need
from partnerships.models.programmes import Programme
from placements.choices import ApplicationState, PostingSource, PostingState, ResumeSection
from placements.matching import fit, obstacles
from placements.models.applications import Application
from placements.models.postings import Posting
from placements.models.resumes import ResumeEntry
from placements.models.review import PostingHold
from visits.choices import Direction, FollowUpState, Medium, VisitState
from visits.models.campaigns import Campaign, CampaignReportDay, CampaignTarget
from visits.models.results import FollowUp, Outcome
from visits.models.visits import Visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_school")]


def test_the_school_has_four_colleges_and_twelve_majors():
    assert School.objects.get().name_en == "Nanchong Film and Television Industry Vocational College"
    assert College.objects.count() == 4
    assert Major.objects.count() == 12


def test_the_resume_of_the_account_names_the_school():
    places = ResumeEntry.objects.filter(section=ResumeSection.EDUCATION).values_list("place", "place_en")
    assert list(places) == [(School.objects.get().name_zh, School.objects.get().name_en)]


def test_150_students_are_spread_over_three_classes_and_all_majors(sample_school: World):
    year = sample_school.graduating
    assert StudentProfile.objects.count() == 150
    assert set(StudentProfile.objects.values_list("class_of", flat=True)) == {year - 1, year, year + 1}
    assert StudentProfile.objects.values("major").distinct().count() == 12


def test_sixty_enterprises_and_a_twin_stand_in_twelve_provinces():
    assert Enterprise.objects.count() == 61
    provinces = Enterprise.objects.filter(province__isnull=False).values("province").distinct()
    assert provinces.count() == 12


def test_credit_codes_are_right_or_marked_unverified_and_belong_to_no_division():
    codes = Counter(Enterprise.objects.values_list("credit_code_state", flat=True))
    assert codes[CreditCodeState.VALID] + codes[CreditCodeState.VERIFIED] >= 40
    assert codes[CreditCodeState.VERIFIED] >= 10
    assert codes[CreditCodeState.UNVERIFIED] >= 5
    assert not Enterprise.objects.exclude(credit_code="").exclude(credit_code__regex=r"^91\d\d9900").exists()


def test_49_visits_are_in_every_state_direction_and_medium():
    assert Visit.objects.count() == 40 + 9  # and those of demo.school.trips
    assert set(Visit.objects.values_list("state", flat=True)) == set(VisitState.values)
    assert set(Visit.objects.values_list("direction", flat=True)) == set(Direction.values)
    assert set(Visit.objects.values_list("medium", flat=True)) == set(Medium.values)


def test_a_visit_of_the_leader_is_today_and_follow_ups_are_late_due_and_done(sample_school: World):
    today = Visit.objects.filter(starts_on=sample_school.today).led_by(sample_school.leader)
    assert [visit.state for visit in today] == [VisitState.CONFIRMED]
    open_ones = FollowUp.objects.open()
    assert open_ones.filter(due_on__lt=sample_school.today).count() >= 2
    assert open_ones.filter(due_on__range=(sample_school.today, sample_school.day(7))).count() >= 3
    assert FollowUp.objects.filter(state=FollowUpState.DONE).count() >= 5


def test_two_campaigns_run_and_the_leadership_is_to_see_a_hundred_enterprises(sample_school: World):
    running = Campaign.objects.running(sample_school.today)
    assert running.count() == 2
    together = CampaignTarget.objects.get(campaign__in=running, measure="enterprises", name="书记、院长合计")
    assert (together.number, together.leaders.count()) == (100, 2)
    assert CampaignTarget.objects.filter(college__isnull=False, measure="visits").count() == College.objects.count()
    owed = CampaignReportDay.objects.filter(campaign__in=running, day__lt=sample_school.today, reported_on=None)
    assert owed.count() == 2


def test_every_reported_visit_offers_something():
    reported = Visit.objects.filter(state__in=[VisitState.REPORTED, VisitState.CHECKED])
    assert reported.count() == Outcome.objects.filter(visit__in=reported).values("visit").distinct().count()
    assert not reported.filter(minutes="").exists()


def test_28_agreements_are_in_every_stage_and_some_renew_themselves(sample_school: World):
    stages = Counter(Agreement.objects.with_stage(sample_school.today).values_list("stage", flat=True))
    assert stages.total() == 28
    assert set(stages) == set(AgreementStage.values)
    assert Agreement.objects.filter(renews_itself=True).count() == 2
    assert Agreement.objects.filter(renewed_from__isnull=False).count() == 1


def test_agreements_have_further_parties_sums_and_a_framework_and_some_sleep(sample_school: World):
    with_more = Agreement.objects.filter(parties__place=3).order_by("title").distinct()
    assert with_more.count() == 3
    assert Agreement.objects.filter(parties__place=4).get().under_it.count() == 2
    assert Agreement.objects.filter(amount__isnull=False).count() == 3
    assert sleeping_list(sample_school.officer, on=sample_school.today).count() >= 1


def test_agreements_end_within_30_90_and_180_days(sample_school: World):
    ends = Agreement.objects.filter(state="signed", renews_itself=False, ends_on__gt=sample_school.today)
    near = [(ends_on - sample_school.today).days for ends_on in ends.values_list("ends_on", flat=True)]
    assert sorted(days for days in near if days <= 180) == [19, 74, 155]


def test_promises_are_kept_open_and_not_kept():
    assert set(Commitment.objects.values_list("state", flat=True)) == set(CommitmentState.values)


def test_eighty_postings_are_in_every_state_with_words_in_both_languages(sample_school: World):
    assert Posting.objects.filter(source__in=[PostingSource.STAFF, PostingSource.VISIT]).count() == 80
    assert Posting.objects.exclude(copied_from=None).count() == 1
    assert PostingHold.objects.filter(lifted_at=None, posting__state=PostingState.IN_REVIEW).count() >= 3
    assert set(Posting.objects.values_list("state", flat=True)) == set(PostingState.values)
    assert not Posting.objects.filter(title_en="").exists()
    week = (sample_school.today, sample_school.day(7))
    assert Posting.objects.open(sample_school.today).filter(closes_on__range=week).count() >= 4


def test_two_hundred_applications_are_in_every_state():
    assert Application.objects.count() == 200
    assert set(Application.objects.values_list("state", flat=True)) == set(ApplicationState.values)


def test_the_student_has_applied_and_more_postings_fit(sample_school: World):
    profile = StudentProfile.objects.get(user__email="student@school.example")
    applied = set(Application.objects.filter(student=profile.user).values_list("posting", flat=True))
    assert len(applied) == 5
    fitting = [
        posting
        for posting in Posting.objects.open(sample_school.today).exclude(pk__in=applied)
        if not obstacles(fit(posting, profile, on=sample_school.today))
    ]
    assert len(fitting) >= 3


def test_needs_programmes_mentors_and_events_are_there():
    assert set(Need.objects.values_list("state", flat=True)) == set(NeedState.values)
    assert Programme.objects.count() == 8
    assert MentorAppearance.objects.count() == 23
    assert (Event.objects.held().count(), Event.objects.count()) == (7, 11)


def test_enterprises_that_were_made_up_have_people():
    assert not Enterprise.objects.filter(contacts__isnull=True, short_name__gt="").exists()
    assert Contact.objects.filter(to_on__isnull=False).exists()


def test_the_published_facts_of_the_school_are_in_it():
    trip = read("nanchong-trip")["figures"]
    assert story_figures("nanchong-trip") == trip
    told = read("nanchong-communities")["figures"]
    counted = story_figures("nanchong-communities")
    more_here = {"agreements signed", "plaques awarded", "communities", "communities chaired by the school"}
    assert {k: v for k, v in counted.items() if k not in more_here} == {
        k: v for k, v in told.items() if k not in more_here
    }
    assert all(counted[name] > told[name] for name in more_here)


def test_what_came_of_a_visit_came_after_it():
    agreements = Agreement.objects.filter(visits__starts_on__isnull=False)
    assert agreements.count() >= 5
    for agreement in agreements:
        drafted = timezone.localdate(agreement.moves.get(state="draft").at)
        assert agreement.visits.get().starts_on <= drafted
    postings = Posting.objects.filter(visits__isnull=False, published_at__isnull=False)
    assert postings.count() >= 5
    for posting in postings:
        assert posting.visits.get().starts_on <= timezone.localdate(posting.published_at)


def test_nothing_is_mailed_about_the_past_but_the_inbox_knows_it():
    assert not OutgoingMessage.objects.filter(channel=Channel.EMAIL).exists()
    assert OutgoingMessage.objects.filter(channel=Channel.INBOX).exists()


def test_everyone_is_a_sample_account_and_only_the_six_have_passwords():
    assert not User.objects.filter(is_demo=False).exists()
    with_password = [user.email for user in User.objects.order_by("email") if user.has_usable_password()]
    names = ("admin", "college", "contact", "leader", "officer", "student")
    assert with_password == [f"{name}@school.example" for name in names]


def test_every_row_has_its_history():
    for model in apps.get_models():
        names = {field.name for field in model._meta.get_fields()}
        if "history" not in names or not model.objects.exists():
            continue
        inserted = model.history.rel.related_model.objects.filter(pgh_label="insert")
        assert inserted.values("pgh_obj").distinct().count() == model.objects.count(), model.__name__


def test_no_application_waits_long_for_its_first_look(sample_school: World):
    waiting = Application.objects.filter(state=ApplicationState.SUBMITTED, posting__closes_on__gte=sample_school.today)
    assert waiting.count() >= 25
    assert not waiting.filter(submitted_at__date__lt=sample_school.day(-6)).exists()
