"""Addresses of programmes, investments and mentors."""

from django.urls import URLPattern, URLResolver, path

from programmes.views import investments, mentors, parts, programmes

app_name = "programmes"
PARTS = ("cohort", "course", "textbook")
urlpatterns: list[URLPattern | URLResolver] = [
    path("programmes/", programmes.programme_list, name="programme_list"),
    path("programmes/<int:pk>/", programmes.programme, name="programme"),
    path("programmes/<int:pk>/edit/", programmes.programme_edit, name="programme_edit"),
    path("programmes/<int:pk>/outcomes/", programmes.outcomes_edit, name="outcomes_edit"),
    path("enterprises/<int:pk>/programmes/new/", programmes.programme_new, name="programme_new"),
    *(path(f"programmes/<int:pk>/{p}s/new/", parts.part_new, {"part": p}, name=f"{p}_new") for p in PARTS),
    *(path(f"programmes/{p}s/<int:pk>/edit/", parts.part_edit, {"part": p}, name=f"{p}_edit") for p in PARTS),
    *(path(f"programmes/{p}s/<int:pk>/remove/", parts.part_remove, {"part": p}, name=f"{p}_remove") for p in PARTS),
    path("investments/", investments.investment_list, name="investment_list"),
    path("investments/<int:pk>/", investments.investment, name="investment"),
    path("investments/<int:pk>/edit/", investments.investment_edit, name="investment_edit"),
    path("enterprises/<int:pk>/investments/new/", investments.investment_new, name="investment_new"),
    path("investments/<int:pk>/receipts/new/", investments.receipt_new, name="receipt_new"),
    path("investments/receipts/<int:pk>/edit/", investments.receipt_edit, name="receipt_edit"),
    path("investments/receipts/<int:pk>/remove/", investments.receipt_remove, name="receipt_remove"),
    path("mentors/", mentors.mentor_list, name="mentor_list"),
]
