"""Addresses of programmes, investments, mentors and plaques."""

from django.urls import URLPattern, URLResolver, path

from programmes.views import appearances, investments, mentors, parts, plaques, programmes

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
    path("mentors/aim/", mentors.aim, name="aim"),
    path("mentors/<int:pk>/", mentors.mentor, name="mentor"),
    path("mentors/<int:pk>/edit/", mentors.mentor_edit, name="mentor_edit"),
    path("enterprises/<int:pk>/mentors/new/", mentors.mentor_new, name="mentor_new"),
    path("mentors/<int:pk>/terms/new/", mentors.term_new, name="term_new"),
    path("mentors/terms/<int:pk>/end/", mentors.term_end, name="term_end"),
    path("mentors/terms/<int:pk>/letter.pdf", mentors.letter, name="letter"),
    path("mentors/<int:pk>/appearances/new/", appearances.appearance_new, name="appearance_new"),
    path("mentors/appearances/<int:pk>/edit/", appearances.appearance_edit, name="appearance_edit"),
    path("mentors/appearances/<int:pk>/remove/", appearances.appearance_remove, name="appearance_remove"),
    path("mentors/appearances/<int:pk>/photo/", appearances.appearance_photo, name="appearance_photo"),
    path("plaques/", plaques.plaque_list, name="plaque_list"),
    path("plaques/<int:pk>/", plaques.plaque, name="plaque"),
    path("plaques/<int:pk>/edit/", plaques.plaque_edit, name="plaque_edit"),
    path("plaques/<int:pk>/down/", plaques.take_down, name="take_down"),
    path("plaques/<int:pk>/photo/", plaques.plaque_photo, name="plaque_photo"),
    path("enterprises/<int:pk>/plaques/new/", plaques.plaque_new, name="plaque_new"),
]
