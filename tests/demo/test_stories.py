"""Each story told into an empty database: its figures are those of its file, and each fact is a record."""

from datetime import date

import pytest
from django.utils import timezone, translation

from accounts.models.people import User
from accounts.models.school import College, Facility, Office, School
from demo import stories
from demo.figures import story_figures
from events.models import Event
from partnerships.models.agreements import Agreement, Signature
from partnerships.models.commitments import Investment
from partnerships.models.communities import MeetingPerson, Membership, Resolution, SharedResource
from partnerships.models.mentors import AnnualTarget
from partnerships.models.plaques import Plaque
from partnerships.models.programmes import ProgrammeFeature, ProgrammeOutcome
from visits.models.campaigns import Campaign, CampaignPoint, ReportedTotal, Trip
from visits.models.results import Evidence, Intention
from visits.models.visits import Participant, Visit, VisitTopic

pytestmark = pytest.mark.django_db


def tell(name: str) -> stories.Story:
    stories.tell(name, password="x", now=timezone.now())
    return stories.read(name)


def names(model, **which: object) -> list[str]:
    return list(model.objects.filter(**which).order_by("pk").values_list("name", flat=True))


@pytest.mark.parametrize("name", sorted(stories.LOADERS))
def test_the_figures_are_those_of_the_file(name):
    story = tell(name)
    assert story_figures(name) == story["figures"]


@pytest.mark.parametrize("name", sorted(stories.LOADERS))
def test_the_school_is_that_of_the_story(name):
    story = tell(name)
    assert School.objects.get().name_en == story["school"]["name"]


def test_art_design_people_keep_their_titles_and_the_chair():
    story = tell("art-design-2023")
    told = story["visits"][0]
    visit = Visit.objects.get()
    assert (visit.starts_on, visit.part_of_day, visit.direction) == (date(2023, 5, 19), "afternoon", "incoming")
    people = list(Participant.objects.order_by("pk").values_list("side", "name", "title", "part"))
    assert people == [
        *(
            ("school", p["name"], p["title"], "chairs" if p.get("chairs") else "takes_part")
            for p in told["school_side"]
        ),
        *(("enterprise", p["name"], p["title"], "takes_part") for p in told["enterprise_side"]),
    ]
    assert names(VisitTopic) == told["topics"]
    assert list(Intention.objects.values_list("name", "state")) == [
        ("preliminary plan agreed", "agreed"),
        ("practice-base contract signed", "done"),
    ]


def test_art_design_contract_has_its_day_two_school_signatures_and_its_visit():
    tell("art-design-2023")
    agreement = Agreement.objects.get()
    assert (agreement.state, agreement.signed_on, agreement.kind.code) == ("signed", date(2023, 5, 19), "practice_base")
    assert list(Signature.objects.values_list("side", "name").order_by("pk")) == [
        ("school", "Li Yunxian"),
        ("school", "Liu Qin"),
    ]
    assert agreement.visits.get() == Visit.objects.get()
    assert [college.name_en for college in agreement.colleges.all()] == ["School of Art and Design"]


def test_art_design_meeting_has_speakers_audience_contents_and_the_school_its_departments():
    story = tell("art-design-2023")
    told = story["events"][0]
    event = Event.objects.get()
    assert (event.kind, event.held_on) == ("recommendation_meeting", date(2023, 5, 19))
    assert [(s.name, s.title) for s in event.speakers.all()] == [
        ("Shen Hao", "General Manager"),
        ("Huang Shengsong", "Project Manager"),
    ]
    assert [i.name for i in event.items.filter(kind="content").order_by("pk")] == told["contents"]
    assert [i.name for i in event.items.filter(kind="audience").order_by("pk")] == told["audience"]
    assert Visit.objects.get().event == event
    departments = Office.objects.filter(kind="department", college=College.objects.get())
    assert sorted(departments.values_list("name_en", flat=True)) == ["Advertising", "Digital Media Art"]


def test_sit_campaign_has_its_document_ways_next_steps_and_total():
    story = tell("sit-2023")
    told = story["campaign"]
    campaign = Campaign.objects.get()
    assert (campaign.name, campaign.document) == (told["name"], told["policy"])
    assert names(CampaignPoint, kind="next_step") == told["next_steps"]
    assert len(names(CampaignPoint, kind="way")) == 4
    total = ReportedTotal.objects.get()
    assert (total.number, total.is_minimum, total.reported_on) == (219, False, date(2023, 3, 14))


def test_sit_visit_has_places_shown_leads_topics_and_intentions_per_class():
    story = tell("sit-2023")
    told = story["visits"][0]
    visit = Visit.objects.get()
    assert sorted(place.name_en for place in visit.places_shown.all()) == sorted(told["places_shown"])
    assert Facility.objects.count() == 2
    assert set(Participant.objects.values_list("name", "title", "part")) == {
        ("Li Kangju", "President", "leads"),
        ("Qiao Dongxu", "General Manager", "leads"),
    }
    assert names(VisitTopic) == told["topics"]
    assert list(Intention.objects.values_list("kind", "class_of")) == [
        ("jobs", 2023),
        ("internships", 2024),
        ("mechanism", None),
    ]
    assert Evidence.objects.get(kind="news").dated_on == date(2023, 3, 14)


def test_theatre_visits_have_no_day_and_two_leaders():
    story = tell("theatre-academy-2024")
    assert [visit.starts_on for visit in Visit.objects.all()] == [None, None]
    leading = Participant.objects.filter(side="school", part="leads").order_by("pk")
    assert list(leading.values_list("name", flat=True)) == ["Xie Wei", "Zhang Weiling"]
    assert names(Participant, side="enterprise") == ["Wang Jian'er"]
    assert names(Intention) == story["visits"][1]["intentions"]
    assert {row.dated_on for row in Evidence.objects.all()} == {date(2024, 4, 10)}


def test_theatre_campaign_has_purposes_lead_offices_class_and_activity():
    story = tell("theatre-academy-2024")
    campaign = Campaign.objects.get()
    assert campaign.class_of == 2024
    assert names(CampaignPoint, kind="purpose") == story["campaign"]["purposes"]
    assert names(CampaignPoint, kind="lead_office") == story["campaign"]["lead_offices"]
    assert [event.name for event in campaign.events.all()] == ["Education through Employment"]


def test_trip_has_its_days_party_offices_and_stops():
    tell("nanchong-trip")
    trip = Trip.objects.get()
    assert (trip.starts_on, trip.ends_on, trip.is_year_assumed) == (date(2025, 5, 16), date(2025, 5, 19), True)
    assert [(m.name, m.title, m.leads) for m in trip.party.all()] == [("Kou Delin", "Chairman of the college", True)]
    assert {office.name_en for office in trip.offices.all()} == {"School-Enterprise Cooperation Centre", "Secretariat"}
    provinces = [visit.enterprise.province.name_en for visit in trip.visits.order_by("pk")]
    assert provinces == ["Anhui", "Jiangsu"]
    assert names(VisitTopic, kind="agenda") == [
        "walk through the water source and the production line",
        "symposium on school-enterprise cooperation",
    ]


def test_trip_agreements_carry_no_day_that_the_account_does_not_give():
    tell("nanchong-trip")
    agreements = Agreement.objects.order_by("pk")
    assert [(a.signed_on, a.starts_on, a.state) for a in agreements] == [(None, None, "signed")] * 2
    assert [agreement.visits.count() for agreement in agreements] == [1, 1]


def test_trip_programmes_have_features_outcomes_money_aims_and_mechanisms():
    story = tell("nanchong-trip")
    assert set(ProgrammeFeature.objects.values_list("programme__kind", "kind", "name")) == {
        ("industry_college", "mode", "modern apprenticeship"),
        ("industry_college", "skill", "industrial robot operation"),
        ("industry_college", "skill", "intelligent equipment maintenance"),
        ("industry_college", "new_major", "Industrial Internet Technology"),
        ("industry_college", "new_major", "Intelligent Equipment Design"),
        ("industry_college", "module", "modular curriculum"),
        ("training_base", "module", "industrial robot debugging"),
        ("training_base", "module", "PLC control"),
        ("order_class", "term", "enrolment is recruitment"),
        ("order_class", "term", "those who pass the assessment join the company"),
    }
    outcomes = ProgrammeOutcome.objects.order_by("pk").values_list("measure", "number", "is_minimum")
    assert [(m, float(n), least) for m, n, least in outcomes] == [
        ("trained", 150, True),
        ("employment_rate", 0.85, False),
    ]
    assert Investment.objects.get().programme.name == "Intelligent Equipment Operation and Maintenance Training Centre"
    target = AnnualTarget.objects.get()
    assert (target.number, target.unit) == (50, "mentors")
    assert names(CampaignPoint, kind="mechanism") == story["mechanisms"]
    assert set(Intention.objects.values_list("kind", "state")) == {
        ("order_class", "agreed"),
        ("programme", "agreed"),
        ("training_base", "agreed"),
        ("joint_application", "agreed"),
    }


def test_trip_money_and_rate_print_what_the_account_says_of_them(client):
    story = tell("nanchong-trip")
    told = story["trip"]["stops"][1]["existing"]
    assert (told["trained"], told["trained_is"], told["high_quality_employment_rate"]) == (150, "more than", 0.85)
    User.objects.update(language="en")
    client.force_login(User.objects.filter(role_grants__role="officer").first())
    with translation.override("en"):
        rows = client.get("/programmes/", headers={"accept-language": "en"}).context["page"].object_list
        shown = {row.name: (str(row.total.trained), row.total.rate_words) for row in rows if row.total}
        assert shown == {told["name"]: ("more than 150", "85 % (of more than 150 trained; the source gives no number)")}
    assert list(Investment.objects.values_list("promised", "kind", "enterprise__name_en")) == [
        (5_000_000, "unspecified", "Huirun Group")
    ]


def test_communities_have_members_roles_people_resolutions_plaques_and_shares():
    story = tell("nanchong-communities")
    assert Membership.objects.count() == 6
    assert Membership.objects.filter(is_our_school=True, role="chair", province__name_en="Sichuan").count() == 2
    conference = story["founding_conference"]
    assert names(MeetingPerson) == ["He Weidong", *(who["name"] for who in conference["speakers"])]
    assert list(Resolution.objects.values_list("subject", flat=True)) == conference["approved"]
    assert list(Plaque.objects.values_list("awarded_to", flat=True)) == [p["to"] for p in story["plaques"]]
    assert SharedResource.objects.count() == 6
    agreement = Agreement.objects.get()
    assert [field.name for field in agreement.fields.all()] == [
        "textbook development",
        "construction of teaching resources",
    ]
    assert (agreement.kind.code, agreement.signed_on) == ("strategic", None)
