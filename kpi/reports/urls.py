from django.urls import URLPattern, URLResolver, path

from kpi.reports import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/", views.list_reports, name="reports"),
    path("reports/pivot/<slug:source>/", views.show_pivot, name="report-pivot"),
    path("reports/pivot/<slug:source>/keep/", views.save, name="report-save"),
    path("reports/rows/<slug:source>/", views.list_rows, name="report-rows"),
    path("reports/<int:pk>/", views.show, name="report"),
    path("reports/<int:pk>/drop/", views.drop, name="report-drop"),
    path("reports/<int:pk>/schedule/", views.schedule, name="report-schedule"),
    path("reports/<int:pk>/stop/", views.stop, name="report-stop"),
]
