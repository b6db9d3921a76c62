"""Pictures of the running sample school, for the README or for looking at every page.

Start `make run` first. `make screenshots` takes the README's pictures into docs/pictures;
`python -m tools.screenshots --all FOLDER` takes every page in both languages, at 1440 and 390
pixels, light and dark.
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tools import browser as browsers
from tools.shot import Shot
from tools.shots import SHOTS

ROOT = Path(__file__).resolve().parent.parent
Look = tuple[str, str, str]  # language, width, theme
WIDTHS = {"wide": (1440, 900), "phone": (390, 844)}
BY_NAME = {shot.name: shot for shot in SHOTS}
README: dict[Look, list[str]] = {
    ("en", "wide", "light"): ["today-officer", "enterprise", "board-leadership", "board-chain"],
    ("zh-hans", "phone", "light"): ["today-leader", "briefing"],
    ("zh-hans", "phone", "dark"): ["posting-student"],
}


def sign_in(page: Page, base: str, account: str, password: str) -> None:
    """Through the portal's own form, as a person does."""
    page.goto(f"{base}/accounts/login/")
    page.fill("input[name=login]", f"{account}@school.example")
    page.fill("input[name=password]", password)
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile(f"^{re.escape(base)}/(desk/)?$"), timeout=120_000)  # an enterprise begins at its desk


def links(page: Page) -> list[str]:
    """The addresses that the page leads to."""
    found: list[str] = page.eval_on_selector_all("main a[href]", "all => all.map(node => node.getAttribute('href'))")
    return found


def choose(links: list[str], step: str) -> str | None:
    """The first link that matches a step."""
    return next((link for link in links if re.search(f"{step}$", link)), None)


def find(page: Page, steps: str) -> bool:
    """Follow the first link that matches each step in turn; False where there is none."""
    for step in steps.split("|"):
        target = choose(links(page), step)
        if target is None:
            return False
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + target)
    return True


def take(
    browser: Browser, base: str, password: str, wanted: dict[Look, list[Shot]], *, whole: bool
) -> Iterator[tuple[str, bytes]]:
    """Each shot in its looks, the whole page or what a window shows; what cannot be reached is skipped aloud."""
    for (language, width, theme), shots in wanted.items():
        size = WIDTHS[width]
        for account in sorted({shot.account for shot in shots}):
            context = browser.new_context(
                viewport={"width": size[0], "height": size[1]},
                color_scheme="dark" if theme == "dark" else "light",
                device_scale_factor=1,
            )
            page = context.new_page()
            if account:
                sign_in(page, base, account, password)
            switch_language(page, base, language)
            for shot in (shot for shot in shots if shot.account == account):
                page.goto(base + shot.path)
                if shot.follow and not find(page, shot.follow):
                    print(f"{shot.name}: no link to follow")  # noqa: T201
                    continue
                page.wait_for_load_state("networkidle")
                yield f"{shot.name}.{language}.{width}.{theme}", page.screenshot(full_page=whole)
            context.close()


def switch_language(page: Page, base: str, language: str) -> None:
    """By the switch in the header."""
    page.goto(f"{base}/")
    button = page.locator(f"form[action$='/language/'] button[name=language][value={language}]").first
    if button.count():
        button.evaluate("node => node.form.requestSubmit(node)")
        page.wait_for_load_state("networkidle")


def looks(asked: list[str]) -> list[Look]:
    """Those asked for, or all eight."""
    if asked:
        return [(language, width, theme) for language, width, theme in (look.split(",") for look in asked)]
    return list(product(("zh-hans", "en"), WIDTHS, ("light", "dark")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default=os.environ.get("BASE", "http://127.0.0.1:8000"))
    parser.add_argument("--all", type=Path, help="folder for every page in every look")
    parser.add_argument("--only", nargs="*", help="names of pages")
    parser.add_argument("--looks", nargs="*", default=[], help="like zh-hans,phone,dark")
    options = parser.parse_args()
    folder: Path = options.all or ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = README if not options.all else dict.fromkeys(looks(options.looks), options.only or list(BY_NAME))
    chosen = {look: [BY_NAME[name] for name in names] for look, names in wanted.items()}
    password = (ROOT / "var" / "demo_password").read_text().strip()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.find(), args=list(browsers.FLAGS))
        for name, picture in take(browser, options.base, password, chosen, whole=bool(options.all)):
            (folder / f"{name}.png").write_bytes(picture)
        browser.close()


if __name__ == "__main__":
    main()
