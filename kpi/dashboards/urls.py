from django.urls import URLPattern, URLResolver, path

from kpi.dashboards import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("kpi/", views.show, name="kpi-dashboard"),
    path("kpi/units/", views.show_units, name="kpi-dashboard-units"),
    path("kpi/value/", views.show_value, name="kpi-dashboard-value"),
    path("kpi/dashboard.xlsx", views.download, name="kpi-dashboard-xlsx"),
]
