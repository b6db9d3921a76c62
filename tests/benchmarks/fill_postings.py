"""Two hundred thousand postings that could be, of the enterprises that stand there; the same ones every time.

One in ten is made as the portal makes it, the others are copies of these with other days: to derive what each is found
by would take longer than all that is measured.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from itertools import islice
from unittest.mock import patch

import pypinyin
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import connection
from django.db.models import CharField, Func, TextField, Value

from accounts.choices import Level, Role
from accounts.models.people import RoleGrant, StudentProfile, User
from accounts.models.school import College, Major
from partnerships.models.codes import Region
from partnerships.models.enterprises import Enterprise
from placements.choices import PostingState
from placements.models.postings import Posting
from tests.benchmarks.fill import BATCH, NOW

KINDS = ["internship", "internship", "job", "job", "job", "campus"]
WORK = [
    ("影视后期", "Post-production"), ("视频剪辑", "Video editing"), ("软件开发", "Software development"),
    ("前端开发", "Frontend development"), ("数据分析", "Data analysis"), ("平面设计", "Graphic design"),
    ("室内设计", "Interior design"), ("会计核算", "Accounting"), ("市场营销", "Marketing"),
    ("电子商务", "Online trade"), ("机械制造", "Machining"), ("数控加工", "Numerical control"),
    ("新能源汽车检测", "Vehicle testing"), ("幼儿教育", "Early education"), ("护理", "Nursing"),
    ("酒店管理", "Hotel management"), ("物流管理", "Logistics"), ("建筑施工", "Building"),
    ("工程造价", "Cost estimating"), ("园林绿化", "Landscaping"), ("动漫制作", "Animation"),
    ("云计算运维", "Cloud operations"), ("人工智能训练", "Model training"), ("农业技术", "Agronomy"),
]  # fmt: skip
RANKS = [
    ("实习生", "intern"),
    ("助理", "assistant"),
    ("专员", "clerk"),
    ("工程师", "engineer"),
    ("储备干部", "trainee"),
]
SKILLS = [
    "Photoshop", "达芬奇", "Python", "Java", "AutoCAD", "英语四级", "Excel", "普通话", "驾照", "焊工证",
    "SolidWorks",
]  # fmt: skip
PHRASES = [
    "负责日常工作的安排与落实", "协助部门经理完成资料的整理与归档", "参与客户需求的沟通和方案的编写",
    "按照图纸完成零件的加工和检验", "维护网站内容并统计访问情况", "配合导演完成素材的整理和粗剪",
    "熟悉常用办公软件", "有较强的沟通能力和团队合作精神", "能适应短期出差", "工作认真负责，吃苦耐劳",
    "提供食宿和五险一金", "表现优秀者毕业后可以转正", "由企业导师一对一指导", "每周休息两天，法定节假日正常休息",
    "了解质量管理体系", "完成上级交办的其他任务",
]  # fmt: skip
RARE = "非遗蜀绣"
MAJORS = [
    ("510203", "软件技术"), ("560202", "广播影视节目制作"), ("530302", "大数据与会计"), ("460103", "数控技术"),
    ("500606", "新能源汽车技术"), ("550103", "视觉传达设计"), ("570102", "学前教育"), ("520201", "护理"),
]  # fmt: skip


COPIES = 10
OPEN_FROM = 0.6  # two in five are open: the rest are of the years before
APART = timedelta(minutes=3)
WEEK = "'~' || floor(extract(epoch FROM {} AT TIME ZONE 'UTC') / 604800)::int"
MARKED = f"ts_delete({{}}, ARRAY['~closed', {WEEK.format('made.published_at')}]) || marks"
COPIED = {
    "id": "number",
    "state": "as_of",
    "published_at": "at",
    "created_at": "at",
    "closes_on": "CASE as_of WHEN 'closed' THEN at::date + 30 ELSE %(now)s::date + 30 + (number %% 90)::int END",
    "search": MARKED.format("search"),
    "title_search": MARKED.format("title_search"),
}
COPY = f"""
ALTER TABLE placements_posting ALTER COLUMN search DROP EXPRESSION, ALTER COLUMN title_search DROP EXPRESSION;
INSERT INTO placements_posting ({{columns}}) SELECT {{values}} FROM placements_posting AS made
    CROSS JOIN generate_series(1, {COPIES - 1}) AS turn
    CROSS JOIN LATERAL (SELECT made.id + turn * %(made)s AS number) AS numbered
    CROSS JOIN LATERAL (
        SELECT %(now)s - (%(rows)s - number) * %(apart)s AS at,
            CASE WHEN number > %(rows)s * {OPEN_FROM} THEN 'published' ELSE 'closed' END AS as_of
    ) AS dated
    CROSS JOIN LATERAL (SELECT array_to_tsvector(ARRAY['~' || as_of, {WEEK.format("at")}]) AS marks) AS marked
    ORDER BY number;
INSERT INTO placements_posting_majors (posting_id, major_id)
    SELECT posting_id + turn * %(made)s, major_id
    FROM placements_posting_majors CROSS JOIN generate_series(1, {COPIES - 1}) AS turn;
"""  # noqa: S608


def fill(rows: int) -> None:
    """By bulk inserts, with the triggers of history switched off in this session."""
    chance = random.Random(2)  # noqa: S311 - the same postings every time
    college = College.objects.get()
    majors = Major.objects.bulk_create(Major(code=code, name_zh=name, college=college) for code, name in MAJORS)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        _student(majors[0])
        made = _postings(rows // COPIES, rows, chance)
        with _indexed_at_the_end(), patch.object(pypinyin, "lazy_pinyin", cache(pypinyin.lazy_pinyin)):
            while batch := list(islice(made, BATCH)):
                asked = [chance.choice(majors) if chance.random() < 0.6 else None for _posting in batch]
                for posting, major in zip(batch, asked, strict=True):
                    posting.major_codes = [major.code] if major else []  # triggers are off
                Posting.objects.bulk_create(batch)
                links = [_link(posting, major) for posting, major in zip(batch, asked, strict=True) if major]
                Posting.majors.through._default_manager.bulk_create(links)
            _copy(rows)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")


@contextmanager
def _indexed_at_the_end() -> Iterator[None]:
    """To build an index of words at once takes a small part of the time that building it row by row does."""
    of_words = [index for index in Posting._meta.indexes if isinstance(index, GinIndex)]
    with connection.schema_editor() as editor:
        for index in of_words:
            editor.remove_index(Posting, index)
    yield
    with connection.schema_editor() as editor:
        for index in of_words:
            editor.add_index(Posting, index)


def _student(major: Major) -> None:
    user = User.objects.create(number="S1", email="s1@school.example", name="陈晓")
    RoleGrant.objects.create(user=user, role=Role.STUDENT, starts_on=NOW.date())
    StudentProfile.objects.create(user=user, major=major, class_of=2027, level=Level.DIPLOMA)


def _link(posting: Posting, major: Major):  # noqa: ANN202
    return Posting.majors.through(posting=posting, major=major)


def _words(enterprise: int, province: int, skills: list[str]) -> Func:
    """What the trigger works out; triggers are off."""
    array = Value(skills, output_field=ArrayField(CharField()))
    parts = (Value(enterprise), Value(province), Func(array, template="%(expressions)s::text[]"))
    return Func(*parts, function="placements_words", output_field=TextField())


def _copy(rows: int) -> None:
    """Columns that are derived are plain ones from here on, so that copies may bring theirs."""
    made = {"made": rows // COPIES, "rows": rows, "now": NOW, "apart": APART}
    columns = [field.column for field in Posting._meta.local_fields if not field.name.startswith("pay_monthly")]
    values = [COPIED.get(column, column) for column in columns]
    with connection.cursor() as cursor:
        cursor.execute(COPY.format(columns=", ".join(columns), values=", ".join(values)), made)


def _postings(made: int, rows: int, chance: random.Random) -> Iterator[Posting]:
    """The oldest of all, long closed."""
    cities = list(Region.objects.of_prefectures().select_related("province"))
    enterprises = Enterprise.objects.count()
    for number in range(1, made + 1):
        city, (work, work_en), (rank, rank_en) = chance.choice(cities), chance.choice(WORK), chance.choice(RANKS)
        at = NOW - (rows - number) * APART
        low, skills = chance.randrange(2000, 9000, 100), chance.sample(SKILLS, 2)
        enterprise = 1 + chance.randrange(enterprises)
        posting = Posting(
            enterprise_id=enterprise,
            kind=chance.choice(KINDS),
            id=number,
            title=f"{RARE if number % 2_000 == 0 else work}{rank}",
            title_en=f"{work_en} {rank_en}",
            description="。".join(chance.sample(PHRASES, 8)) + f"。{chance.choice(WORK)[0]}方向优先。",
            skills=skills,
            headcount=1 + chance.randrange(20),
            class_of=chance.choice([None, 2026, 2027, 2028]),
            level=chance.choice(["", "", "diploma", "bachelor"]),
            province=city.province,
            city=city.name_zh.removesuffix("市"),
            mode=chance.choice(["on_site"] * 8 + ["hybrid", "remote"]),
            pay_min=low,
            pay_max=low + 2000,
            closes_on=at.date() + timedelta(days=30),
            state=PostingState.CLOSED,
            published_at=at,
            created_at=at,
            words=_words(enterprise, city.province_id, skills),
        )
        posting.derive_sounds()
        yield posting
