"""Every page of the sample school: within its width, without a broken file, and open to everybody."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from accounts.models.people import User
from demo.school.world import World
from tests.browser.conftest import HEIGHT, PageFor, axe_violations, overhang
from tools.screenshots import choose, links
from tools.shot import Shot
from tools.shots import SHOTS

# Width, light, and whether axe looks too. It takes most of the time and judges structure and colours, hardly words: the
# narrow page in Chinese is left to the width alone.
LOOKS = {
    "en": [(1440, "light", True), (390, "dark", True)],
    "zh-hans": [(1440, "dark", True), (390, "light", False)],
}
PARTS = 4  # so that no worker is left alone with them
WALK = sorted(SHOTS, key=lambda shot: shot.account)


@pytest.mark.early
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_fits_and_is_accessible(
    sample_school: World, page_for: PageFor, troubles: list[str], language: str, part: int
):
    """A page is opened once for both looks; on the way to one that has to be found, each page is opened once."""
    shots = WALK[part * len(WALK) // PARTS : (part + 1) * len(WALK) // PARTS]
    found = []
    for account in sorted({shot.account for shot in shots}):
        user = User.objects.get(email=f"{account}@school.example") if account else None
        page = page_for(user, language=language, theme="auto")
        page.set_default_timeout(60_000)  # both workers may be building, copying and walking
        for name in open_each(page, [shot for shot in shots if shot.account == account]):
            found += [f"{name}, {look}: {problem}" for look, problem in problems(page, language)]

    troubles[:] = [trouble for trouble in troubles if "/enterprises/99999999/" not in trouble]
    assert found == []


def open_each(page: Page, shots: list[Shot]) -> Iterator[str]:
    """First those that have an address, which lead to the others."""
    leads_to: dict[str, list[str]] = {}
    for shot in sorted(shots, key=lambda shot: len(steps(shot))):
        address = shot.path
        for step in steps(shot):
            if address not in leads_to:
                page.goto(address, wait_until="domcontentloaded")
                leads_to[address] = links(page)
            target = choose(leads_to[address], step)
            assert target, f"{shot.name}: no link to follow"
            address = target
        page.goto(address)
        leads_to[address] = links(page)
        yield shot.name


def steps(shot: Shot) -> list[str]:
    return shot.follow.split("|") if shot.follow else []


def problems(page: Page, language: str) -> Iterator[tuple[str, str]]:
    for width, theme, with_axe in LOOKS[language]:
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        page.set_viewport_size({"width": width, "height": HEIGHT[width]})
        if pixels := overhang(page):
            yield f"{width} {theme}", f"{pixels} pixels too wide"
        for violation in axe_violations(page) if with_axe else ():
            yield f"{width} {theme}", violation
