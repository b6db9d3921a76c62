"""A paper as a Word document (OOXML) that the office goes on writing in, with fonts for Chinese and Latin letters."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from reports.papers.paper import Paper, Part, words

LATIN, CHINESE = "Arial", "微软雅黑"
STYLES = {"Normal": 10.5, "Title": 20, "Heading 1": 14, "Heading 2": 12, "Heading 3": 10.5, "Header": 9, "Footer": 9}
INK, GREY = RGBColor(0x1F, 0x4E, 0x79), RGBColor(0x64, 0x64, 0x64)


def word_file(paper: Paper) -> bytes:
    """The .docx; what people typed reaches it as text, never as markup."""
    document = Document()
    _set_styles(document)
    document.core_properties.title = f"{paper.title} {paper.subtitle}"[:255]
    document.core_properties.author = ""
    document.core_properties.comments = ""
    head = paper.head()
    _sheet(document, paper, head)
    _grey(document.add_paragraph(head["school"]))
    document.add_paragraph(paper.title, style="Title")
    _grey(document.add_paragraph(paper.subtitle), Pt(13))
    _facts(document, head["facts"])
    for part in paper.parts:
        WRITERS[part["kind"]](document, part, head["nothing"])
    _about(document, paper)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _set_styles(document: DocumentType) -> None:
    """Word takes the font of Chinese letters from w:eastAsia alone."""
    for name, size in STYLES.items():
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)  # noqa: S101 - narrows the type
        style.font.name, style.font.size = LATIN, Pt(size)
        style.font.color.rgb = INK if "Heading" in name else None
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:ascii"), LATIN)
        fonts.set(qn("w:hAnsi"), LATIN)
        fonts.set(qn("w:eastAsia"), CHINESE)


def _sheet(document: DocumentType, paper: Paper, head: dict[str, Any]) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(f"{head['footer']} · {head['school']} · ")
    _page_number(foot)


def _page_number(paragraph: Paragraph) -> None:
    run = paragraph.add_run()
    for kind in ("begin", "", "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.set(qn("xml:space"), "preserve")
            element.text = "PAGE"
        run._r.append(element)


def _grey(paragraph: Paragraph, size: Any = None) -> Paragraph:
    for run in paragraph.runs:
        run.font.color.rgb = GREY
        if size is not None:
            run.font.size = size
    return paragraph


def _facts(document: DocumentType, rows: list[list[str]]) -> None:
    if not rows:
        return
    table = document.add_table(rows=0, cols=2)
    for label, value in rows:
        cells = table.add_row().cells
        _fill(cells[0], label)
        _grey(cells[0].paragraphs[0])
        _fill(cells[1], value)
        cells[0].width, cells[1].width = Mm(42), Mm(124)


def _fill(cell: _Cell, value: Any) -> None:
    cell.paragraphs[0].text = words(value)
    cell.paragraphs[0].paragraph_format.space_after = Pt(2)


def _titled(document: DocumentType, part: Part) -> None:
    if part["title"]:
        document.add_paragraph(part["title"], style="Heading 3")
    if part.get("note"):
        _grey(document.add_paragraph(part["note"]), Pt(9))


def _table(document: DocumentType, part: Part, nothing: str) -> None:
    _titled(document, part)
    rows = [list(row) for row in part["rows"]]
    if not rows:
        _grey(document.add_paragraph(nothing))
        return
    table = document.add_table(rows=1, cols=len(part["head"]), style="Table Grid")
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for cell, label in zip(table.rows[0].cells, part["head"], strict=True):
        _fill(cell, label)
        for run in cell.paragraphs[0].runs:
            run.font.bold = True
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            _fill(cell, value)


def _chart(document: DocumentType, part: Part, nothing: str) -> None:
    """The numbers of a chart stand in its table."""


def _heading(document: DocumentType, part: Part, nothing: str) -> None:
    document.add_paragraph(part["title"], style="Heading 1")
    if part["note"]:
        _grey(document.add_paragraph(part["note"]))


def _subheading(document: DocumentType, part: Part, nothing: str) -> None:
    document.add_paragraph(part["title"], style="Heading 2")


def _text(document: DocumentType, part: Part, nothing: str) -> None:
    _titled(document, part)
    for line in part["paragraphs"]:
        document.add_paragraph(line)


def _fact_rows(document: DocumentType, part: Part, nothing: str) -> None:
    _facts(document, part["rows"])


def _pictures(document: DocumentType, part: Part, nothing: str) -> None:
    for picture in part["pictures"]:
        paragraph = document.add_paragraph()
        paragraph.add_run().add_picture(BytesIO(picture["content"]), height=Mm(45))
        _grey(document.add_paragraph(picture["name"]), Pt(9))


def _signatures(document: DocumentType, part: Part, nothing: str) -> None:
    for name in part["names"]:
        line = document.add_paragraph(f"{name}  ____________________    {part['day']}  ______________")
        line.paragraph_format.space_before = Pt(28)


def _about(document: DocumentType, paper: Paper) -> None:
    data = paper.about.data()
    document.add_paragraph(data["title"], style="Heading 1")
    _facts(document, data["rows"])
    if data["figures"]:
        document.add_paragraph(data["figures_title"], style="Heading 2")
        for name, definition in data["figures"]:
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{name}  ").font.bold = True
            paragraph.add_run(definition)


WRITERS = {
    "table": _table,
    "chart": _chart,
    "heading": _heading,
    "subheading": _subheading,
    "text": _text,
    "facts": _fact_rows,
    "pictures": _pictures,
    "signatures": _signatures,
}
