from django.urls import URLPattern, URLResolver, path

from visits.agenda import views, views_feeds

urlpatterns: list[URLPattern | URLResolver] = [
    path("visits/calendar/", views.show_agenda, name="agenda"),
    path("visits/calendar/move/", views.move_entry, name="agenda-move"),
    path("visits/calendar/plan/", views.plan_proposal, name="agenda-plan"),
    path("visits/calendar/take-out/", views.take_out, name="agenda-take-out"),
    path("visits/calendar/subscription/", views_feeds.show_feed, name="agenda-subscription"),
    path("visits/calendar/subscription/end/", views_feeds.stop_feed, name="agenda-subscription-end"),
    path("visits/calendar/invite/<int:pk>/", views_feeds.send_invitation, name="agenda-invite"),
    path("c/<str:token>.ics", views_feeds.serve_feed, name="agenda-feed"),
]
