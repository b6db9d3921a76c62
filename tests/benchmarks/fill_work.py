"""Fifty thousand visits and half a million applications beside the enterprises and postings that stand there.

Made by PostgreSQL itself, with the triggers of history switched off in this session; the same ones every time.
"""

from __future__ import annotations

from django.db import connection

from accounts.models.school import College, Major
from visits.models.campaigns import Campaign

COLLEGES, STUDENTS = 12, 20_000
FILL = """
SELECT setseed(0.25);
INSERT INTO accounts_user (password, is_superuser, email, number, name, name_en, title, title_en, language, time_zone,
    theme, is_active, is_staff, is_demo, joined_at)
SELECT '', false, 'b' || n || '@school.example', 'B' || n, '学生' || n, '', '', '', 'zh-hans', '', 'auto', true, false,
    false, now()
FROM generate_series(1, %(students)s) AS n;
INSERT INTO accounts_studentprofile (user_id, major_id, class_of, class_name, level, cities, industries, skills,
    provinces, summary, summary_en, phone)
SELECT id, (SELECT min(id) FROM accounts_major) + (id %% %(majors)s), 2026 + id %% 3, '', 'diploma', '{}',
    ARRAY[chr(65 + (id %% 20)::int)], '{}', '{}', '', '', ''
FROM accounts_user WHERE number LIKE 'B%%';
INSERT INTO visits_visit (version, created_at, updated_at, enterprise_id, direction, medium, starts_on, part_of_day,
    place, address, online_url, goal, questions, notes, state, minutes, feedback, nothing_offered, reported_at)
SELECT 1, now(), now(), 1 + (random() * (%(enterprises)s - 1))::int, CASE WHEN n %% 4 = 0 THEN 'incoming' ELSE
    'outgoing' END, CASE WHEN n %% 10 = 0 THEN 'online' ELSE 'on_site' END, '2026-11-20'::date - n %% 1500, '', '', '',
    '', '', '', '', (ARRAY['checked', 'checked', 'checked', 'reported', 'held', 'planned'])[1 + n %% 6], '', '', '',
    '2026-11-20'::timestamptz - (n %% 1500 - 3) * interval '1 day'
FROM generate_series(1, %(visits)s) AS n;
INSERT INTO visits_participant (visit_id, side, user_id, name, title, part, was_present)
SELECT id, 'school', 1 + id %% 40, '王敏', '', 'leads', true FROM visits_visit;
INSERT INTO visits_participant (visit_id, side, name, title, part, was_present)
SELECT id, 'enterprise', '李总', '', 'takes_part', true FROM visits_visit;
INSERT INTO visits_outcome (visit_id, major_id, posts, internships)
SELECT id, (SELECT min(id) FROM accounts_major) + (id %% %(majors)s), id %% 7, id %% 11 FROM visits_visit
WHERE id %% 3 > 0;
INSERT INTO visits_visit_colleges (visit_id, college_id)
SELECT id, (SELECT min(id) FROM accounts_college) + (id %% %(colleges)s) FROM visits_visit WHERE id %% 9 > 0;
INSERT INTO visits_visit_campaigns (visit_id, campaign_id) SELECT id, %(campaign)s FROM visits_visit WHERE id %% 3 = 0;
INSERT INTO visits_followup (version, created_at, updated_at, visit_id, what, owner_id, due_on, state, result)
SELECT 1, now(), now(), id, '寄送协议', 1 + id %% 40, '2026-11-20'::date - (id %% 200)::int, CASE WHEN id %% 5 = 0 THEN
    'open' ELSE 'done' END, ''
FROM visits_visit WHERE id %% 2 = 0;
INSERT INTO visits_visit_postings (visit_id, posting_id)
SELECT id, 1 + id %% %(postings)s FROM visits_visit WHERE id %% 4 = 0;
INSERT INTO visits_visit_agreements (visit_id, agreement_id)
SELECT v.id, a.id FROM visits_visit v JOIN partnerships_agreement a ON a.id = v.id WHERE v.id %% 5 = 0;
INSERT INTO partnerships_agreement_colleges (agreement_id, college_id)
SELECT id, (SELECT min(id) FROM accounts_college) + (id %% %(colleges)s) FROM partnerships_agreement;
UPDATE partnerships_agreement SET signed_on = '2026-11-20'::date - (id %% 900)::int;
INSERT INTO partnerships_commitment (enterprise_id, side, kind, description, unit, state, due_on, evidence, version,
    created_at, updated_at)
SELECT 1 + n %% %(enterprises)s, 'enterprise', 'internship_places', '接收实习生', '人', (ARRAY['open', 'kept',
    'not_kept'])[1 + n %% 3], '2026-11-20'::date - n %% 400 + 100, '', 1, now(), now()
FROM generate_series(1, %(enterprises)s / 5) AS n;
INSERT INTO placements_application (version, created_at, updated_at, posting_id, student_id, state, submitted_at,
    letter, snapshot, reason)
SELECT 1, now(), now(), 1 + (s.place * 37 + n * 7919) %% %(postings)s, s.id, (ARRAY['submitted', 'seen', 'shortlisted',
    'interview', 'offered', 'accepted', 'rejected', 'withdrawn'])[1 + (s.place + n) %% 8], '2026-11-20'::timestamptz -
    ((s.place * 13 + n * 29) %% 900) * interval '1 day', '', '{}', ''
FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM accounts_user WHERE number LIKE 'B%%') AS s
CROSS JOIN generate_series(1, %(each)s) AS n
ON CONFLICT DO NOTHING;
"""


def fill(enterprises: int, postings: int, *, visits: int = 50_000, applications: int = 500_000) -> None:
    """After fill.fill and fill_postings.fill."""
    College.objects.bulk_create(
        College(code=f"C{number:02}", name_zh=f"学院{number}", name_en=f"College {number}")
        for number in range(2, COLLEGES + 1)
    )
    campaign = Campaign.objects.create(name="访企拓岗专项行动", class_of=2027, starts_on="2026-01-01")
    values = {
        "students": STUDENTS, "majors": Major.objects.count(), "enterprises": enterprises, "postings": postings,
        "visits": visits, "colleges": COLLEGES, "campaign": campaign.pk, "each": applications // STUDENTS,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(FILL, values)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")
