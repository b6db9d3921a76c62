"""What machines read: the feed, structured data, the map of the site."""

import json
import re
from datetime import date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from following.structured import job_posting_facts
from partnerships.models.codes import Province
from placements.choices import PayPeriod, PostingKind, PostingState, WorkMode
from tests.factories.partnerships import EnterpriseFactory
from tests.factories.placements import PostingFactory

pytestmark = pytest.mark.django_db
EVIL = "</script><script>alert(1)</script> & <b>bold</b>"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def structured(page):
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return [json.loads(text) for text in found]


@pytest.fixture(autouse=True)
def _visitors_read_english(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


def test_a_visitor_s_page_carries_the_posting_as_schema_org_says(client, settings):
    settings.SITE_URL = "https://portal.example"
    sichuan = Province.objects.create(code="51", name_zh="四川省", name_en="Sichuan")
    posting = PostingFactory(
        title_en="Editor", description="Cut & grade", description_en="", province=sichuan, city="Chengdu",
        pay_min=200, pay_max=260, pay_period=PayPeriod.DAY, headcount=4, starts_on=date(2027, 3, 1),
        closes_on=date(2030, 12, 31), enterprise=EnterpriseFactory(name_en="Huirun"),
    )  # fmt: skip

    (facts,) = structured(client.get(f"/postings/{posting.pk}/").content.decode())

    assert facts == {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "Editor",
        "description": "<p>Cut &amp; grade</p>",
        "identifier": {"@type": "PropertyValue", "name": "Partnership portal", "value": str(posting.pk)},
        "datePosted": "2026-01-01T16:00:00+08:00",
        "validThrough": "2030-12-31T23:59:59+08:00",
        "employmentType": "INTERN",
        "hiringOrganization": {"@type": "Organization", "name": "Huirun"},
        "totalJobOpenings": 4,
        "directApply": True,
        "url": f"https://portal.example/postings/{posting.pk}/",
        "jobStartDate": "2027-03-01",
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressCountry": "CN",
                "addressRegion": "Sichuan",
                "addressLocality": "Chengdu",
            },
        },
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "CNY",
            "value": {"@type": "QuantitativeValue", "unitText": "DAY", "minValue": 200, "maxValue": 260},
        },
    }


def test_nothing_typed_ends_the_script_or_becomes_markup(client):
    posting = PostingFactory(title_en=EVIL, description=EVIL)

    page = client.get(f"/postings/{posting.pk}/").content.decode()

    (facts,) = structured(page)
    assert facts["title"] == EVIL
    assert "<script>" not in facts["description"]
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ({"kind": PostingKind.JOB}, "employmentType", "FULL_TIME"),
        ({"kind": PostingKind.CAMPUS}, "employmentType", "FULL_TIME"),
        ({"mode": WorkMode.REMOTE}, "jobLocationType", "TELECOMMUTE"),
        ({"mode": WorkMode.REMOTE}, "applicantLocationRequirements", {"@type": "Country", "name": "CN"}),
        (
            {"province": None, "city": ""},
            "jobLocation",
            {"@type": "Place", "address": {"@type": "PostalAddress", "addressCountry": "CN"}},
        ),
        ({"province": None, "city": "", "mode": WorkMode.REMOTE}, "jobLocation", None),
        ({}, "applicantLocationRequirements", None),
        ({}, "baseSalary", None),
        ({}, "jobStartDate", None),
        ({"city": "成都"}, "jobLocationType", None),
        (
            {"pay_min": 5000, "pay_max": 5000},
            "baseSalary",
            {
                "@type": "MonetaryAmount",
                "currency": "CNY",
                "value": {"@type": "QuantitativeValue", "unitText": "MONTH", "value": 5000},
            },
        ),
    ],
)
def test_what_is_not_known_is_left_out(fields, name, value):
    assert job_posting_facts(PostingFactory(**fields)).get(name) == value


def test_what_has_ended_or_is_not_open_yet_is_not_structured(client, student):
    posting = PostingFactory(opens_on=timezone.localdate() + timedelta(days=2))
    client.force_login(student)

    assert structured(client.get(f"/postings/{posting.pk}/").content.decode()) == []


def tree_of(answer):
    return ElementTree.fromstring(answer.content)  # noqa: S314  our own words


def items(client, address):
    answer = client.get(address)
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    return [{field.tag: field.text for field in item} for item in tree_of(answer).iter("item")]


def test_the_feed_holds_open_postings_newest_first_by_the_filters_of_the_list(client):
    old = PostingFactory(title_en="Old", kind=PostingKind.JOB)
    new = PostingFactory(
        title_en="New",
        kind=PostingKind.JOB,
        published_at=datetime(2026, 6, 1, 8, tzinfo=timezone.get_default_timezone()),
    )
    PostingFactory(title_en="Intern")
    PostingFactory(title_en="Draft", kind=PostingKind.JOB, state=PostingState.DRAFT)
    PostingFactory(title_en="Over", kind=PostingKind.JOB, opens_on=None, closes_on=date(2020, 1, 1))

    found = items(client, "/postings/feed.xml?kind=job")

    assert [item["title"] for item in found] == [f"New – {new.enterprise}", f"Old – {old.enterprise}"]
    assert found[0]["guid"] == f"posting-{new.pk}"
    assert found[0]["link"].endswith(f"/postings/{new.pk}/")
    assert found[0]["pubDate"] == "Mon, 01 Jun 2026 00:00:00 +0000"


def test_the_feed_shows_typed_markup_as_text(client):
    PostingFactory(description=EVIL)

    (item,) = items(client, "/postings/feed.xml")

    assert "<script" not in item["description"]
    assert "&lt;script&gt;" in item["description"]


def test_the_feed_is_the_same_for_staff(client, officer):
    PostingFactory(state=PostingState.DRAFT)
    client.force_login(officer)

    assert items(client, "/postings/feed.xml?state=draft") == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_feed_takes_the_same_queries_for_any_number(client, rows, django_assert_num_queries):
    PostingFactory.create_batch(rows)

    with django_assert_num_queries(3):  # postings, their majors, school
        assert len(items(client, "/postings/feed.xml")) == rows


def locations(client, address):
    return [place.text for place in tree_of(client.get(address)).iter(f"{MAP}loc")]


def test_the_map_of_the_site_lists_what_visitors_see(client):
    posting = PostingFactory()
    PostingFactory(state=PostingState.DRAFT)
    PostingFactory(opens_on=None, closes_on=date(2020, 1, 1))

    assert locations(client, "/sitemap.xml") == [
        "http://testserver/sitemap-pages.xml",
        "http://testserver/sitemap-postings.xml",
    ]
    assert locations(client, "/sitemap-pages.xml") == ["http://testserver/", "http://testserver/postings/"]
    assert locations(client, "/sitemap-postings.xml") == [f"http://testserver/postings/{posting.pk}/"]
    assert client.get("/sitemap-people.xml").status_code == 404


def test_robots_may_read_postings_and_nothing_else(client, settings):
    settings.SITE_URL = "https://portal.example"

    answer = client.get("/robots.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert lines[:4] == ["User-agent: *", "Disallow: /", "Allow: /$", "Allow: /postings/$"]
    assert lines[-1] == "Sitemap: https://portal.example/sitemap.xml"


def test_the_manifest_names_the_school_and_icons_that_are_there(client):
    answer = client.get("/manifest.webmanifest")

    assert answer["Content-Type"] == "application/manifest+json"
    facts = answer.json()
    assert (facts["short_name"], facts["start_url"], facts["display"]) == ("Partnership portal", "/", "standalone")
    assert [(icon["sizes"], icon["purpose"]) for icon in facts["icons"]] == [
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"),
    ]  # fmt: skip
    assert 'rel="manifest"' in client.get("/").content.decode()
