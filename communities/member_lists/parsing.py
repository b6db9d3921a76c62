"""A row of a list of members as values of the portal: every cell understood, or said to be wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from communities.member_lists.problems import is_error
from communities.models.members import Representative
from imports import cells
from imports.lookups import of_choices, province_words, short_province
from imports.parsing import Parsed, RowParser
from imports.problems import problem
from imports.reader import Cell
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
    "organisation": Membership._meta.get_field("organisation").max_length or 0,
    "representative": Representative._meta.get_field("name").max_length or 0,
    "title": Representative._meta.get_field("title").max_length or 0,
    "phone": Representative._meta.get_field("phone").max_length or 0,
    "email": Representative._meta.get_field("email").max_length or 0,
}


def kind_told_by(name: str) -> MemberType | None:
    plain = name.lower().rstrip(")） ")
    return next((kind for kind, ends in ENDINGS.items() if plain.endswith(ends)), None)


class MemberParser(RowParser):
    """Understands the cells of one list of members. One query."""

    longest = LONGEST

    def __init__(self, columns: Mapping[int, str], *, today: date) -> None:
        super().__init__(columns)
        self.today = today
        self.provinces = list(Province.objects.all())
        self.words = {
            "type": of_choices(MemberType, KIND_WORDS),
            "role": of_choices(MemberRole, ROLE_WORDS),
            "province": province_words(self.provinces),
        }
        self.special = {
            "credit_code": self._code,
            "email": self._email,
            **dict.fromkeys(self.words, self._one_of),
            **dict.fromkeys(("joined_on", "left_on"), self._day),
        }

    def _find(self, key: str, word: str) -> set[object]:
        """A province also where its city stands behind it."""
        found = super()._find(key, word)
        if not found and key == "province":
            return {each.pk for each in self.provinces if word.startswith(short_province(each))}
        return found

    def _day(self, parsed: Parsed, key: str, cell: Cell) -> None:
        super()._day(parsed, key, cell)
        if parsed.values.get(key, "") > self.today.isoformat():
            parsed.problems.append(problem(key, "ahead", cell))

    def _email(self, parsed: Parsed, key: str, cell: Cell) -> None:
        self._line(parsed, key, cell)
        if key not in parsed.values:
            return
        try:
            validate_email(parsed.values[key])
        except ValidationError:
            parsed.problems.append(problem(key, "not_email", parsed.values[key]))

    def _settle(self, parsed: Parsed) -> None:
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
