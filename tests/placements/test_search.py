"""Search of postings: what is found, in which order, and what the filters say."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from partnerships.models.enterprises import FormerName
from placements.choices import PostingState
from placements.models.postings import Posting
from placements.models.words import KnownWord
from tests.factories.accounts import MajorFactory
from tests.factories.partnerships import EnterpriseFactory, ProvinceFactory
from tests.factories.placements import PostingFactory

pytestmark = pytest.mark.django_db
LIST = "/postings/"


def plain(**fields):
    """A posting that says nothing but what the test gives it."""
    of = {"title": "会计", "title_en": "", "description": "-", **fields}
    if "enterprise" not in of:
        of["enterprise"] = EnterpriseFactory(legal_name="南充远大", name_en="", short_name="")
    return PostingFactory(**of)


def found(client, words, **filters):
    return [row.posting.title for row in client.get(LIST, {"find": words, **filters}).context["rows"]]


def page_of(client, **query):
    return client.get(LIST, query).context


@pytest.fixture
def wanted():
    enterprise = EnterpriseFactory(legal_name="成都启明科技", name_en="Daybreak Pictures", short_name="启光")
    FormerName.objects.create(enterprise=enterprise, name="锦城电影厂")
    plain()
    return plain(
        title="影视后期实习生",
        title_en="Colour grading intern",
        description="每天整理素材",
        description_en="Sorting of footage",
        enterprise=enterprise,
        city="绵阳",
        province=ProvinceFactory(code="510000", name_zh="四川省", name_en="Sichuan"),
        skills=["达芬奇", "Premiere"],
    )


@pytest.mark.parametrize(
    "words",
    [
        "影视", "视后", "grading", "COLOUR gra", "素材", "footage",  # title and text
        "启明", "科技", "daybreak", "启光", "电影",  # the enterprise: legal, English, short and former name
        "绵阳", "四川", "sichuan", "芬奇", "premiere",  # place and skills
        "yingshi", "ys", "yshq", "yingshihouqi", "yingsh", "houqi", "qiming", "qmkj", "mianyang", "dafenqi", "sucai",
        "启明 影视 绵阳", "ＣＯＬＯＵＲ", "影视grading",
    ],
)  # fmt: skip
def test_any_part_of_it_finds_a_posting(client, wanted, words):
    assert found(client, words) == [wanted.title]


@pytest.mark.parametrize("words", ["影视后其", "应视", "影视候奇", "gradding", "Daybraek", "premire", "影视后勤生"])
def test_a_typing_error_finds_it_and_is_told(client, wanted, words):
    page = page_of(client, find=words)

    assert [row.posting for row in page["rows"]] == [wanted]
    assert page["found"].near == 1


def test_what_is_alike_stands_behind_what_has_the_words_and_only_where_that_is_little(client):
    for _ in range(2):
        plain(title="设计")
    plain(title="涉及")
    assert found(client, "设计") == ["设计", "设计", "涉及"]

    plain(title="设计")

    assert found(client, "设计") == ["设计", "设计", "设计"]


@pytest.mark.parametrize(
    "words",
    ["'", "\"'\\", "%", "100%", "_",
     "a'b", "'; DROP TABLE", "😀", "😀影视", "!!&|()<->:*", "\x00", "影" * 5000, "a" * 5000,
     "x " * 2500, "\u202e", "ü", "(影视", "~"],
)  # fmt: skip
def test_weird_words_are_only_words(client, wanted, words):
    response = client.get(LIST, {"find": words})

    assert response.status_code == 200
    assert Posting.objects.count() == 2


def test_nothing_is_read_into_words_without_letters(client):
    plain()

    page = page_of(client, find="！？😀")

    assert (page["rows"], page["found"].counts) == ([], {})


def test_a_title_beats_a_text_and_a_fresh_one_an_old_one(client):
    for number, (title, text) in enumerate([("旧设计", "-"), ("会计", "设计"), ("新设计", "-"), ("出纳", "设计")]):
        plain(title=title, description=text, published_at=datetime(2026, 1, 1 + number, tzinfo=UTC))

    assert found(client, "设计") == ["新设计", "旧设计", "出纳", "会计"]
    assert found(client, "设计", sort="new") == ["出纳", "新设计", "会计", "旧设计"]


def test_of_equal_ones_those_for_my_major_come_first(client, student):
    mine = student.student_profile.major
    rows = {title: plain(title=title) for title in ("设计一", "设计二", "设计三")}
    rows["设计三"].majors.set([MajorFactory(code="990101")])
    rows["设计一"].majors.set([mine])
    Posting.objects.filter(title="设计二").update(major_classes=["98"])
    text = plain(title="会计", description="设计")
    text.majors.set([mine])

    assert found(client, "设计") == ["设计三", "设计二", "设计一", "会计"]
    client.force_login(student)
    assert found(client, "设计") == ["设计一", "设计三", "设计二", "会计"]


def test_without_words_too_those_for_my_major_come_first_unless_another_order_is_asked_for(client, student):
    rows = {title: plain(title=title) for title in ("甲", "乙", "丙")}
    rows["丙"].majors.set([MajorFactory(code="990101")])
    rows["甲"].majors.set([student.student_profile.major])
    assert found(client, "") == ["丙", "乙", "甲"]

    client.force_login(student)

    assert found(client, "") == ["乙", "甲", "丙"]
    assert found(client, "", sort="new") == ["丙", "乙", "甲"]


def test_a_broad_class_takes_in_its_majors_and_what_is_open_to_all(client):
    major = MajorFactory(code="560202")
    MajorFactory(code="410101")
    plain(title="甲").majors.set([major])
    plain(title="乙", major_classes=["56"])
    plain(title="丙", major_classes=["41"])
    plain(title="丁")

    assert found(client, "", broad_class="56") == ["丁", "乙", "甲"]
    assert found(client, "", major="560202") == ["丁", "乙", "甲"]
    assert found(client, "", major="410101") == ["丁", "丙"]


def test_a_student_finds_open_ones_only_and_staff_all(client, student, officer):
    plain(title="设计开")
    plain(title="设计稿", state=PostingState.DRAFT)
    plain(title="设计过", closes_on=timezone.localdate() - timedelta(days=1))
    client.force_login(student)
    for query in ({}, {"state": "draft"}, {"find": "涉计", "state": "draft"}):
        assert [row.posting.title for row in page_of(client, **{"find": "设计", **query})["rows"]] == ["设计开"]

    client.force_login(officer)

    assert sorted(found(client, "设计")) == ["设计开", "设计稿", "设计过"]
    assert found(client, "设计", state="draft") == ["设计稿"]


def choices_of(page, name):
    return [label for _key, label in page["form"].fields[name].widget.choices]


def test_each_choice_says_how_many_it_leaves_with_the_other_filters_kept(client):
    for kind, mode, low, year in (
        ("job", "remote", 4000, 2027),
        ("job", "on_site", 9000, None),
        ("internship", "remote", None, 2026),
    ):
        plain(kind=kind, mode=mode, pay_min=low, pay_max=low, class_of=year)

    page = page_of(client, kind="job")

    assert choices_of(page, "kind") == ["All kinds", "Internship (1)", "Job (2)", "Campus recruitment (0)"]
    assert choices_of(page, "mode") == ["On site or remote", "On site (1)", "Partly remote (0)", "Remote (1)"]
    assert choices_of(page, "pay_from")[:5] == [
        "Any pay", "from 2,000 yuan (2)", "from 3,000 yuan (2)", "from 4,000 yuan (2)", "from 5,000 yuan (1)",
    ]  # fmt: skip
    assert dict(page["form"].fields["class_of"].widget.choices)["2027"] == "2027 (2)"
    assert [(chip.name, chip.value) for chip in page["form"].chips] == [("kind", "Job")]


def test_beyond_what_is_read_the_counts_say_that_there_are_more(client, monkeypatch):
    monkeypatch.setattr("placements.selectors.search.MOST_WITH_WORDS", 3)
    for _ in range(4):
        plain(title="设计", kind="job")

    page = page_of(client, find="设计")

    assert (len(page["rows"]), page["found"].has_more) == (3, True)
    assert "Job (3+)" in choices_of(page, "kind")


@pytest.mark.parametrize(("pay", "period"), [(150, "day"), (20, "hour"), (3200, "month"), (40000, "year")])
def test_pay_is_compared_by_the_month(client, pay, period):
    plain(title="够", pay_min=pay, pay_max=pay, pay_period=period)
    plain(title="不够", pay_min=2000, pay_max=2900)

    assert found(client, "", pay_from="3000") == ["够"]


def test_filters_that_are_not_offered_narrow_nothing(client):
    plain(title="甲")

    senseless = {"kind": "x", "province": "9" * 30, "class_of": "20２7", "pay_from": "-1", "major": "'", "page": "x"}
    page = page_of(client, enterprise="9" * 40, **senseless)

    assert [row.posting.title for row in page["rows"]] == ["甲"]
    assert page["form"].chips == []


def test_an_enterprise_is_named_only_by_its_open_postings(client):
    closed = plain(title="甲", state=PostingState.DRAFT)
    shown = plain(title="乙")

    assert page_of(client, enterprise=closed.enterprise_id)["form"].chips == []
    chips = page_of(client, enterprise=shown.enterprise_id)["form"].chips
    assert [chip.value for chip in chips] == [str(shown.enterprise)]


def test_a_new_name_of_the_enterprise_finds_its_postings_at_once(client):
    posting = plain(title="甲")
    version = posting.version
    posting.enterprise.legal_name = "新锐动画"
    posting.enterprise.save()

    assert (found(client, "动画"), found(client, "xrdh"), found(client, "远大")) == (["甲"], ["甲"], [])
    FormerName.objects.create(enterprise=posting.enterprise, name="南充远大").save()
    assert found(client, "远大") == ["甲"]
    posting.refresh_from_db()
    assert posting.version == version
    assert posting.history.count() == 1


def test_a_word_is_learned_once(client):
    plain(title="甲", title_en="Zoologist")
    plain(title="乙", title_en="Zoologist")

    assert KnownWord.objects.filter(word="zoologist").count() == 1


@pytest.mark.parametrize("rows", [3, 5])  # below three, what is alike is looked for as well
@pytest.mark.parametrize(("reader", "queries"), [("visitor", 5), ("student", 10), ("officer", 9)])
def test_a_search_costs_the_same_for_any_number_of_rows(
    client, request, django_assert_num_queries, rows, reader, queries
):
    for _ in range(rows):
        plain(title="设计", kind="job", closes_on=date(2030, 1, 1)).majors.set([MajorFactory(), MajorFactory()])
    if reader != "visitor":
        client.force_login(request.getfixturevalue(reader))

    with django_assert_num_queries(queries):
        response = client.get(LIST, {"find": "设计", "kind": "job"})

    assert len(response.context["rows"]) == rows
