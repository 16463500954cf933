from django.urls import URLPattern, URLResolver, path

from visits.reports import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("visits/<int:pk>/report/", views.visit_report, name="visit_report"),
    path("visits/<int:pk>/report/pdf/", views.visit_report_pdf, name="visit_report_pdf"),
    path("visits/<int:pk>/record/pdf/", views.visit_record_pdf, name="visit_record_pdf"),
]
