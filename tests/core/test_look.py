"""The look holds together: icons, tones, vendored files, the menu."""

import hashlib
import importlib
import re

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db.models import TextChoices
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from core.navigation import menu_for
from core.templatetags.portal import NEUTRAL, TONES, icon_names

# A mail carries its styles in itself.
TEMPLATES = sorted(path for path in (settings.BASE_DIR / "templates").rglob("*.html") if path.parent.name != "emails")
STATIC = settings.BASE_DIR / "static"
APPS = ["notifications", "partnerships", "placements", "visits", "reports"]


def render(text: str, **context: object) -> str:
    return Template("{% load portal %}" + text).render(Context(context))


def states() -> list[str]:
    """Every value of every state and stage of the domain."""
    found = set()
    for app in APPS:
        for name, kind in vars(importlib.import_module(f"{app}.choices")).items():
            if name.endswith(("State", "Stage")) and issubclass(kind, TextChoices):
                found.update(kind.values)
    return sorted(found)


@pytest.mark.parametrize("state", states())
def test_every_state_has_a_tone(state):
    assert TONES[state] in {"neutral", "info", "progress", "good", "warn", "bad"}


def test_a_state_is_its_word_and_a_tone():
    html = render("{% state_badge 'expired' label %}", label="<Expired>")

    assert html == '<span class="state state-bad">&lt;Expired&gt;</span>'


def test_a_value_without_a_tone_is_neutral():
    assert render("{{ 'strategic'|tone }}") == NEUTRAL


def test_an_icon_points_into_the_sprite():
    assert render('{% icon "calendar" %}') == (
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="/static/icons.svg#calendar"></use></svg>'
    )


def test_an_unknown_icon_is_a_mistake_of_the_template():
    with pytest.raises(TemplateSyntaxError):
        render('{% icon "unicorn" %}')


def test_the_sprite_holds_exactly_the_listed_icons():
    drawn = re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text())

    assert sorted(drawn) == sorted(icon_names())


def test_every_icon_of_a_template_is_listed():
    used = {name for file in TEMPLATES for name in re.findall(r'(?:\{% icon |\bicon=)"([a-z0-9-]+)"', file.read_text())}

    assert used - icon_names() == set()


def test_vendored_files_are_the_ones_that_are_written_down():
    rows = re.findall(
        r"\| ((?:vendor/)?[\w.-]+) [^|]*\| ([0-9a-f]{64}) \|", (STATIC / "vendor/VERSIONS.md").read_text()
    )

    assert len(rows) == 3
    assert [hashlib.sha256((STATIC / name).read_bytes()).hexdigest() for name, _ in rows] == [sum_ for _, sum_ in rows]


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_no_template_has_anything_inline(file):
    text = file.read_text()

    assert re.findall(r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*(?:src=|application/json))", text) == []


def test_all_static_files_can_be_collected_with_fingerprints(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    assert (tmp_path / "staticfiles.json").is_file()


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{% query_with page=2 %}", "?find=%E6%B1%9F&amp;kind=a&amp;kind=b&amp;page=2"),
        ("{% query_with find=None page=None %}", "?kind=a&amp;kind=b"),
        ("{% query_with kind='c' %}", "?find=%E6%B1%9F&amp;kind=c&amp;page=7"),
    ],
)
def test_the_query_string_changes_only_where_it_is_asked_to(template, expected):
    request = RequestFactory().get("/", {"find": "江", "kind": ["a", "b"], "page": "7"})

    query = render(template, request=request)

    assert sorted(query.removeprefix("?").split("&amp;")) == sorted(expected.removeprefix("?").split("&amp;"))


def shown(user: object, path: str = "/") -> tuple[list[str], list[str]]:
    menu = menu_for(user, path)
    return [place.url_name for place in menu.main], [place.url_name for place in menu.more]


def test_the_office_sees_its_work_and_the_outbox(officer):
    main, more = shown(officer)

    assert main == [
        "home",
        "partnerships:enterprise_list",
        "visits:visit_list",
        "agreements:agreement_list",
        "placements:posting_list",
        "placements:application_list",
        "visits:follow_up_list",
        "dashboards:board_list",
        "reports:report_list",
    ]
    assert more == [
        "partnerships:contact_list",
        "visits:campaign_list",
        "travel:trip_list",
        "ledger:ledger",
        "partnerships:need_list",
        "partnerships:proposal_list",
        "events:event_list",
        "guidance:guidance",
        "agreements:promise_list",
        "programmes:programme_list",
        "programmes:investment_list",
        "communities:community_list",
        "programmes:mentor_list",
        "surveys:survey_list",
        "placements:held_words",
        "imports:import_list",
        "exporting:export_list",
        "visits:handover",
        "notifications:outbox",
        "notifications:log",
        "notifications:reminders",
    ]


def test_college_staff_see_the_same_without_what_is_the_offices(college_staff, officer):
    assert shown(college_staff) == (shown(officer)[0], shown(officer)[1][:-7])


def test_leadership_sees_numbers_first(leader):
    assert shown(leader)[0] == [
        "home",
        "dashboards:board_list",
        "visits:visit_list",
        "partnerships:enterprise_list",
        "reports:report_list",
    ]


def test_a_student_sees_openings_and_their_own(student):
    assert shown(student) == (
        [
            "home",
            "placements:posting_list",
            "placements:for_you",
            "placements:application_list",
            "following:following",
            "events:event_list",
            "guidance:guidance",
            "placements:employer_list",
            "notifications:inbox",
            "accounts:profile",
        ],
        [],
    )


def test_a_visitor_sees_openings_and_sign_in():
    assert shown(AnonymousUser()) == (["home", "placements:posting_list", "account_login"], [])


def test_someone_without_a_role_sees_their_own_pages(stranger):
    assert shown(stranger) == (["home", "notifications:inbox", "accounts:profile"], [])


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", ["home"]),
        ("/enterprises/7/visits/", ["partnerships:enterprise_list"]),
        ("/visits/3/report/", ["visits:visit_list"]),
        ("/campaigns/", ["visits:campaign_list"]),
        ("/nowhere/", []),
    ],
)
def test_the_open_page_is_marked_once(officer, path, current):
    menu = menu_for(officer, path)

    assert [place.url_name for place in [*menu.main, *menu.more] if place.is_current] == current
