"""A real browser on a real server: pages for a person, in a language, at a width, in a theme."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from accounts.models.people import User
from tools import browser as chromium

# Playwright's loop runs in the test's own thread, where Django would then refuse to read the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

HEIGHT = {1440: 900, 390: 844, 360: 740}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE_OPTIONS = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
VIOLATIONS = """
    options => axe.run(options).then(({violations}) => violations.map(
        ({id, help, nodes}) => ({id, help, places: nodes.map(node => node.html)})
    ))
"""
BROWSER_LANGUAGE = {"en": "en-GB", "zh-hans": "zh-CN"}

PageFor = Callable[..., Page]

# Only what does not come at all is waited for so long: a runner may do other work too.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        path = chromium.find()
    except chromium.NoBrowser as error:
        pytest.fail(str(error), pytrace=False)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        yield started
        started.close()


@pytest.fixture
def troubles() -> list[str]:
    """What a browser complained about: errors in the console (broken content policy too), scripts, missing files."""
    return []


@pytest.fixture
def page_for(
    browser: Browser, live_server: LiveServer, transactional_db: None, troubles: list[str]
) -> Iterator[PageFor]:
    """`page_for(user, language="en", width=1440, theme="light", javascript=True)`; no user is a visitor.

    Addresses are paths: `page.goto("/visits/")`. At the end the test fails if the browser complained;
    a test that expects a complaint empties `troubles`.
    """
    contexts: list[BrowserContext] = []

    def open_page(
        user: User | None = None,
        *,
        language: str = "en",
        width: int = 1440,
        theme: str = "light",
        javascript: bool = True,
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": HEIGHT.get(width, 900)},
            locale=BROWSER_LANGUAGE[language],
            timezone_id="Asia/Shanghai",
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=javascript,
            has_touch=width < 600,
            reduced_motion="reduce",  # a colour on its way to another is neither
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language, "theme": theme}
        if user is not None:
            User.objects.filter(pk=user.pk).update(language=language, theme=theme)
            client = Client()
            client.force_login(user)
            cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        page = context.new_page()
        _listen(page, troubles)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def _listen(page: Page, troubles: list[str]) -> None:
    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            troubles.append(f"{page.url}: {message.text}")

    def response(answer: Response) -> None:
        if answer.status >= 500 or (answer.status == 404 and "/static/" in answer.url):
            troubles.append(f"{answer.status} {answer.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
    page.on("response", response)


@pytest.fixture
def assert_no_axe_violations() -> Callable[[Page], None]:
    """WCAG 2.2 AA as far as axe can tell, in the page as it stands now."""

    def check(page: Page) -> None:
        assert axe_violations(page) == [], page.url

    return check


@pytest.fixture
def assert_fits() -> Callable[[Page], None]:
    """Nothing reaches over the side of the page as it stands now."""

    def check(page: Page) -> None:
        assert overhang(page) == 0, page.url

    return check


@pytest.fixture
def assert_sound(
    assert_fits: Callable[[Page], None], assert_no_axe_violations: Callable[[Page], None]
) -> Callable[[Page], None]:
    """The page as it stands now fits and is accessible."""

    def check(page: Page) -> None:
        assert_fits(page)
        assert_no_axe_violations(page)

    return check


def axe_violations(page: Page) -> list[str]:
    """What breaks a rule and where; axe is brought into a page once, and only what is wrong is brought out of it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [
        f"{broken['id']}: {broken['help']}: {[place[:160] for place in broken['places']]}"
        for broken in page.evaluate(VIOLATIONS, AXE_OPTIONS)
    ]


def overhang(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    root = "document.documentElement"
    return int(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))
