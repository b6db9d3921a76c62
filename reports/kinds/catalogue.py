"""Every kind of report by its slug, in the order in which pages offer them."""

from __future__ import annotations

from reports.kinds import (
    campaign,
    cooperation,
    enterprise_files,
    register,
    trip,
    visit_table,
    weekly,
    yearly,
)
from reports.kinds.kind import Kind

KINDS: dict[str, Kind] = {
    module.KIND.slug: module.KIND
    for module in (weekly, campaign, trip, register, enterprise_files, cooperation, visit_table, yearly)
}
