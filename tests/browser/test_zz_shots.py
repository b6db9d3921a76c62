"""Pictures for looking at; not kept."""

import pytest
from django.core.management import call_command
from accounts.models.people import User
from tools.screenshots import find
from tools.shots import SHOTS
from tests.browser.conftest import axe_violations, overhang

NAMES = [s for s in SHOTS if "/events" in s.path or "/guidance" in s.path]


def test_shots(transactional_db, page_for, troubles):
    call_command("seed_demo", verbosity=0)
    bad = []
    for account in sorted({s.account for s in NAMES}):
        user = User.objects.get(email=f"{account}@school.example")
        for language, width, theme in (("zh-hans", 1440, "light"), ("en", 390, "dark")):
            page = page_for(user, language=language, width=width, theme=theme)
            for s in NAMES:
                if s.account != account:
                    continue
                page.goto(s.path)
                if s.follow and not find(page, s.follow):
                    bad.append(f"{s.name}: no link")
                    continue
                page.screenshot(path=f"/tmp/pgshots/{s.name}-{width}.png", full_page=True)
                if overhang(page):
                    bad.append(f"{s.name} {width} overhang {overhang(page)}")
                bad += [f"{s.name} {width} {v}" for v in axe_violations(page)]
    print("\n".join(bad))
    open("/tmp/pgshots/bad.txt", "w").write("\n".join(bad + troubles))
