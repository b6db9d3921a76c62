"""Documents made from a text: opened again, they say what was written."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn
from PIL import Image
from pypdf import PdfReader

from accounts.models.school import School
from core.errors import RuleBroken, StaleEdit
from drafting.choices import DocumentFormat, DocumentLanguage
from drafting.models.texts import Letterhead
from drafting.selectors.texts import agreement_for_text, revision_with_clauses
from drafting.services.documents import document_file, final_text
from drafting.services.letterhead import change_letterhead
from drafting.services.templates import ClauseText
from drafting.services.texts import save_text
from partnerships.choices.agreements import AgreementFileKind, AgreementState, Track
from partnerships.choices.timeline import TimelineKind
from tests.factories.drafting import begun_text
from tests.factories.partnerships import AgreementFactory, EnterpriseFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
SHARP = "R&D <设备> =SUM(A1) #strong[x] {{ 1+1"


@pytest.fixture
def agreement(officer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    School.objects.create(pk=1, name_zh="南充电影学院", name_en="Nanchong Film College")
    enterprise = EnterpriseFactory(
        legal_name="成都光影有限公司", name_en="Chengdu Light & Shadow", credit_code="91510100MA6CXXXX01"
    )
    made = AgreementFactory(
        enterprise=enterprise, title="实习基地协议", number="校企〔2026〕7号", content="共建实训室 & 互派教师",
        track=Track.NEGOTIATED,
    )  # fmt: skip
    first = begun_text(made, by=officer)
    clauses = [ClauseText(c.heading_zh, c.body_zh, c.heading_en, c.body_en, key=c.pk) for c in first.clauses.all()]
    extra = ClauseText(
        "特殊字符", SHARP.replace("{{ ", "{ ") + "\n第二段\x0b。", "Signs", "R&D <gear> =SUM(A1)\nSecond."
    )
    save_text(made, based_on=1, clauses=[*clauses, extra], note="", by=officer, at=NOON)
    return made


def made_of(agreement, officer, language, format):
    fresh = agreement_for_text(officer).get(pk=agreement.pk)
    return document_file(
        fresh, revision_with_clauses(fresh, 2), language=DocumentLanguage(language), format=DocumentFormat(format)
    )


def words_of_pdf(file):
    """All text without spaces: a PDF knows no words, only where letters stand."""
    reader = PdfReader(BytesIO(file.read()))
    return "".join("".join(page.extract_text().split()) for page in reader.pages), len(reader.pages)


def lines_of_word(file):
    document = Document(BytesIO(file.read()))
    cells = [p.text for table in document.tables for row in table.rows for c in row.cells for p in c.paragraphs]
    section = document.sections[0]
    return (
        [p.text for p in document.paragraphs] + cells,
        [p.text for p in section.header.paragraphs],
        "".join(p.text for p in section.footer.paragraphs),
        document,
    )


def test_the_chinese_word_file_says_what_was_written(agreement, officer):
    file = made_of(agreement, officer, "zh", "docx")
    lines, header, footer, document = lines_of_word(file)

    assert file.name == "实习基地协议_R2.docx"
    assert header[0].strip() == "南充电影学院"
    assert "草稿" in header
    assert lines[0] == "实习基地协议"
    assert lines[1].startswith("实习基地 · ")
    assert "甲方：南充电影学院" in lines
    assert "乙方：成都光影有限公司" in lines
    assert "统一社会信用代码：91510100MA6CXXXX01" in lines
    assert "第二条　合作内容" in lines
    assert "合作内容为：共建实训室 & 互派教师。" in lines
    assert "自2026年1月1日起至2028年12月31日止。" in lines
    assert "R&D <设备> =SUM(A1) #strong[x] { 1+1" in lines
    assert "第二段。" in lines
    assert "乙方（盖章）：成都光影有限公司" in lines
    assert "Article" not in "".join(lines)
    assert footer.startswith("校企〔2026〕7号 · ")
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "宋体"
    assert "NUMPAGES" in document.sections[0].footer._element.xml


def test_the_english_word_file_names_the_parties_in_english(agreement, officer):
    lines, header, footer, _document = lines_of_word(made_of(agreement, officer, "en", "docx"))

    assert header[0].strip() == "Nanchong Film College"
    assert "Draft" in header
    assert "Party B: Chengdu Light & Shadow" in lines
    assert "Article 3 Term" in lines
    assert "From 1 January 2026 until 31 December 2028." in lines
    assert "R&D <gear> =SUM(A1)" in lines
    assert "Party B (seal): Chengdu Light & Shadow" in lines
    assert footer.startswith("校企〔2026〕7号 · Revision 2 · ")
    assert not any("第一条" in line for line in lines)


def test_the_pdf_in_both_languages_has_each_clause_twice(agreement, officer):
    words, pages = words_of_pdf(made_of(agreement, officer, "both", "pdf"))

    assert pages >= 1
    for text in (
        "南充电影学院",
        "NanchongFilmCollege",
        "草稿/Draft",
        "甲方：南充电影学院",
        "PartyB:ChengduLight&Shadow",
        "第二条合作内容",
        "Article2Content",
        "共建实训室&互派教师。",
        "R&D<设备>=SUM(A1)#strong[x]{1+1",
        "R&D<gear>=SUM(A1)",
        "乙方（盖章）：成都光影有限公司",
        "PartyB(seal):ChengduLight&Shadow",
        f"1/{pages}",
    ):
        assert text in words
    assert words.index("第一条协议各方") < words.index("Article1Parties") < words.index("第二条合作内容")


def test_the_draft_mark_goes_when_the_text_is_agreed(agreement, officer):
    agreement.state = AgreementState.AWAITING_SIGNATURES
    agreement.save()

    lines, header, _footer, _document = lines_of_word(made_of(agreement, officer, "both", "docx"))

    assert not any("Draft" in line for line in [*header, *lines])


def test_the_text_for_signing_is_filed_once(agreement, officer, leader):
    filed = final_text(agreement, by=leader, at=NOON)
    again = final_text(agreement, by=officer, at=NOON)

    assert again == filed
    assert (filed.kind, filed.name, filed.uploaded_by) == (AgreementFileKind.FINAL, "实习基地协议_R2.pdf", leader)
    with filed.file.open("rb") as stored:
        words, _pages = words_of_pdf(stored)
    assert "第四条特殊字符" in words
    assert "Draft" not in words
    entry = agreement.enterprise.timeline.get(kind=TimelineKind.AGREEMENT_FILED)
    assert (entry.detail, entry.by) == ("final", leader)


def test_a_fact_that_changed_makes_another_text_for_signing(agreement, officer):
    filed = final_text(agreement, by=officer, at=NOON)
    agreement.content = "只共建实训室"
    agreement.save()

    assert final_text(agreement, by=officer, at=NOON) != filed
    assert agreement.files.count() == 2


@pytest.mark.usefixtures("in_english")
def test_without_a_text_there_is_nothing_to_file(officer):
    agreement = AgreementFactory()

    with pytest.raises(RuleBroken, match="no text yet"):
        final_text(agreement, by=officer, at=NOON)
    assert not agreement.files.exists()


def test_the_download_is_named_and_what_makes_no_sense_leads_back(client, agreement, leader):
    client.force_login(leader)
    address = reverse("drafting:document", args=[agreement.pk])

    response = client.get(f"{address}?language=en&format=docx&revision=2")

    content = b"".join(response.streaming_content)
    assert "_R2.docx" in response["Content-Disposition"]
    assert Document(BytesIO(content)).paragraphs[0].text == "实习基地协议"
    for query in ("language=fr&format=docx&revision=2", "language=en&format=docx&revision=9", ""):
        assert client.get(f"{address}?{query}").status_code == 302


def picture(size=(900, 300)):
    written = BytesIO()
    Image.new("RGB", size, "red").save(written, "PNG")
    return ContentFile(written.getvalue(), name="校徽.png")


def test_the_letterhead_stands_on_documents_with_a_small_emblem(agreement, officer):
    head = change_letterhead(
        version=1,
        fields={"name_zh": "南充电影学院（校企合作办公室）", "address_zh": "南充市一号", "phone": "0817-1"},
        logo=picture(),
        by=officer,
    )

    _lines, header, _footer, document = lines_of_word(made_of(agreement, officer, "zh", "docx"))
    words, _pages = words_of_pdf(made_of(agreement, officer, "zh", "pdf"))

    assert (head.pk, head.version, head.logo_name) == (1, 2, "校徽.png")
    with Image.open(head.logo) as emblem:
        assert (emblem.format, emblem.size) == ("PNG", (600, 200))
    head.logo.close()
    assert [line.strip() for line in header] == ["南充电影学院（校企合作办公室）", "南充市一号", "0817-1", "草稿"]
    assert len(document.sections[0].header.part.related_parts) == 1
    assert "南充电影学院（校企合作办公室）" in words


@pytest.mark.usefixtures("in_english")
def test_a_stale_letterhead_a_broken_picture_and_others_are_refused(officer, college_staff, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    change_letterhead(version=1, fields={"phone": "1"}, by=officer)

    with pytest.raises(StaleEdit):
        change_letterhead(version=1, fields={"phone": "2"}, by=officer)
    with pytest.raises(RuleBroken, match="cannot be read"):
        change_letterhead(version=2, fields={"phone": "2"}, logo=ContentFile(b"\x89PNG\r\n\x1a\n", "a.png"), by=officer)
    with pytest.raises(PermissionDenied):
        change_letterhead(version=2, fields={"phone": "2"}, by=college_staff)
    head = Letterhead.objects.get()
    assert (head.phone, head.version, head.logo.name) == ("1", 2, "")


def test_the_office_fills_the_letterhead_in(client, officer):
    client.force_login(officer)
    address = reverse("drafting:letterhead")

    response = client.post(address, {"version": "1", "name_zh": "南充电影学院", "phone": "0817-1"})

    assert response.status_code == 302
    assert Letterhead.objects.get().name_zh == "南充电影学院"
    stale = client.post(address, {"version": "1", "name_zh": "别的", "phone": ""})
    assert "Someone else saved this record" in stale.content.decode()
    assert Letterhead.objects.get().name_zh == "南充电影学院"
