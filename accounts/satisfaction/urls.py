from django.urls import URLPattern, URLResolver, path

from accounts.satisfaction import public_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("s/<str:token>/", public_views.answer_survey, name="survey-public"),
    path("satisfaction/", views.list_invitations, name="surveys"),
    path("satisfaction/rounds/", views.list_rounds, name="survey-rounds"),
    path("satisfaction/rounds/new/", views.open_round, name="survey-round-new"),
    path("satisfaction/rounds/<int:pk>/", views.show_round, name="survey-round"),
    path("satisfaction/questionnaires/", views.list_questionnaires, name="questionnaires"),
    path("satisfaction/questionnaires/<slug:code>/", views.write, name="questionnaire-write"),
    path(
        "satisfaction/questionnaires/<slug:code>/<int:number>/",
        views.show_version,
        name="questionnaire-version",
    ),
    path("satisfaction/<int:pk>/", views.show, name="invitation"),
    path("satisfaction/<int:pk>/code.svg", views.show_code, name="invitation-code"),
    path("satisfaction/<int:pk>/answer/", views.write_down, name="invitation-answer"),
    path("satisfaction/<int:pk>/renew/", views.renew, name="invitation-renew"),
    path("satisfaction/<int:pk>/withdraw/", views.withdraw, name="invitation-withdraw"),
    path("accounts/<int:unit_pk>/satisfaction/ask/", views.ask, name="unit-ask"),
]
