"""Every page of the sample school: within its width, without a broken file, and open to everybody."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from accounts.models.people import User
from tests.browser.conftest import HEIGHT, PageFor, axe_violations, overhang
from tools.screenshots import find
from tools.shots import SHOTS

# Width, light, and whether axe looks too. It takes most of the time and judges structure and colours, hardly words: the
# narrow page in Chinese is left to the width alone.
LOOKS = {
    "en": [(1440, "light", True), (390, "dark", True)],
    "zh-hans": [(1440, "dark", True), (390, "light", False)],
}
ACCOUNTS = sorted({shot.account for shot in SHOTS})


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_fits_and_is_accessible(
    transactional_db: None, page_for: PageFor, troubles: list[str], language: str
):
    call_command("seed_demo", verbosity=0)
    found = []
    for account in ACCOUNTS:
        user = User.objects.get(email=f"{account}@school.example") if account else None
        page = page_for(user, language=language, theme="auto")
        for name in open_each(page, account):
            found += [f"{name}, {look}: {problem}" for look, problem in problems(page, language)]

    troubles[:] = [trouble for trouble in troubles if "/enterprises/99999999/" not in trouble]
    assert found == []


def open_each(page: Page, account: str) -> Iterator[str]:
    for shot in SHOTS:
        if shot.account == account:
            page.goto(shot.path)
            assert not shot.follow or find(page, shot.follow), f"{shot.name}: no link to follow"
            yield shot.name


def problems(page: Page, language: str) -> Iterator[tuple[str, str]]:
    for width, theme, with_axe in LOOKS[language]:
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        page.set_viewport_size({"width": width, "height": HEIGHT[width]})
        if pixels := overhang(page):
            yield f"{width} {theme}", f"{pixels} pixels too wide"
        for violation in axe_violations(page) if with_axe else ():
            yield f"{width} {theme}", violation
