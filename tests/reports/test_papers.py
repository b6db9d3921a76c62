"""A paper of several portions reads as one."""

import io

import pytest
from pypdf import PdfReader

from reports.papers import pdf
from reports.papers.about import About
from reports.papers.paper import Paper, table

pytestmark = pytest.mark.django_db
ABOUT = About("", "The definition.", [], [("As of", "today")], [])


def pages(paper: Paper) -> list[str]:
    with pdf.paper_pdf(paper) as file:
        return [page.extract_text() for page in PdfReader(io.BytesIO(_read(file))).pages]


def _read(file) -> bytes:
    file.seek(0)
    return file.read()


def test_a_table_of_three_portions_goes_on_under_its_head_and_its_pages_are_numbered(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdf, "PORTION", 4)
    rows = ([f"企业{number}", number] for number in range(10))
    ticks: list[int] = []
    paper = Paper("登记册", "全部", ABOUT, parts=[table("协议", ["名称", "数"], rows)])

    with pdf.paper_pdf(paper, tick=lambda: ticks.append(1)) as file:
        found = [page.extract_text() for page in PdfReader(io.BytesIO(_read(file))).pages]

    assert [sum(f"企业{number}" in "".join(page.split()) for number in range(10)) for page in found] == [4, 4, 2]
    assert [page.count("名称") for page in found] == [1, 1, 1]
    assert [page.count("登记册") for page in found] == [2, 1, 1]  # title and foot
    assert ["The definition." in page for page in found] == [False, False, True]
    assert [page.split()[-1] for page in found] == ["1", "2", "3"]
    assert len(ticks) == 3


def test_a_short_paper_says_how_many_pages_it_has_and_that_nothing_is_on_file():
    (page,) = pages(Paper("Register", "All", ABOUT, parts=[table("", ["Name"], [])]))

    assert "Nothing on file." in page
    assert page.rstrip().endswith("1 / 1")
