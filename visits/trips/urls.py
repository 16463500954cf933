from django.urls import URLPattern, URLResolver, path

from visits.trips import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("visits/trips/", views.list_trips, name="trips"),
    path("visits/trips/new/", views.ask_trip, name="trip-new"),
    path("visits/trips/<int:pk>/", views.show_trip, name="trip"),
    path("visits/trips/<int:pk>/edit/", views.change_trip, name="trip-edit"),
    path("visits/trips/<int:pk>/submit/", views.submit_trip, name="trip-submit"),
    path("visits/trips/<int:pk>/cancel/", views.cancel_trip, name="trip-cancel"),
    path("visits/trips/<int:pk>/report/", views.report_trip, name="trip-report"),
    path("visits/trips/<int:pk>/sheet.pdf", views.print_trip, name="trip-pdf"),
]
