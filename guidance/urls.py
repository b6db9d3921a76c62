"""Addresses of guidance."""

from django.urls import URLPattern, URLResolver, path

from guidance.views import advisers, students

app_name = "guidance"
urlpatterns: list[URLPattern | URLResolver] = [
    path("guidance/", students.guidance, name="guidance"),
    path("guidance/slots/<int:pk>/", students.book, name="book"),
    path("guidance/appointments/<int:pk>/", students.appointment, name="appointment"),
    path("guidance/appointments/<int:pk>/edit/", students.appointment_edit, name="appointment_edit"),
    path("guidance/appointments/<int:pk>/cancel/", students.appointment_cancel, name="appointment_cancel"),
    path("guidance/appointments/<int:pk>/mark/", advisers.appointment_mark, name="appointment_mark"),
    path("guidance/appointments/<int:pk>/notes/new/", advisers.note_new, name="note_new"),
    path("guidance/hours/", advisers.hours, name="hours"),
    path("guidance/hours/<int:pk>/withdraw/", advisers.hour_withdraw, name="hour_withdraw"),
    path("guidance/advisers/", advisers.adviser_list, name="adviser_list"),
    path("guidance/advisers/new/", advisers.adviser_new, name="adviser_new"),
    path("guidance/advisers/<int:pk>/edit/", advisers.adviser_edit, name="adviser_edit"),
    path("guidance/numbers/", advisers.numbers, name="numbers"),
]
