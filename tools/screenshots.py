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
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tools import browser as browsers

ROOT = Path(__file__).resolve().parent.parent
Look = tuple[str, str, str]  # language, width, theme
SIGNING = r"/agreements/\d+/|/agreements/\d+/signing/"
WIDTHS = {"wide": (1440, 900), "phone": (390, 844)}


@dataclass(frozen=True)
class Shot:
    """One page: as whom, where, and a link to follow there when the address holds a number."""

    name: str
    account: str
    path: str
    follow: str = ""


SHOTS = [
    Shot("home", "", "/"),
    Shot("login", "", "/accounts/login/"),
    Shot("postings-visitor", "", "/postings/"),
    Shot("today-officer", "officer", "/"),
    Shot("today-leader", "leader", "/"),
    Shot("today-student", "student", "/"),
    Shot("enterprises", "officer", "/enterprises/"),
    Shot("enterprises-empty", "officer", "/enterprises/?find=zzzzqqq"),
    Shot("enterprises-map", "officer", "/enterprises/map/"),
    Shot("enterprise", "officer", "/enterprises/?level=strategic", r"/enterprises/\d+/"),
    Shot("export", "officer", "/enterprises/export/"),
    Shot("bulk", "officer", "/enterprises/bulk/?action=level&all=on&filter=level%3Dnormal&value=core"),
    Shot("mailing-new", "officer", "/enterprises/write/?all=on"),
    Shot("mailings", "officer", "/mailings/"),
    Shot("view-new", "officer", "/views/new/?page=partnerships:enterprise_list&query=level%3Dcore"),
    Shot("enterprise-new", "officer", "/enterprises/new/"),
    Shot("enterprise-edit", "officer", "/enterprises/", r"/enterprises/\d+/|edit/"),
    Shot("registration", "officer", "/enterprises/?level=strategic", r"/enterprises/\d+/|registration/"),
    Shot("check-new", "officer", "/enterprises/?level=strategic", r"/enterprises/\d+/|registration/|checks/new/"),
    Shot("site-new", "officer", "/enterprises/?level=strategic", r"/enterprises/\d+/|registration/|sites/new/"),
    Shot("duplicates", "officer", "/enterprises/duplicates/"),
    Shot("merge", "officer", "/enterprises/duplicates/", r"/enterprises/\d+/merge/\d+/"),
    Shot("timeline", "officer", "/enterprises/", r"/enterprises/\d+/|timeline/"),
    Shot("enterprise-visits", "officer", "/enterprises/", r"/enterprises/\d+/|visits/"),
    Shot("enterprise-agreements", "officer", "/enterprises/", r"/enterprises/\d+/|agreements/"),
    Shot("enterprise-postings", "officer", "/enterprises/", r"/enterprises/\d+/|postings/"),
    Shot("contacts", "officer", "/contacts/"),
    Shot("notes", "officer", "/enterprises/", r"/enterprises/\d+/|notes/"),
    Shot("papers", "officer", "/enterprises/", r"/enterprises/\d+/|files/"),
    Shot("paper-new", "officer", "/enterprises/", r"/enterprises/\d+/|files/|files/new/"),
    Shot("needs", "officer", "/needs/"),
    Shot("needs-by-major", "officer", "/needs/by-major/"),
    Shot("corrections", "officer", "/enterprises/proposals/"),
    Shot("answers", "officer", "/enterprises/answers/"),
    Shot("agreements", "officer", "/agreements/"),
    Shot("agreement", "officer", "/agreements/", r"/agreements/\d+/"),
    Shot("agreement-calendar", "officer", "/agreements/calendar/"),
    Shot("agreements-sleeping", "officer", "/agreements/sleeping/"),
    Shot("agreement-parties", "officer", "/agreements/?stage=draft", r"/agreements/\d+/|parties/"),
    Shot("templates", "officer", "/agreements/templates/"),
    Shot("template", "officer", "/agreements/templates/", r"/agreements/templates/\d+/"),
    Shot("template-edit", "officer", "/agreements/templates/", r"/agreements/templates/\d+/|edit/"),
    Shot("template-new", "officer", "/agreements/templates/new/"),
    Shot("letterhead", "officer", "/agreements/letterhead/"),
    Shot("text", "officer", "/agreements/?stage=draft", r"/agreements/\d+/|/agreements/\d+/text/"),
    Shot("text-edit", "officer", "/agreements/?stage=draft", r"/agreements/\d+/|/agreements/\d+/text/|edit/"),
    Shot("text-begin", "officer", "/agreements/?stage=in_force", r"/agreements/\d+/|/agreements/\d+/text/"),
    Shot("programmes", "officer", "/programmes/"),
    Shot("programme-new", "officer", "/enterprises/?level=strategic", r"/enterprises/\d+/|programmes/new/"),
    Shot("programme-edit", "officer", "/programmes/", r"/programmes/\d+/|/programmes/\d+/edit/"),
    Shot("programme-outcomes", "officer", "/programmes/", r"/programmes/\d+/|/programmes/\d+/outcomes/"),
    Shot("programme-college", "officer", "/programmes/?kind=industry_college", r"/programmes/\d+/"),
    Shot("cohort-new", "officer", "/programmes/", r"/programmes/\d+/|cohorts/new/"),
    Shot("textbook-new", "officer", "/programmes/", r"/programmes/\d+/|textbooks/new/"),
    Shot("investments", "officer", "/investments/"),
    Shot("investment", "officer", "/investments/?state=partly", r"/investments/\d+/"),
    Shot("investment-new", "officer", "/enterprises/?level=strategic", r"/enterprises/\d+/|investments/new/"),
    Shot("receipt-new", "officer", "/investments/?state=partly", r"/investments/\d+/|receipts/new/"),
    Shot("communities", "officer", "/communities/"),
    Shot("community", "officer", "/communities/", r"/communities/\d+/"),
    Shot("community-new", "officer", "/communities/new/"),
    Shot("community-edit", "officer", "/communities/", r"/communities/\d+/|edit/"),
    Shot("members", "officer", "/communities/?sort=units", r"/communities/\d+/|members/"),
    Shot("members-of-a-day", "officer", "/communities/?sort=units", r"/communities/\d+/|members/|\?on=.+&province=\d+"),
    Shot("member", "officer", "/communities/?sort=units", r"/communities/\d+/|members/|/communities/members/\d+/"),
    Shot("member-new", "officer", "/communities/", r"/communities/\d+/|members/|members/new/"),
    Shot("member-list-new", "officer", "/communities/", r"/communities/\d+/|members/|members/import/"),
    Shot("member-edit", "officer", "/communities/", r"/communities/\d+/|/communities/members/\d+/|edit/"),
    Shot("member-role", "officer", "/communities/", r"/communities/\d+/|/communities/members/\d+/|role/"),
    Shot("member-left", "officer", "/communities/", r"/communities/\d+/|/communities/members/\d+/|left/"),
    Shot("representative-new", "officer", "/communities/", r"/communities/\d+/|/communities/members/\d+/|new/"),
    Shot("organs", "officer", "/communities/?find=Audiovisual", r"/communities/\d+/|organs/"),
    Shot("organ-new", "officer", "/communities/?find=Audiovisual", r"/communities/\d+/|organs/|organs/new/"),
    Shot("seat-new", "officer", "/communities/?find=Audiovisual", r"/communities/\d+/|organs/|/organs/\d+/seats/new/"),
    Shot("charter-new", "officer", "/communities/?find=Audiovisual", r"/communities/\d+/|organs/|charters/new/"),
    Shot("meetings", "officer", "/communities/?find=Audiovisual", r"/communities/\d+/|meetings/"),
    Shot(
        "meeting-edit", "officer", "/communities/?find=Audiovisual", r"/communities/\d+/|meetings/|/meetings/\d+/edit/"
    ),
    Shot(
        "resolution-new", "officer", "/communities/?find=Audiovisual", r"/communities/\d+/|meetings/|resolutions/new/"
    ),
    Shot("sharing", "officer", "/communities/?find=Audiovisual", r"/communities/\d+/|sharing/"),
    Shot("resource-new", "officer", "/communities/?find=Audiovisual", r"/communities/\d+/|sharing/|sharing/new/"),
    Shot("wish-new", "officer", "/communities/?find=Audiovisual", r"/communities/\d+/|sharing/|/resources/\d+/ask/"),
    Shot(
        "wish-answer", "officer", "/communities/?find=Audiovisual", r"/communities/\d+/|sharing/|/requests/\d+/answer/"
    ),
    Shot("member-links", "officer", "/communities/?find=Audiovisual", r"/communities/\d+/|sharing/|sharing/links/"),
    Shot("three-lists", "officer", "/communities/?find=Audiovisual", r"/communities/\d+/|lists/"),
    Shot("list-line-new", "officer", "/communities/?find=Audiovisual", r"/communities/\d+/|lists/|lists/new/"),
    Shot("mentors", "officer", "/mentors/"),
    Shot("mentor", "officer", "/mentors/", r"/mentors/\d+/"),
    Shot("mentor-aim", "officer", "/mentors/aim/"),
    Shot("plaques", "officer", "/plaques/"),
    Shot("plaque", "officer", "/plaques/", r"/plaques/\d+/"),
    Shot("campaigns", "officer", "/campaigns/"),
    Shot("campaign", "officer", "/campaigns/", r"/campaigns/\d+/"),
    Shot("visits", "officer", "/visits/"),
    Shot("visit", "officer", "/visits/?state=checked", r"/visits/\d+/"),
    Shot("visit-planned", "officer", "/visits/?state=planned", r"/visits/\d+/"),
    Shot("visit-plan", "officer", "/visits/plan/"),
    Shot("briefing", "leader", "/visits/?state=planned", r"/visits/\d+/|briefing/"),
    Shot("report", "officer", "/visits/?state=held", r"/visits/\d+/|report/"),
    Shot("follow-ups", "officer", "/follow-ups/"),
    Shot("handover", "officer", "/handover/"),
    Shot("handover-person", "officer", "/handover/", r"/handover/\d+/"),
    Shot("postings", "officer", "/postings/"),
    Shot("posting", "officer", "/postings/", r"/postings/\d+/"),
    Shot("postings-student", "student", "/postings/"),
    Shot("posting-student", "student", "/postings/", r"/postings/\d+/"),
    Shot("applications", "officer", "/applications/"),
    Shot("application", "officer", "/applications/", r"/applications/\d+/"),
    Shot("applications-student", "student", "/applications/"),
    Shot("application-student", "student", "/applications/", r"/applications/\d+/"),
    Shot("employers-student", "student", "/employers/"),
    Shot("employer-student", "student", "/employers/?open=on", r"/employers/\d+/"),
    Shot("employer-officer", "officer", "/employers/?open=on", r"/employers/\d+/"),
    Shot("events", "officer", "/events/"),
    Shot("dashboard", "leader", "/dashboard/"),
    Shot("figure", "leader", "/dashboard/visits/"),
    Shot("reports", "officer", "/reports/"),
    Shot("imports", "officer", "/imports/"),
    Shot("import-new", "officer", "/imports/new/"),
    Shot("inbox", "leader", "/inbox/"),
    Shot("outbox", "officer", "/outbox/"),
    Shot("profile", "student", "/profile/"),
    Shot("profile-officer", "officer", "/profile/"),
    Shot("not-found", "officer", "/enterprises/99999999/"),
    Shot("password-forgotten", "", "/accounts/password/reset/"),
    Shot("posting-visitor", "", "/postings/", r"/postings/\d+/"),
    Shot("password-change", "student", "/accounts/password/change/"),
    Shot("profile-student", "student", "/profile/student/"),
    Shot("preferences", "student", "/profile/messages/"),
    Shot("apply", "student", "/postings/?mine=on", r"/postings/\d+/|/postings/\d+/apply/"),
    Shot("message", "leader", "/inbox/", r"/inbox/\d+/"),
    Shot("contact-new", "officer", "/enterprises/?level=strategic", r"/enterprises/\d+/|contacts/new/"),
    Shot("need-new", "officer", "/enterprises/?level=strategic", r"/enterprises/\d+/|needs/new/"),
    Shot("agreement-new", "officer", "/enterprises/?level=strategic", r"/enterprises/\d+/|agreements/new/"),
    Shot("posting-new", "officer", "/enterprises/?level=strategic", r"/enterprises/\d+/|postings/new/"),
    Shot("visit-plan-form", "officer", "/enterprises/?level=strategic", r"/enterprises/\d+/|plan/\?enterprise=\d+"),
    Shot("need-close", "officer", "/needs/", r"/needs/\d+/close/"),
    Shot("agreement-edit", "officer", "/agreements/?stage=draft", r"/agreements/\d+/|edit/"),
    Shot("agreement-in-force", "officer", "/agreements/?stage=in_force", r"/agreements/\d+/"),
    Shot("review", "officer", "/agreements/?stage=in_review", r"/agreements/\d+/|/agreements/\d+/review/"),
    Shot("review-leader", "leader", "/", r"/agreements/\d+/review/"),
    Shot("review-draft", "officer", "/agreements/?stage=draft", r"/agreements/\d+/|/agreements/\d+/review/"),
    Shot("review-steps", "officer", "/agreements/review-steps/"),
    Shot("review-steps-edit", "officer", "/agreements/review-steps/", r"/review-steps/kinds/\w+/"),
    Shot("signature-new", "officer", "/agreements/?stage=awaiting_signatures", SIGNING + "|signatures/new/"),
    Shot("signing", "officer", "/agreements/?stage=awaiting_signatures", SIGNING),
    Shot("signer-new", "officer", "/agreements/?stage=awaiting_signatures", SIGNING + "|signers/new/"),
    Shot("signer-edit", "officer", "/agreements/?stage=awaiting_signatures", SIGNING + r"|signers/\d+/edit/"),
    Shot("sign", "leader", "/agreements/?stage=awaiting_signatures", SIGNING + r"|signers/\d+/"),
    Shot("verify", "", "/verify/"),
    Shot("verify-unknown", "", "/verify/?code=AAAA-AAAA-AAAA"),
    Shot("agreement-file", "officer", "/agreements/?stage=in_force", r"/agreements/\d+/|files/new/"),
    Shot("promise-new", "officer", "/agreements/?stage=in_force", r"/agreements/\d+/|promises/new/"),
    Shot("promises", "officer", "/promises/"),
    Shot("promises-overdue", "officer", "/promises/?state=overdue"),
    Shot("promise", "officer", "/promises/?state=kept", r"/promises/\d+/"),
    Shot("promise-edit", "officer", "/promises/?state=open", r"/promises/\d+/|edit/"),
    Shot("promise-close", "officer", "/promises/?state=open", r"/promises/\d+/|close/"),
    Shot("evidence-pick", "officer", "/promises/?state=open&kind=internship_places", r"/promises/\d+/|evidence/"),
    Shot("agreement-promises", "officer", "/promises/?state=kept", r"/promises/\d+/|/agreements/\d+/promises/"),
    Shot("enterprise-promises", "officer", "/agreements/?stage=in_force", r"/enterprises/\d+/|agreements/|promises/"),
    Shot("renewal", "officer", "/agreements/?stage=expiring", r"/agreements/\d+/|/agreements/\d+/renewal/"),
    Shot("programme", "officer", "/programmes/", r"/programmes/\d+/"),
    Shot("campaign-edit", "officer", "/campaigns/", r"/campaigns/\d+/|edit/"),
    Shot("trip", "officer", "/visits/?find=Huirun", r"/visits/\d+/|/trips/\d+/"),
    Shot("visit-edit", "officer", "/visits/?state=planned", r"/visits/\d+/|edit/"),
    Shot("evidence-new", "officer", "/visits/?state=checked", r"/visits/\d+/|evidence/new/"),
    Shot("agreement-draw", "officer", "/visits/?state=reported", r"/visits/\d+/|agreement/"),
    Shot("follow-up-close", "officer", "/follow-ups/", r"/follow-ups/\d+/close/"),
    Shot("posting-edit", "officer", "/postings/?state=in_review", r"/postings/\d+/|edit/"),
    Shot("event", "officer", "/events/", r"/events/\d+/"),
    Shot("enterprises-college", "college", "/enterprises/"),
    Shot("today-college", "college", "/"),
]
BY_NAME = {shot.name: shot for shot in SHOTS}
README: dict[Look, list[str]] = {
    ("en", "wide", "light"): ["today-officer", "enterprise", "dashboard"],
    ("zh-hans", "phone", "light"): ["today-leader", "briefing"],
    ("zh-hans", "phone", "dark"): ["posting-student"],
}


def sign_in(page: Page, base: str, account: str, password: str) -> None:
    """Through the portal's own form, as a person does."""
    page.goto(f"{base}/accounts/login/")
    page.fill("input[name=login]", f"{account}@school.example")
    page.fill("input[name=password]", password)
    page.click("main form button[type=submit]")
    page.wait_for_url(f"{base}/")


def find(page: Page, steps: str) -> bool:
    """Follow the first link that matches each step in turn; False where there is none."""
    for step in steps.split("|"):
        links = page.eval_on_selector_all("main a[href]", "nodes => nodes.map(node => node.getAttribute('href'))")
        target = next((link for link in links if re.search(f"{step}$", link)), None)
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
