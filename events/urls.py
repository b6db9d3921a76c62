"""Addresses of events."""

from django.urls import URLPattern, URLResolver, path

from events.views import booths, check_in, events, planning, questions, taking_part

app_name = "events"
urlpatterns: list[URLPattern | URLResolver] = [
    path("events/", events.event_list, name="event_list"),
    path("events/new/", planning.event_new, name="event_new"),
    path("events/mine/", taking_part.my_events, name="my_events"),
    path("events/tickets/<str:ticket>/", check_in.ticket, name="ticket"),
    path("events/tickets/<str:ticket>/code.svg", check_in.ticket_code, name="ticket_code"),
    path("events/attendance/<int:pk>/", check_in.attendance_change, name="attendance_change"),
    path("events/questions/<int:pk>/answer/", questions.answer, name="answer"),
    path("events/questions/<int:pk>/hide/", questions.hide, name="hide"),
    path("events/<int:pk>/", events.event, name="event"),
    path("events/<int:pk>/edit/", planning.event_edit, name="event_edit"),
    path("events/<int:pk>/move/", planning.event_move, name="event_move"),
    path("events/<int:pk>/discard/", planning.event_discard, name="event_discard"),
    path("events/<int:pk>/sign-up/", taking_part.sign_up, name="sign_up"),
    path("events/<int:pk>/sign-off/", taking_part.sign_off, name="sign_off"),
    path("events/<int:pk>/ask/", taking_part.ask, name="ask"),
    path("events/<int:pk>/feedback/", taking_part.feedback, name="feedback"),
    path("events/<int:pk>/room/", check_in.room, name="room"),
    path("events/<int:pk>/room/code.svg", check_in.room_picture, name="room_picture"),
    path("events/<int:pk>/here/<str:code>/", check_in.here, name="here"),
    path("events/<int:pk>/attendance/", check_in.attendance, name="attendance"),
    path("events/<int:pk>/booths/", booths.booths, name="booths"),
    path("events/<int:pk>/booths/plan.pdf", booths.booths_pdf, name="booths_pdf"),
    path("events/<int:pk>/booths/edit/", booths.booths_edit, name="booths_edit"),
    path("events/<int:pk>/booths/lay-out/", booths.booths_lay_out, name="booths_lay_out"),
]
