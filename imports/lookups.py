"""Codes, people and majors as people write them in cells, in both languages."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils import timezone, translation

from accounts.choices import Role
from accounts.models.people import RoleGrant, User
from accounts.models.school import Major
from core.models import Code
from partnerships.choices.enterprises import EnterpriseLevel
from partnerships.choices.needs import NeedKind
from partnerships.models.codes import Flag, Industry, Nature, Province, Region

STAFF = (Role.OFFICER, Role.COLLEGE, Role.LEADER, Role.ADMIN)
_NOISE = re.compile(r"[\s()\[\],.;:、，。；：·/\-—_]")
_REGION_KIND = re.compile(r"(壮族|回族|维吾尔)?自治区$|特别行政区$|[省市]$")

NATURE_WORDS = {
    "10": ("党政机关", "政府机关", "政府", "机关单位"),
    "21": ("高校", "高等院校", "大学"),
    "22": ("中小学", "学校"),
    "23": ("医院", "医疗机构"),
    "29": ("事业单位",),
    "31": ("国企", "央企", "国有", "国有控股", "国有独资", "国有控股企业", "state-owned"),
    "32": ("外企", "外资", "外资企业", "合资", "合资企业", "中外合资", "外商独资", "港澳台资", "foreign"),
    "39": ("民营", "民营企业", "民企", "私营", "私企", "私营企业", "其他企业(民营等)", "private"),
}  # fmt: skip
INDUSTRY_WORDS = {
    "I": ("it", "互联网", "软件", "信息技术", "计算机", "internet", "software"),
    "C": ("加工制造",),
    "R": ("影视", "传媒", "文化创意", "文旅"),
    "G": ("物流", "快递"),
    "H": ("酒店", "餐饮", "旅游酒店"),
    "Q": ("医疗", "养老"),
}
NEED_WORDS = {
    NeedKind.RECRUIT: ("招聘", "就业", "全职", "校招", "毕业生", "recruit", "recruitment", "jobs"),
    NeedKind.INTERNS: ("实习", "顶岗实习", "实习生", "见习", "intern", "internship"),
    NeedKind.ORDER_TRAINING: ("订单班", "订单培养", "定向培养", "order class"),
    NeedKind.TECHNICAL_SERVICE: ("技术服务", "技术攻关", "横向课题"),
    NeedKind.STAFF_TRAINING: ("员工培训", "职工培训", "培训"),
    NeedKind.CO_DEVELOPMENT: ("课程开发", "教材开发", "课程", "教材", "课程教材"),
    NeedKind.EQUIPMENT: ("设备", "场地", "设备场地"),
}
LEVEL_WORDS = {
    EnterpriseLevel.STRATEGIC: ("战略", "战略合作", "战略级", "a", "a级", "一级"),
    EnterpriseLevel.CORE: ("核心", "重点", "核心级", "b", "b级", "二级"),
    EnterpriseLevel.NORMAL: ("普通", "一般", "普通级", "c", "c级", "三级"),
}
PROVINCE_WORDS = {"150000": ("内蒙",), "540000": ("tibet", "xizang")}


def plain(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).lower())


@dataclass
class WordList:
    """Words with what they mean; a word that means two things means nothing."""

    meanings: dict[str, set[object]] = field(default_factory=lambda: defaultdict(set))
    long_names: dict[str, object] = field(default_factory=dict)

    def add(self, meaning: object, words: Iterable[str], *, names: Iterable[str] = ()) -> None:
        for word in (*words, *names):
            if word:
                self.meanings[plain(word)].add(meaning)
        self.long_names.update({plain(name): meaning for name in names if name})

    def find(self, text: str) -> set[object]:
        """What a word means: word for word, else the only long name that holds it."""
        word = plain(text)
        if word in self.meanings:
            return self.meanings[word]
        if len(word) < 2:
            return set()
        return {meaning for name, meaning in self.long_names.items() if word in name}


def _of_codes(entries: Iterable[Code], more: dict[str, tuple[str, ...]]) -> WordList:
    words = WordList()
    for entry in entries:
        names = (entry.name_zh, entry.name_en)
        coded = [entry.code, *(f"{entry.code} {name}" for name in names)]  # as the template lists them
        words.add(entry.pk, [*coded, *more.get(entry.code, ())], names=names)
    return words


def of_choices(choices: type[TextChoices], more: Mapping[Any, tuple[str, ...]]) -> WordList:
    words = WordList()
    for value in choices:
        labels = []
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                labels.append(str(value.label))
        words.add(str(value.value), [str(value.value), *labels, *more.get(value, ())])
    return words


def province_words(provinces: Iterable[Province]) -> WordList:
    words = WordList()
    for province in provinces:
        short = short_province(province)
        more = PROVINCE_WORDS.get(province.code, ())
        words.add(province.pk, [province.code, province.code[:2], province.name_zh, short, province.name_en, *more])
    return words


def short_province(province: Province) -> str:
    """As people write it: 四川, not 四川省."""
    return _REGION_KIND.sub("", province.name_zh)


class Lookups:
    """Everything that a cell can name, read once for all rows; nine queries."""

    def __init__(self) -> None:
        self.natures = list(Nature.objects.all())
        self.industries = list(Industry.objects.all())
        self.provinces = list(Province.objects.all())
        self.flags = list(Flag.objects.all())
        self.majors = list(Major.objects.all())
        self.people = list(self._staff())
        self.words = {
            "nature": _of_codes(self.natures, NATURE_WORDS),
            "industry": self._industries(),
            "province": province_words(self.provinces),
            "flags": _of_codes(self.flags, {"above_size": ("规上",), "fortune_500": ("世界500强",)}),
            "majors": _of_codes(self.majors, {}),  # type: ignore[arg-type]  # named and coded alike
            "owner": self._owners(),
            "level": of_choices(EnterpriseLevel, LEVEL_WORDS),
            "need_kind": of_choices(NeedKind, NEED_WORDS),
        }
        self.words["majors"].long_names.clear()  # part of a major's name is another major
        self._regions: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        self.region_names: dict[int, Region] = {}
        for region in Region.objects.filter(is_active=True).of_prefectures():
            self.region_names[region.pk] = region
            for name in {region.name_zh, region.name_en.lower()}:
                self._regions[region.province_id][name].add(region.pk)

    def _staff(self) -> Iterable[User]:
        grants = RoleGrant.objects.in_force(timezone.localdate()).filter(role__in=STAFF)
        people: Iterable[User] = User.objects.filter(is_active=True, pk__in=grants.values("user"))
        return people

    def _industries(self) -> WordList:
        words = _of_codes(self.industries, INDUSTRY_WORDS)
        for industry in self.industries:
            words.add(industry.pk, [industry.employment_code])
        return words

    def _owners(self) -> WordList:
        words = WordList()
        for person in self.people:
            words.add(person.pk, [person.number, person.name, person.name_en])
        return words

    def region_of(self, province_id: int | None, city: str) -> int | None:
        """As partnerships.services.enterprises.region_of, without asking the database."""
        bare = city.strip().removesuffix("市")
        if province_id is None or not bare:
            return None
        names = self._regions[province_id]
        found = {pk for name in (city, f"{bare}市", bare, bare.lower()) for pk in names.get(name, ())}
        return found.pop() if len(found) == 1 else None

    def province_and_city(self, text: str) -> tuple[int, str] | None:
        """Province and city where one cell names both: 四川省成都市, 四川成都; not 吉林市, which is a city."""
        word = unicodedata.normalize("NFKC", text).strip()
        for province in self.provinces:
            if word.startswith(province.name_zh) and len(word) > len(province.name_zh):
                return province.pk, word.removeprefix(province.name_zh).strip(" -·/")
            rest = word.removeprefix(short_province(province)).strip(" -·/")
            if rest != word and self.region_of(province.pk, rest):
                return province.pk, rest
        return None
