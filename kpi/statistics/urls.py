from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from kpi.statistics import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/statistics/", views.show_month, name="report-statistics"),
    path("reports/statistics/hand-in/", views.hand_in, name="statistics-hand-in"),
    path("reports/statistics/handed-in/", views.list_statements, name="statements"),
    path("reports/statistics/<int:pk>/", views.show, name="statement"),
    path("reports/statistics/<int:pk>/read/", views.mark_read, name="statement-read"),
    path("reports/statistics/<int:pk>/statistics.pdf", views.print_statement, name="statement-pdf"),
]
