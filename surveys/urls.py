"""Addresses of surveys."""

from django.urls import URLPattern, URLResolver, path, re_path

from surveys.views import asking, outside, results, surveys

app_name = "surveys"
urlpatterns: list[URLPattern | URLResolver] = [
    path("surveys/", surveys.survey_list, name="survey_list"),
    path("surveys/new/", surveys.survey_new, name="survey_new"),
    path("surveys/questions/", surveys.set_list, name="set_list"),
    re_path(r"^surveys/questions/new/(?P<kind>employer|demand|graduate)/$", surveys.set_new, name="set_new"),
    path("surveys/questions/<int:pk>/", surveys.set_edit, name="set_edit"),
    path("surveys/<int:pk>/", results.survey, name="survey"),
    path("surveys/<int:pk>/edit/", surveys.survey_edit, name="survey_edit"),
    path("surveys/<int:pk>/questions/", surveys.questions, name="questions"),
    re_path(
        r"^surveys/(?P<pk>\d{1,18})/questions/(?P<item>\d{1,18})/(?P<what>up|down|remove)/$",
        surveys.question_change,
        name="question_change",
    ),
    re_path(r"^surveys/(?P<pk>\d{1,18})/(?P<what>close|reopen|version)/$", surveys.survey_move, name="survey_move"),
    path("surveys/<int:pk>/send/", asking.send, name="send"),
    path("surveys/<int:pk>/asked/", asking.asked, name="asked"),
    path("surveys/<int:pk>/answers/", results.answers, name="answers"),
    path("surveys/<int:pk>/export/", results.export, name="export"),
    re_path(
        r"^surveys/asked/(?P<pk>\d{1,18})/(?P<what>withdraw|again)/$",
        asking.invitation_change,
        name="invitation_change",
    ),
    path("surveys/answers/<int:pk>/", results.answer, name="answer"),
    path("surveys/answers/<int:pk>/needs/", results.needs, name="needs"),
    path("visits/<int:pk>/surveys/", asking.of_visit, name="of_visit"),
    path("visits/<int:pk>/surveys/<int:survey>/", asking.ask_met, name="ask_met"),
    path("opinion/<str:token>/", outside.respond, name="respond"),
    path("opinion/<str:token>/pass-on/", outside.pass_on, name="pass_on"),
]
