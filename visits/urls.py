"""Addresses of visits."""

from django.urls import URLPattern, URLResolver, path

from visits.views import campaigns, evidence_picker, handover, renewals, reporting, reports, visits

app_name = "visits"
urlpatterns: list[URLPattern | URLResolver] = [
    path("campaigns/", campaigns.campaign_list, name="campaign_list"),
    path("campaigns/new/", campaigns.campaign_new, name="campaign_new"),
    path("campaigns/<int:pk>/", campaigns.campaign, name="campaign"),
    path("campaigns/<int:pk>/edit/", campaigns.campaign_edit, name="campaign_edit"),
    path("trips/<int:pk>/", campaigns.trip, name="trip"),
    path("visits/", visits.visit_list, name="visit_list"),
    path("visits/export.xlsx", visits.visit_export, name="visit_export"),
    path("visits/plan/", visits.visit_plan, name="visit_plan"),
    path("visits/<int:pk>/", visits.visit, name="visit"),
    path("visits/<int:pk>/edit/", visits.visit_edit, name="visit_edit"),
    path("visits/<int:pk>/move/", visits.visit_move, name="visit_move"),
    path("visits/<int:pk>/briefing/", visits.briefing, name="briefing"),
    path("visits/<int:pk>/report/", reporting.report, name="report"),
    path("visits/<int:pk>/report/draft/", reporting.report_draft, name="report_draft"),
    path("visits/<int:pk>/report/photos/", reporting.report_photo_new, name="report_photo_new"),
    path("visits/report-photos/<int:pk>/", reporting.report_photo, name="report_photo"),
    path("visits/report-photos/<int:pk>/drop/", reporting.report_photo_drop, name="report_photo_drop"),
    path("visits/<int:pk>/agreement/", reports.agreement_draw, name="agreement_draw"),
    path("visits/<int:pk>/posting/<int:outcome>/", reports.posting_draw, name="posting_draw"),
    path("visits/<int:pk>/evidence/new/", reports.evidence_new, name="evidence_new"),
    path("visits/evidence/<int:pk>/", reports.evidence, name="evidence"),
    path("follow-ups/", reports.follow_up_list, name="follow_up_list"),
    path("follow-ups/<int:pk>/close/", reports.follow_up_close, name="follow_up_close"),
    path("handover/", handover.handover, name="handover"),
    path("handover/<int:pk>/", handover.handover_person, name="handover_person"),
    path("handover/<int:pk>/confirm/", handover.handover_confirm, name="handover_confirm"),
    path("handover/done/<int:pk>/", handover.handover_done, name="handover_done"),
    path("handover/done/<int:pk>/back/", handover.handover_back, name="handover_back"),
    path("promises/<int:pk>/evidence/", evidence_picker.evidence_pick, name="evidence_pick"),
    path("agreements/<int:pk>/renewal/", renewals.renewal_review, name="renewal_review"),
    path("enterprises/<int:pk>/visits/", visits.enterprise_visits, name="enterprise_visits"),
]
