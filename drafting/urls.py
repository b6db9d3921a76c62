"""Addresses of drafting."""

from django.urls import URLPattern, URLResolver, path

from drafting.views import templates, texts

app_name = "drafting"
urlpatterns: list[URLPattern | URLResolver] = [
    path("agreements/templates/", templates.template_list, name="template_list"),
    path("agreements/templates/new/", templates.template_new, name="template_new"),
    path("agreements/templates/<int:pk>/", templates.template, name="template"),
    path("agreements/templates/<int:pk>/edit/", templates.template_edit, name="template_edit"),
    path("agreements/letterhead/", templates.letterhead, name="letterhead"),
    path("agreements/<int:pk>/text/", texts.text, name="text"),
    path("agreements/<int:pk>/text/begin/", texts.text_begin, name="text_begin"),
    path("agreements/<int:pk>/text/edit/", texts.text_edit, name="text_edit"),
    path("agreements/<int:pk>/text/compare/", texts.compare, name="compare"),
    path("agreements/<int:pk>/text/document/", texts.document, name="document"),
]
