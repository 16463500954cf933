from django.urls import URLPattern, URLResolver, path

from kpi.schemes import views

urlpatterns: list[URLPattern | URLResolver] = [path("kpi/schemes/", views.list_schemes, name="kpi-schemes")]
