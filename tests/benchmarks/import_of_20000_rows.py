"""How long 20,000 rows take: python -m pytest tests/benchmarks/import_of_20000_rows.py -s

Not part of the suite. A third of the rows are files already, a third of those with changes; 40,000 others stand around.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from accounts.models.people import User
from imports.choices import ImportState
from partnerships.models.codes import Province
from partnerships.models.enterprises import Enterprise
from partnerships.services.codes import load_codes
from tests.factories.accounts import MajorFactory
from tests.imports.lists import bring, check, outcomes, undone, written, xlsx

pytestmark = pytest.mark.django_db(transaction=True)
ROWS, AROUND = 20_000, 40_000
MOST_SECONDS = 120
PLACES = [
    "四川",
    "成都",
    "重庆",
    "绵阳",
    "南充",
    "宜宾",
    "泸州",
    "德阳",
    "广州",
    "深圳",
    "杭州",
    "上海",
    "北京",
    "西安",
]
LETTERS = (
    "智汇云启明光影华信联创达远鸿图宏博天元卓越嘉禾恒泰永利金诺安康瑞丰中科银河海川长风东方新锐百川万象星辰飞跃德胜"
)
TRADES = [
    "科技",
    "信息技术",
    "文化传媒",
    "影视制作",
    "智能制造",
    "建筑工程",
    "物流",
    "餐饮管理",
    "教育咨询",
    "生物医药",
    "软件",
]
COLUMNS = {
    "单位性质": "民营企业",
    "所属行业": "软件和信息技术服务业",
    "省份": "四川省",
    "城市": "成都市",
    "职工人数": "约350人",
    "统计日期": "2026.7.6",
    "需求专业": "软件技术、会计",
    "需求人数": "5人",
    "月薪": "5000元",
}
HEAD = ("单位名称", "地址", "联系人", "联系电话", "邮箱", "需求描述", *COLUMNS)


@contextmanager
def measured(what: str, times: dict[str, float]) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    times[what] = time.perf_counter() - begun
    print(f"{what}: {times[what]:.1f} s", flush=True)  # noqa: T201


def names(count: int, seed: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311 - names only
    found: set[str] = set()
    while len(found) < count:
        own = "".join(chance.sample(LETTERS, chance.choice((2, 3, 4))))
        found.add(f"{chance.choice(PLACES)}{own}{chance.choice(TRADES)}有限公司")
    return sorted(found)


def enter(files: list[str], **fields: object) -> None:
    rows = [Enterprise(legal_name=name, **fields) for name in files]
    for row in rows:
        row.derive_names()
    Enterprise.objects.bulk_create(rows, batch_size=2000)


def row(number: int, name: str) -> tuple[object, ...]:
    person = (f"李{number}", 13900000000 + number, f"hr{number}@mail.example")
    return (name, f"天府大道{number}号", *person, f"软件开发{number}", *COLUMNS.values())


def test_20000_rows_within_two_minutes(officer: User):
    load_codes()
    MajorFactory(code="510203", name_zh="软件技术", name_en="Software")
    all_names = names(ROWS + AROUND, 1)
    random.Random(2).shuffle(all_names)  # noqa: S311
    ours, around = all_names[:ROWS], all_names[ROWS:]
    enter(around)
    sichuan = Province.objects.get(code="510000")
    enter(ours[: ROWS // 9], address="旧路", province=sichuan)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum does after such a fill
    rows = [row(number, name) for number, name in enumerate(ours)]
    times: dict[str, float] = {}
    with measured("make the workbook", times):
        content = xlsx([HEAD, *rows])

    with measured("read", times):
        run = bring(content, officer)
    with measured("check", times):
        run = check(run, officer)
    assert run.state == ImportState.CHECKED, run.error
    print({kind: outcomes(run).count(kind) for kind in set(outcomes(run))})  # noqa: T201
    with measured("write", times):
        run = written(run, officer)
    with measured("the same again", times):
        again = check(bring(content, officer), officer)
    print({kind: outcomes(again).count(kind) for kind in set(outcomes(again))})  # noqa: T201
    with measured("undo", times):
        undone(run, officer)

    assert times["read"] + times["check"] + times["write"] < MOST_SECONDS
    assert times["the same again"] < MOST_SECONDS
    assert times["undo"] < MOST_SECONDS
