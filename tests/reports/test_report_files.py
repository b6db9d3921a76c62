"""What stands in the workbook and the PDF, cell by cell."""

import io
from datetime import date

import pytest
from django.utils import translation
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from accounts.models.people import User
from accounts.models.school import School
from partnerships.models.contacts import Contact
from reports.figures.catalogue import FIGURES
from reports.papers.about import About
from reports.papers.pdf import paper_pdf
from reports.selectors.campaign_report import Contents, Gathering
from reports.workbook import CampaignBook
from tests.factories.accounts import CollegeFactory, MajorFactory
from tests.factories.partnerships import FlagFactory
from tests.factories.visits import CampaignTargetFactory, OutcomeFactory, VisitFactory
from tests.reports.world import NOW, World, one_of_everything
from visits.choices import Measure, VisitState
from visits.models.campaigns import ReportedTotal

pytestmark = pytest.mark.django_db
ABOUT = About("", "", [], [], [])


@pytest.fixture
def world() -> World:
    """One visit with two majors, one visit that brought nothing."""
    world = one_of_everything(1)
    (visit,) = world.visits
    college = CollegeFactory(name_zh="影视学院", name_en="School of Film")
    outcome = visit.outcomes.get()
    outcome.major.code, outcome.major.name_zh, outcome.major.name_en = "560209", "影视动画", "Film Animation"
    outcome.major.college = college
    outcome.major.save()
    outcome.post_pay, outcome.internship_pay = 4500, 2000
    outcome.save()
    second = MajorFactory(code="056021", name_zh="影视制作", name_en="Film Production", college=college)
    OutcomeFactory(visit=visit, major=second, posts=0, internships=3)
    enterprise = visit.enterprise
    enterprise.legal_name, enterprise.name_en = "=HYPERLINK(1)有限公司", ""
    enterprise.credit_code, enterprise.staff_count = "091510700MA6ABCDEF", 120
    enterprise.save()
    enterprise.flags.add(FlagFactory())
    Contact.objects.create(enterprise=enterprise, name="李娜", phone="013900000000", is_primary=True)
    visit.minutes, visit.feedback = "谈到实习", "多做项目"
    visit.save()
    world.visits.append(VisitFactory(state=VisitState.HELD, starts_on=date(2026, 11, 30)))
    world.visits[1].campaigns.add(world.campaign)
    return world


def contents(world: World, user: User) -> Contents:
    gathering = Gathering(world.campaign, user, NOW)
    assert len(list(gathering.gather())) == gathering.steps
    return gathering.contents


def sheets(world: World, user: User, language: str = "en") -> dict[str, list[list[object]]]:
    with translation.override(language):
        gathered, book = contents(world, user), CampaignBook()
        book.take(gathered.lines)
        file = book.done(gathered, ABOUT)
    book = CalamineWorkbook.from_filelike(io.BytesIO(file))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_ledger_has_a_row_for_each_visit_and_major(world: World, officer: User):
    rows = sheets(world, officer)["Ledger"]

    first, second, third = (dict(zip(rows[0], row, strict=True)) for row in rows[1:])
    follow_up = world.visits[0].follow_ups.get()
    assert first == {
        "No.": 1,
        "Campaigns": world.campaign.name,
        "Date": date(2026, 11, 20),
        "Direction": "Going out",
        "Medium": "On site",
        "State": "Reported",
        "Enterprise": "=HYPERLINK(1)有限公司",
        "Unified social credit code": "091510700MA6ABCDEF",
        "Province": "Sichuan",
        "City": "成都",
        "Nature of unit": "Other enterprises",
        "Industry": "Information transmission, software and IT services",
        "Number of staff": 120,
        "First visit": "yes",
        "Alumni enterprise": "yes",
        "Led by": "陈立",
        "Leader's position": "副校长",
        "Participants": "",
        "College": "School of Film",
        "Received by": "李总",
        "Host's position": "总经理",
        "Contact": "李娜",
        "Phone": "013900000000",
        "What was said": "谈到实习",
        "Major code": "560209",
        "Major": "Film Animation",
        "Level": "Vocational diploma",
        "Posts": 5,
        "Average pay": "",
        "Graduates it means to take": "",
        "Starting pay": 4500,
        "Internships": 10,
        "Internship pay": 2000,
        "Practice base built": "yes",
        "Agreement": "yes",
        "Recruits on campus": "no",
        "Form of result": "",
        "Intentions": "共建实习基地",
        "Feedback on teaching": "多做项目",
        "Follow-ups": f"{follow_up.what} ({follow_up.owner.name_en}, 2026-12-01, Open)",
        "Evidence": "Talent-demand report: 人才需求调研报告",
    }
    assert (second["No."], second["Major code"], second["Posts"], second["Starting pay"]) == (2, "056021", 0, "")
    assert (third["No."], third["Major code"], third["Posts"], third["Led by"]) == (3, "", "", "")


def test_the_platform_sheet_has_its_27_fields_with_codes_as_text(world: World, officer: User):
    rows = sheets(world, officer)["Data platform"]

    names = [heading.rpartition("(")[2].rstrip(")") for heading in rows[0]]
    row = dict(zip(names, rows[1], strict=True))
    assert len(names) == 27
    assert row == {
        "zjsjwyxbs": f"FQTG{world.visits[0].pk:08}001",
        "xxdm": "",
        "zfqymc": "=HYPERLINK(1)有限公司",
        "zfqydm": "091510700MA6ABCDEF",
        "xqzydm": "560209",
        "xqzymc": "影视动画",
        "xqzycc": "",
        "ktggws": 5,
        "pjxc": "",
        "qtbfr": "陈立",
        "zw": "副校长",
        "bfsj": "20261120",
        "qyjdr": "李总",
        "jdrzw": "总经理",
        "ftzyxs": "",
        "jssxszydm": "560209",
        "jssxszymc": "影视动画",
        "jssxszycc": "",
        "jssxszyrs": 10,
        "jssxszybc": 2000,
        "jsxsjyzydm": "560209",
        "jsxsjyzymc": "影视动画",
        "jsxsjyzycc": "",
        "jsxsjyrs": 5,
        "jsxsjyqxx": 4500,
        "qtdcyxhz": "共建实习基地",
        "sjcjsj": "20261210",
    }
    without_posts = dict(zip(names, rows[2], strict=True))
    assert (without_posts["jssxszydm"], without_posts["jsxsjyzydm"], without_posts["xqzydm"]) == (
        "056021",
        "",
        "056021",
    )


def test_the_figures_sheet_prints_numerator_denominator_target_and_definition(world: World, officer: User):
    CampaignTargetFactory(campaign=world.campaign, measure=Measure.VISITS, number=100)
    ReportedTotal.objects.create(campaign=world.campaign, measure=Measure.ENTERPRISES, number=219, is_minimum=True)

    rows = sheets(world, officer)["Figures"]

    head, found = rows[0], {row[0]: row for row in rows[1:]}
    assert head == [
        "Figure", "Number", "Of", "What it is of", "Rows on file", "Target", "Unit", "Definition", "Campaign", "As of",
    ]  # fmt: skip
    assert len(found) == len(FIGURES)
    assert found["Visits"][1:6] == [2, "", "", "", 100]
    assert found["Newly opened enterprises"][1:4] == [2, 2, "enterprises visited"]
    assert found["Distinct enterprises"][1:5] == ["219+", "", "", 2]
    assert found["Visits"][8] == str(world.campaign)
    assert found["Agreements in force"][8] == "the whole school"


def test_headings_are_in_the_language_of_the_report(world: World, officer: User):
    with translation.override("zh-hans"):
        sheets_in_english = ("Ledger", "Data platform", "Kinds of visits", "Figures", "About")
        expected = [str(translation.gettext(word)) for word in sheets_in_english]
    found = sheets(world, officer, "zh-hans")

    assert list(found) == expected
    assert "四川省" in found[expected[0]][1]
    assert "影视动画" in found[expected[0]][1]


def test_college_staff_see_in_the_ledger_only_agreements_that_they_may_see(world: World, college_staff: User):
    agreement = world.visits[0].agreements.get()
    agreement.colleges.add(CollegeFactory())

    rows = sheets(world, college_staff)["Ledger"]

    assert rows[1][rows[0].index("Agreement")] == "no"


def test_the_pdf_says_the_same_in_chinese(world: World, officer: User):
    School.objects.create(pk=1, name_zh="南充影视职业学院", name_en="Nanchong")
    pdf = pdf_of(world, officer, "zh-hans")

    reader = PdfReader(io.BytesIO(pdf))
    text = "".join(page.extract_text() for page in reader.pages)

    assert "南充影视职业学院" in text
    assert "访企拓岗专项行动" in text
    assert "=HYPERLINK(1)有限公司" in text
    assert "实习基地协议" in text


def test_markup_in_what_people_typed_reaches_the_page_as_it_was_typed(world: World, officer: User):
    follow_up = world.visits[0].follow_ups.get()
    follow_up.what = '#panic("x") *bold* $x$ @ref'
    follow_up.save()

    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf_of(world, officer))).pages)

    assert '#panic("x") *bold* $x$ @ref' in text


def pdf_of(world: World, user: User, language: str = "en") -> bytes:
    with translation.override(language), paper_pdf(contents(world, user).paper(ABOUT)) as file:
        file.seek(0)
        return file.read()


@pytest.mark.parametrize("visits", [1, 3])
def test_gathering_asks_the_same_number_of_questions_for_any_number_of_visits(
    officer: User, django_assert_num_queries, visits: int
):
    world = one_of_everything(visits)
    assert officer.is_school_staff

    with django_assert_num_queries(136):
        contents(world, officer)


def test_the_three_counts_stand_side_by_side_in_workbook_and_pdf(officer: User):
    world = one_of_everything(2)

    rows = sheets(world, officer)["Kinds of visits"]

    assert rows[0] == ["Kind of visit", "Visits", "Person-times", "Distinct enterprises"]
    assert (rows[1], rows[-1]) == (["Going out, On site", 2, 2, 2], ["Both directions, both media", 2, 2, 2])
