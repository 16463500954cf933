from django.urls import URLPattern, URLResolver, path

from visits.agenda import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("visits/calendar/", views.show_agenda, name="agenda"),
    path("visits/calendar/move/", views.move_entry, name="agenda-move"),
    path("visits/calendar/plan/", views.plan_proposal, name="agenda-plan"),
    path("visits/calendar/take-out/", views.take_out, name="agenda-take-out"),
]
