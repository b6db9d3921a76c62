"""The document of an agreement as a Word file (OOXML), with fonts for Chinese and Latin letters."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from drafting.selectors.documents import DocumentData, PartyBlock

LATIN, CHINESE = "Times New Roman", "宋体"
BODY_STYLES = ("Normal", "Title", "Heading 2", "Header", "Footer")


def _set_fonts(document: DocumentType) -> None:
    """Word takes the font of Chinese letters from w:eastAsia alone."""
    for name in BODY_STYLES:
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)  # noqa: S101 - narrows the type
        style.font.name = LATIN
        style.font.color.rgb = None
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:ascii"), LATIN)
        fonts.set(qn("w:hAnsi"), LATIN)
        fonts.set(qn("w:eastAsia"), CHINESE)
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)  # noqa: S101 - narrows the type
    normal.font.size = Pt(12)
    normal.paragraph_format.line_spacing = 1.5
    normal.paragraph_format.space_after = Pt(4)


def _black(run: Run, size: int, *, bold: bool = False) -> None:
    run.font.size, run.font.bold = Pt(size), bold


def _field(paragraph: Paragraph, name: str) -> None:
    """A number that Word counts itself: PAGE, NUMPAGES."""
    run = paragraph.add_run()
    for kind in ("begin", "", "end"):
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = name
        run._r.append(element)
    run.font.size = Pt(9)


def _header_and_footer(document: DocumentType, data: DocumentData) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(26)
    top = section.header.paragraphs[0]
    top.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if data.head.logo:
        top.add_run().add_picture(BytesIO(data.head.logo), height=Mm(12))
        top.add_run("  ")
    _black(top.add_run("  ".join(data.head.names)), 14, bold=True)
    small = [*data.head.addresses, data.head.reach]
    for line in filter(None, [*small, " / ".join(data.marks)]):
        paragraph = section.header.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _black(paragraph.add_run(line), 9)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _black(foot.add_run(f"{data.footer} · "), 9)
    _field(foot, "PAGE")
    _black(foot.add_run(" / "), 9)
    _field(foot, "NUMPAGES")


def _title(document: DocumentType, data: DocumentData) -> None:
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _black(title.add_run(data.title), 18, bold=True)
    for line in filter(None, data.subtitles):
        paragraph = document.add_paragraph(line)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for party in data.parties:
        for line in [*party.names, *party.details]:
            document.add_paragraph(line).paragraph_format.space_after = Pt(0)


def _clauses(document: DocumentType, data: DocumentData) -> None:
    for clause in data.clauses:
        for words in clause:
            heading = document.add_paragraph(style="Heading 2")
            _black(heading.add_run(words.heading), 12, bold=True)
            for line in words.paragraphs:
                document.add_paragraph(line)


def _signatures(document: DocumentType, parties: list[PartyBlock]) -> None:
    """Two parties beside each other; a block is never torn apart by the end of a page."""
    document.add_paragraph()
    table = document.add_table(rows=0, cols=2)
    for place in range(0, len(parties), 2):
        row = table.add_row()
        cannot = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(cannot)
        for cell, party in zip(row.cells, parties[place : place + 2], strict=False):
            cell.paragraphs[0].text = party.signing[0]
            for line in [*party.signing[1:], ""]:
                cell.add_paragraph(line)


def word_file(data: DocumentData) -> bytes:
    """The .docx; what people typed reaches it as text, never as markup."""
    document = Document()
    _set_fonts(document)
    document.core_properties.title = data.title[:255]
    document.core_properties.author = data.author[:255]
    document.core_properties.comments = ""
    _header_and_footer(document, data)
    _title(document, data)
    _clauses(document, data)
    _signatures(document, data.parties)
    written = BytesIO()
    document.save(written)
    return written.getvalue()
