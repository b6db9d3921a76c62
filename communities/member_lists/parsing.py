"""A row of a list of members as values of the portal: every cell understood, or said to be wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from communities.member_lists.problems import is_error
from communities.models.members import Representative
from imports import cells
from imports.lookups import WordList, of_choices, province_words, short_province
from imports.parsing import Parsed
from imports.problems import problem
from imports.reader import Cell
from partnerships import credit_code
from partnerships.choices.programmes import MemberRole, MemberType
from partnerships.models.codes import Province
from partnerships.models.communities import Membership

KIND_WORDS = {
    MemberType.SCHOOL: (
        "学校", "院校", "高校", "高等院校", "高等学校", "职业院校", "本科院校", "高职院校", "中职学校", "大学",
        "高职", "中职", "本科",
    ),
    MemberType.ENTERPRISE: ("企业", "公司", "国企", "国有企业", "民企", "民营企业", "外资企业", "龙头企业", "company"),
    MemberType.GOVERNMENT: ("政府", "政府部门", "机关", "党政机关", "行政部门", "主管部门", "园区"),
    MemberType.ASSOCIATION: ("协会", "行业组织", "行业协会", "学会", "商会", "社会组织", "社会团体"),
    MemberType.RESEARCH: ("科研机构", "科研院所", "研究院", "研究所", "研究机构", "科研单位", "research"),
}  # fmt: skip
ROLE_WORDS = {
    MemberRole.CHAIR: ("理事长单位", "理事长", "主席单位"),
    MemberRole.LEADING_ENTERPRISE: ("龙头企业", "牵头企业"),
    MemberRole.LEAD: ("牵头单位", "牵头", "牵头学校", "牵头院校"),
    MemberRole.VICE_CHAIR: ("副理事长单位", "副理事长"),
    MemberRole.STANDING: ("常务理事单位", "常务理事"),
    MemberRole.COUNCIL: ("理事单位", "理事"),
    MemberRole.MEMBER: ("成员单位", "成员", "会员单位", "会员", "普通成员"),
}
# The end of a name says what a unit is.
ENDINGS = {
    MemberType.ENTERPRISE: ("公司", "集团", "厂", "ltd", "ltd.", "inc", "inc."),
    MemberType.ASSOCIATION: ("协会", "学会", "商会", "联合会", "促进会", "association"),
    MemberType.RESEARCH: ("研究院", "研究所", "科学院", "研究中心", "institute"),
    MemberType.SCHOOL: ("大学", "学院", "学校", "中学", "university", "college", "school"),
    MemberType.GOVERNMENT: ("政府", "委员会", "局", "厅", "管委会"),
}
LONGEST = {
    "organisation": Membership._meta.get_field("organisation").max_length,
    "representative": Representative._meta.get_field("name").max_length,
    "title": Representative._meta.get_field("title").max_length,
    "phone": Representative._meta.get_field("phone").max_length,
    "email": Representative._meta.get_field("email").max_length,
    "credit_code": 40,
}


def kind_told_by(name: str) -> MemberType | None:
    plain = name.lower().rstrip(")） ")
    return next((kind for kind, ends in ENDINGS.items() if plain.endswith(ends)), None)


class MemberParser:
    """Understands the cells of one list; `columns` says which field each column holds. One query."""

    def __init__(self, columns: Mapping[int, str], *, today: date) -> None:
        self.columns = columns
        self.today = today
        self.provinces = list(Province.objects.all())
        self.words: dict[str, WordList] = {
            "type": of_choices(MemberType, KIND_WORDS),
            "role": of_choices(MemberRole, ROLE_WORDS),
            "province": province_words(self.provinces),
        }

    def cells_of(self, row: Sequence[Cell]) -> dict[str, Cell]:
        """The cells that hold anything, by field."""
        found = {key: row[column] for column, key in self.columns.items() if column < len(row)}
        return {key: cell for key, cell in found.items() if cells.text_of(cell)}

    def parse(self, row: Sequence[Cell]) -> Parsed:
        parsed = Parsed()
        for key, cell in self.cells_of(row).items():
            if key in self.words:
                self._one_of(parsed, key, cell)
            elif key in ("joined_on", "left_on"):
                self._day(parsed, key, cell)
            elif key == "credit_code":
                self._code(parsed, cell)
            else:
                self._text(parsed, key, cell)
        _settle(parsed)
        return parsed

    def _one_of(self, parsed: Parsed, key: str, cell: Cell) -> None:
        text = cells.text_of(cell)
        found = self.words[key].find(text)
        if not found and key == "province":
            found = {each.pk for each in self.provinces if text.startswith(short_province(each))}
        if len(found) == 1:
            parsed.values[key] = next(iter(found))
        else:
            parsed.problems.append(problem(key, "two_meanings" if found else "unknown", text))

    def _day(self, parsed: Parsed, key: str, cell: Cell) -> None:
        found = cells.day_of(cell)
        if found.error or found.note:
            parsed.problems.append(problem(key, found.error or found.note, cell))
        if isinstance(found.value, date):
            parsed.values[key] = found.value.isoformat()
            if found.value > self.today:
                parsed.problems.append(problem(key, "ahead", cell))

    def _code(self, parsed: Parsed, cell: Cell) -> None:
        code = credit_code.normalise(cells.text_of(cell))
        if cells.digits_were_lost(cell):
            parsed.problems.append(problem("credit_code", "digits_lost", cell))
        elif credit_code.is_valid(code):
            parsed.values["credit_code"] = code
        else:
            parsed.problems.append(problem("credit_code", "code_fails", code))

    def _text(self, parsed: Parsed, key: str, cell: Cell) -> None:
        text = cells.text_of(cell)
        if len(text) > (LONGEST[key] or 0):
            parsed.problems.append(problem(key, "too_long", text, LONGEST[key]))
            return
        parsed.values[key] = text
        if key == "email":
            try:
                validate_email(text)
            except ValidationError:
                parsed.problems.append(problem(key, "not_email", text))


def _settle(parsed: Parsed) -> None:
    """What follows from several cells together."""
    values, wrong = parsed.values, {found["field"] for found in parsed.problems if is_error(found)}
    name = values.get("organisation", "")
    if not name and "organisation" not in wrong:
        parsed.problems.append(problem("organisation", "no_unit"))
    if name and "type" not in values and "type" not in wrong and (kind := kind_told_by(name)):
        values["told_type"] = kind.value
    if "representative" not in values and any(key in values for key in ("title", "phone", "email")):
        parsed.problems.append(problem("representative", "no_name"))
    joined, left = values.get("joined_on"), values.get("left_on")
    if joined and left and left < joined:
        parsed.problems.append(problem("left_on", "left_early", left))


def settle_role(columns: Mapping[int, str], rows: Sequence[Sequence[Cell]]) -> dict[int, str]:
    """A column headed 职务 holds the roles of units where nothing else does and its words are such roles."""
    found = dict(columns)
    column = next((column for column, key in found.items() if key == "title"), None)
    if column is None or "role" in found.values():
        return found
    words = of_choices(MemberRole, ROLE_WORDS)
    said = [text for row in rows if column < len(row) and (text := cells.text_of(row[column]))]
    if said and sum(bool(words.find(text)) for text in said) * 2 > len(said):
        found[column] = "role"
    return found
