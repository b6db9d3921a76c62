"""Addresses of drafting."""

from django.urls import URLPattern, URLResolver, path

from drafting.views import order, reviews, templates, texts

app_name = "drafting"
urlpatterns: list[URLPattern | URLResolver] = [
    path("agreements/review-steps/", order.review_steps, name="review_steps"),
    path("agreements/review-steps/others/", order.review_steps_edit, name="review_steps_others"),
    path("agreements/review-steps/kinds/<str:code>/", order.review_steps_edit, name="review_steps_edit"),
    path("agreements/<int:pk>/review/", reviews.review, name="review"),
    path("agreements/<int:pk>/review/move/", reviews.review_move, name="review_move"),
    path("agreements/<int:pk>/review/comments/", reviews.comment_new, name="comment_new"),
    path("review-steps/<int:pk>/decide/", reviews.review_decide, name="review_decide"),
    path("review-steps/<int:pk>/hand-on/", reviews.review_hand_on, name="review_hand_on"),
    path("draft-comments/<int:pk>/", reviews.comment_settle, name="comment_settle"),
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
