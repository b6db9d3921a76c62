"""A hundred thousand enterprises that could be, with what hangs on them; the same ones every time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from django.db import connection

from accounts.choices import Role
from accounts.models.people import RoleGrant, User
from accounts.models.school import College
from partnerships.models.codes import AgreementKind, Flag, Industry, Nature, Region
from partnerships.models.enterprises import Enterprise, Tag

BATCH = 2_000
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SIGNS = (
    "博瑞恒昌泰德盛华启明远航智汇云图天成宏达金鼎锐捷新宇中科联创佳讯方圆海川长兴永安光影灯塔丝路鸿雁凌峰普惠众合汇通"
)
TRADES = [
    "科技", "电子", "机械", "纺织", "食品", "医药", "物流", "建设", "传媒", "教育", "汽车", "能源", "环保", "信息技术",
    "网络科技", "生物科技", "精密制造", "餐饮管理", "文化传播", "智能装备",
]  # fmt: skip
FORMS = ["有限公司", "有限责任公司", "股份有限公司", "集团有限公司"]
ENGLISH = ["Bright", "Harbour", "Summit", "River", "Lantern", "Silk Road", "Golden", "Falcon", "Cedar", "Orient"]
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
RARE = "麒麟鲲鹏"

HANGING_ON = """
INSERT INTO partnerships_contact
    (enterprise_id, name, title, department, phone, landline, email, wechat, language, is_primary)
SELECT id, (string_to_array('王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗', NULL))[1 + (random() * 19)::int]
        || (string_to_array('伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平', NULL))[1 + (random() * 19)::int]
        || (string_to_array('一文国建志海春晓玉梅兰桂华英红', NULL))[1 + (random() * 14)::int],
    '人事经理', '', '13' || lpad((random() * 999999999)::int::text, 9, '0'), '', 'hr' || id || '@enterprise.example',
    '', 'zh-hans', true
FROM partnerships_enterprise;
INSERT INTO partnerships_timelineentry (enterprise_id, kind, at, text, detail, link, changes, office_only)
SELECT 1 + (random() * (%(rows)s - 1))::int, (ARRAY['note', 'visit_reported', 'need_recorded', 'enterprise_changed'])
    [1 + (random() * 3)::int], '2026-11-20'::timestamptz - random() * interval '1200 days', '', '', '', '[]', false
FROM generate_series(1, %(rows)s * 3);
UPDATE partnerships_enterprise SET last_contact_at = latest.at
FROM (SELECT enterprise_id, max(at) AS at FROM partnerships_timelineentry WHERE kind <> 'enterprise_changed'
      GROUP BY enterprise_id) AS latest
WHERE latest.enterprise_id = partnerships_enterprise.id;
INSERT INTO partnerships_need (enterprise_id, kind, source, description, state, result, version, created_at, updated_at)
SELECT 1 + (random() * (%(rows)s - 1))::int, 'recruit', 'staff', '需要毕业生', (ARRAY['open', 'met', 'dropped'])
    [1 + (random() * 2)::int], '', 1, now(), now()
FROM generate_series(1, %(rows)s * 3 / 10);
INSERT INTO partnerships_agreement (enterprise_id, kind_id, title, number, content, track, state, starts_on, ends_on,
    renews_itself, kept_where, version, created_at, updated_at)
SELECT 1 + (random() * (%(rows)s - 1))::int, %(kind)s, '实习基地协议', '', '', 'standard', 'signed', '2024-01-01',
    '2026-06-01'::date + (random() * 1400)::int, random() < 0.1, '', 1, now(), now()
FROM generate_series(1, %(rows)s / 5);
INSERT INTO partnerships_agreementparty (agreement_id, place, is_school, enterprise_id, name, role)
SELECT id, 1, false, enterprise_id, '', 'partner' FROM partnerships_agreement;
INSERT INTO partnerships_formername (enterprise_id, name)
SELECT id, '原' || legal_name FROM partnerships_enterprise WHERE id %% 20 = 0;
INSERT INTO partnerships_enterprise_flags (enterprise_id, flag_id)
SELECT id, %(flag)s FROM partnerships_enterprise WHERE id %% 30 = 0;
INSERT INTO partnerships_enterprise_tags (enterprise_id, tag_id)
SELECT id, %(tag)s FROM partnerships_enterprise WHERE id %% 500 = 0;
INSERT INTO partnerships_enterprise_colleges (enterprise_id, college_id)
SELECT id, %(college)s FROM partnerships_enterprise WHERE id %% 10 = 0;
INSERT INTO partnerships_signedlink (digest, purpose, enterprise_id, name, email, year, issued_at, expires_at)
SELECT lpad(id::text, 64, '0'), 'confirm_file', id, '', 'hr@enterprise.example', date_part('year', now()),
    now() - interval '20 days', now() + interval '60 days'
FROM partnerships_enterprise WHERE id %% 7 = 0;
"""


def is_filled() -> bool:
    return "partnerships_enterprise" in connection.introspection.table_names() and Enterprise.objects.exists()


def fill(rows: int) -> None:
    """By bulk inserts, with the triggers of history switched off in this session."""
    chance = random.Random(1)  # noqa: S311 - the same enterprises every time
    people = [User(number=f"T{n:04}", email=f"t{n}@school.example", name=f"王敏{n}") for n in range(40)]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica; SELECT setseed(0.5)")
        User.objects.bulk_create(people)
        RoleGrant.objects.bulk_create(
            RoleGrant(user=person, role=Role.OFFICER, starts_on=NOW.date()) for person in people
        )
        enterprises = _enterprises(rows, people, chance)
        while batch := list(islice(enterprises, BATCH)):
            Enterprise.objects.bulk_create(batch)
        values = {
            "rows": rows,
            "kind": AgreementKind.objects.values_list("pk", flat=True)[0],
            "flag": Flag.objects.values_list("pk", flat=True)[0],
            "tag": Tag.objects.create(name="重点").pk,
            "college": College.objects.create(code="C01", name_zh="信息学院", name_en="Information").pk,
        }
        cursor.execute(HANGING_ON, values)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")


def _enterprises(rows: int, people: list[User], chance: random.Random) -> Iterator[Enterprise]:
    cities = list(Region.objects.of_prefectures().select_related("province"))
    industries, natures = list(Industry.objects.all()), list(Nature.objects.all())
    for number in range(1, rows + 1):
        city = chance.choice(cities)
        brand = RARE if number % 20_000 == 0 else "".join(chance.sample(SIGNS, 2))
        town = city.name_zh.removesuffix("市")
        row = Enterprise(
            id=number,
            legal_name=f"{town}{brand}{chance.choice(TRADES)}{chance.choice(FORMS)}",
            name_en=f"{chance.choice(ENGLISH)} {number} Technology" if number % 3 == 0 else "",
            credit_code="91" + "".join(chance.choices(ALPHABET, k=16)) if number % 5 else "",
            credit_code_state=chance.choice(["valid", "unverified", "verified"]),
            province=city.province,
            region=city,
            city=town,
            industry=chance.choice(industries),
            nature=chance.choice(natures),
            level=chance.choices(["normal", "core", "strategic"], [90, 8, 2])[0],
            staff_count=chance.choice([None, 5, 30, 80, 300, 700, 3000, 20000]),
            owner=chance.choice([None, *people]),
            confirmed_at=chance.choice([None, NOW - timedelta(days=chance.randrange(900))]),
            created_at=NOW,
        )
        row.derive_names()
        yield row
