"""Papers kept with an enterprise's file."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partnerships.choices.timeline import TimelineKind
from partnerships.models.notes import EnterpriseFile
from partnerships.models.timeline import TimelineEntry
from partnerships.services import notes
from tests.factories.accounts import CollegeFactory
from tests.factories.partnerships import AgreementFactory, EnterpriseFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TOKEN = "00000000-0000-4000-8000-000000000001"
PDF = b"%PDF-1.7\n%paper"


def page(name, record):
    return reverse(f"partnerships:{name}", args=[record.pk])


def upload(name="licence.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def test_a_paper_is_kept_read_and_told_of(client, college_staff, leader):
    enterprise = EnterpriseFactory()
    client.force_login(college_staff)
    said = {"form_token": TOKEN, "name": "营业执照", "file": upload()}

    response = client.post(page("paper_new", enterprise), said)

    paper = EnterpriseFile.objects.get()
    assert response["Location"] == page("papers", enterprise)
    assert (paper.name, paper.uploaded_by, paper.enterprise) == ("营业执照", college_staff, enterprise)
    entry = TimelineEntry.objects.get()
    assert (entry.kind, entry.text, entry.link) == (TimelineKind.FILE_ADDED, "营业执照", page("papers", enterprise))
    client.force_login(leader)
    download = client.get(page("paper", paper))
    assert b"".join(download.streaming_content) == PDF
    assert download["Content-Disposition"].startswith("attachment")
    assert paper.file_name == "营业执照.pdf"
    download.close()


def test_a_paper_that_is_not_what_its_name_says_is_refused(client, officer):
    enterprise = EnterpriseFactory()
    client.force_login(officer)

    response = client.post(
        page("paper_new", enterprise), {"form_token": TOKEN, "name": "执照", "file": upload(content=b"<html>")}
    )

    assert list(response.context["form"].errors) == ["file"]
    assert not EnterpriseFile.objects.exists()
    assert not TimelineEntry.objects.exists()


def test_leaders_read_papers_and_add_none(client, leader):
    enterprise = EnterpriseFactory()
    client.force_login(leader)

    response = client.post(page("paper_new", enterprise), {"form_token": TOKEN, "name": "执照", "file": upload()})

    assert response.status_code == 403
    assert not EnterpriseFile.objects.exists()


def paper_of(enterprise, by):
    return notes.file_paper(enterprise, name="宣传册", file=upload("brochure.pdf"), by=by, at=NOW)


def test_the_office_removes_a_paper_and_it_stays_in_the_history(client, officer):
    paper = paper_of(EnterpriseFactory(), officer)
    client.force_login(officer)

    response = client.post(page("paper_remove", paper))

    assert response["Location"] == page("papers", paper.enterprise)
    assert not EnterpriseFile.objects.exists()
    kinds = TimelineEntry.objects.order_by("pk").values_list("kind", "text")
    assert list(kinds) == [(TimelineKind.FILE_ADDED, "宣传册"), (TimelineKind.FILE_REMOVED, "宣传册")]
    kept = EnterpriseFile.history.rel.related_model.objects.filter(pgh_label="delete").get()
    assert (kept.name, paper.file.storage.exists(kept.file.name)) == ("宣传册", True)


def test_staff_of_a_college_remove_no_paper(client, college_staff):
    paper = paper_of(EnterpriseFactory(), college_staff)
    client.force_login(college_staff)

    assert client.post(page("paper_remove", paper)).status_code == 404
    with pytest.raises(PermissionDenied):
        notes.remove_paper(paper, by=college_staff, at=NOW)

    assert EnterpriseFile.objects.count() == 1


@pytest.mark.parametrize("who", ["student", "stranger"])
def test_for_others_there_is_nothing(request, client, officer, who):
    paper = paper_of(EnterpriseFactory(), officer)
    client.force_login(request.getfixturevalue(who))

    gets = [("papers", paper.enterprise), ("paper", paper), ("paper_new", paper.enterprise)]
    posts = [("paper_new", paper.enterprise), ("paper_remove", paper)]

    assert [client.get(page(*each)).status_code for each in gets] == [404] * 3
    assert [client.post(page(*each)).status_code for each in posts] == [404] * 2
    assert EnterpriseFile.objects.count() == 1


def test_files_of_agreements_are_listed_for_who_may_read_them(client, officer, college_staff):
    enterprise = EnterpriseFactory()
    for title, colleges in [("全校", []), ("他院", [CollegeFactory()])]:
        agreement = AgreementFactory(enterprise=enterprise, title=title)
        agreement.colleges.set(colleges)
        agreement.files.create(kind="draft", file="a.pdf", name=f"{title}.pdf", uploaded_at=NOW)

    listed = {}
    for user in (officer, college_staff):
        client.force_login(user)
        files = client.get(page("papers", enterprise)).context["agreement_files"]
        listed[user] = sorted(file.name for file in files)

    assert listed == {officer: ["他院.pdf", "全校.pdf"], college_staff: ["全校.pdf"]}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_papers_cost_the_same_for_any_number(client, officer, django_assert_num_queries, rows):
    enterprise = EnterpriseFactory()
    for _ in range(rows):
        paper_of(enterprise, officer)
        AgreementFactory(enterprise=enterprise).files.create(kind="draft", file="a.pdf", name="a.pdf", uploaded_at=NOW)
    client.force_login(officer)

    # session, person, roles, enterprise, count, papers, files of agreements, school, inbox
    with django_assert_num_queries(9):
        response = client.get(page("papers", enterprise))

    assert response.content.decode().count('<td class="cell-title">') == rows
