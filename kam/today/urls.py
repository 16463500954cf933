from django.urls import URLPattern, URLResolver, path, register_converter

from kam.today import views
from kam.today.converters import DayConverter, SlotConverter

register_converter(DayConverter, "day")
register_converter(SlotConverter, "digest_slot")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.today, name="today"),
    path("today/print/", views.print_today, name="today-print"),
    path("help/", views.show_tour, name="tour"),
    path("digests/", views.digests, name="today-digests"),
    path("digests/<day:day>/<digest_slot:slot>/", views.digest, name="today-digest"),
    path("digests/<day:day>/<digest_slot:slot>/pdf/", views.digest_as_pdf, name="today-digest-pdf"),
    path("ops/digests/", views.missed_digests, name="today-ops-digests"),
]
