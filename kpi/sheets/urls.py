from django.urls import URLPattern, URLResolver, path

from kpi.sheets import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("kpi/sheets/", views.list_sheets, name="kpi-sheets"),
    path("kpi/sheets/close/", views.close, name="kpi-close"),
    path("kpi/sheets/table.pdf", views.print_period, name="kpi-period-pdf"),
    path("kpi/sheets/<int:pk>/", views.show, name="kpi-sheet"),
    path("kpi/sheets/<int:pk>/sheet.pdf", views.print_sheet, name="kpi-sheet-pdf"),
    path("kpi/sheets/<int:pk>/late/", views.show_late, name="kpi-sheet-late"),
    path("kpi/sheets/<int:pk>/review/", views.review, name="kpi-sheet-review"),
    path("kpi/sheets/<int:pk>/submit/", views.submit, name="kpi-sheet-submit"),
    path("kpi/sheets/<int:pk>/rate/", views.rate, name="kpi-sheet-rate"),
    path("kpi/sheets/<int:pk>/waive/<str:key>/", views.waive, name="kpi-sheet-waive"),
    path("kpi/sheets/<int:pk>/comment/", views.comment, name="kpi-sheet-comment"),
    path("kpi/sheets/<int:pk>/sign/", views.sign, name="kpi-sheet-sign"),
    path("kpi/sheets/<int:pk>/correct/", views.correct, name="kpi-sheet-correct"),
]
