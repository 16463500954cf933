from django.urls import URLPattern, URLResolver, path

from kpi.measures import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("kpi/measures/", views.list_measures, name="kpi-measures"),
    path("kpi/facts/<str:key>/<str:of>/", views.show_facts, name="kpi-facts"),
]
