from django.urls import URLPattern, URLResolver, path

from kpi.dashboards import views

urlpatterns: list[URLPattern | URLResolver] = [path("kpi/", views.show, name="kpi-dashboard")]
