from django.urls import URLPattern, URLResolver, path

from campaigns.receptions import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("receptions/", views.list_receptions, name="receptions"),
    path("accounts/<int:unit_pk>/receptions/new/", views.ask_reception, name="unit-reception-new"),
    path("receptions/<int:pk>/", views.show_reception, name="reception"),
    path("receptions/<int:pk>/edit/", views.edit_reception, name="reception-edit"),
    path("receptions/<int:pk>/report/", views.report_reception, name="reception-report"),
    path("receptions/<int:pk>/explain/", views.explain_excess, name="reception-explain"),
    path("receptions/<int:pk>/cancel/", views.cancel_reception, name="reception-cancel"),
    path("receptions/<int:pk>/request.pdf", views.print_request, name="reception-request-pdf"),
    path("receptions/<int:pk>/report.pdf", views.print_report, name="reception-report-pdf"),
]
