"""Pages of numbers: dashboards, figures, reports, exports, and what programs read."""

from __future__ import annotations

from tools.shot import Shot

OF_LEADERSHIP = ("leadership", "college", "chain", "partners", "majors", "agreements", "promises", "places")
OF_THE_OFFICE = ("office", "postings", "quality")

SHOTS_OF_FIGURES = [
    *(Shot(f"board-{slug}", "leader", f"/dashboards/{slug}/") for slug in OF_LEADERSHIP),
    *(Shot(f"board-{slug}", "officer", f"/dashboards/{slug}/") for slug in OF_THE_OFFICE),
    Shot("partner-list", "leader", "/dashboards/partners/", r"/dashboards/partners/enterprises/.*"),
    Shot("dashboard", "leader", "/dashboards/campaign/"),
    Shot("figure", "leader", "/dashboard/visits/"),
    Shot("figure-amended", "leader", "/dashboard/posts-offered/"),
    Shot("figure-posts-used", "leader", "/dashboard/posts-used/"),
    Shot("figure-narrowed", "leader", "/dashboard/person-times/?direction=outgoing&medium=on_site"),
    Shot("figure-split", "leader", "/dashboard/visits/?by=college"),
    Shot("figure-share-split", "officer", "/dashboard/students-applied/?by=major"),
    Shot("figure-empty", "officer", "/dashboard/visits/?since=1999-01-01&until=1999-12-31"),
    Shot("figure-to-mend", "officer", "/dashboard/files-without-province/"),
    Shot("figure-compared", "officer", "/dashboard/visits/", r"/dashboard/visits/compare/.*"),
    Shot("figure-target", "officer", "/dashboard/visits/", r"/dashboard/visits/target/"),
    Shot("figure-owner", "admin", "/dashboard/visits/", r"/dashboard/visits/owner/"),
    Shot("figure-exported", "officer", "/dashboard/visits/?format=choose"),
    Shot("weekly", "leader", "/reports/weekly/"),
    Shot("reports", "officer", "/reports/"),
    Shot("report-built", "officer", "/reports/", r"/reports/\d+/"),
    Shot("report-new", "officer", "/reports/new/campaign-summary/"),
    Shot("report-of-year-new", "officer", "/reports/new/yearly-report/"),
    Shot("schedules", "officer", "/reports/schedules/"),
    Shot("schedule", "officer", "/reports/schedules/", r"/reports/schedules/\d+/"),
    Shot("schedule-new", "officer", "/reports/schedules/new/weekly-figures/"),
    Shot("schedule-edit", "officer", "/reports/schedules/", r"/reports/schedules/\d+/|/reports/schedules/\d+/edit/"),
    Shot("profile-tokens", "officer", "/profile/tokens/"),
    Shot("token-new", "officer", "/profile/tokens/new/"),
    Shot("every-token", "admin", "/tokens/"),
    Shot("collected", "admin", "/collected/"),
    Shot("api-reference", "officer", "/api/v1/docs"),
    Shot("api-visits", "", "/api/v1/docs/visits"),
]
