"""docs/retention.yaml speaks of every table, so that a new one cannot be forgotten."""

import yaml
from django.apps import apps

from core.embedded import ROOT

OURS = (
    "accounts", "notifications", "partnerships", "imports", "placements", "following", "communities", "programmes",
    "agreements", "drafting", "signing", "visits", "calendars", "ledger", "surveys", "reports",
)  # fmt: skip


def test_every_table_is_kept_for_a_reason_or_holds_nothing_personal():
    kept = yaml.safe_load((ROOT / "docs" / "retention.yaml").read_text())
    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    tables = [m._meta.label for m in models if not m._meta.proxy and not m.__name__.endswith("History")]

    assert sorted([*kept["personal"], *kept["nothing_personal"]]) == sorted(tables)
    assert {name for name, rule in kept["personal"].items() if set(rule) != {"kept", "why"}} == set()
