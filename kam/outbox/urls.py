from django.urls import URLPattern, URLResolver, path, re_path

from kam.outbox import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("ops/outbox/", views.outbox, name="outbox"),
    re_path(
        r"^ops/outbox/(?P<pk>[0-9]{1,18})/(?P<act>again|settle|cancel)/$", views.settle, name="outbox-settle"
    ),
    path("ops/mail/", views.sink, name="outbox-sink"),
    path("ops/mail/<str:name>/", views.sink_mail, name="outbox-sink-mail"),
    path("ops/mail/<str:name>/html/", views.sink_html, name="outbox-sink-html"),
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_notices, name="read_notices"),
    path("notices/<int:pk>/", views.open_notice, name="open_notice"),
]
